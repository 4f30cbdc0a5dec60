import { z } from 'zod';
import { isIsoDate, type IsoDate } from '../../lib/office-time.ts';

/** Codes that other systems give to dossiers, and how one of them may look. Shapes are data of the office: no source has the rule (domain.md §d). */

/** What two spellings of one code have in common: case and spaces do not tell codes apart. */
export function foreignCodeKey(code: string): string {
  return code.normalize('NFC').replace(/\s+/g, '').toUpperCase();
}

/** Letters, digits and the signs that stand between them; nothing that hides or turns (a pasted cell may hold either). */
export function isCodeText(code: string): boolean {
  return /^[\p{L}\p{N}][\p{L}\p{N} ._/:-]{0,58}$/u.test(code) && /\p{N}/u.test(code);
}

const SHAPE_PART = /\{(agency|yyMMdd|yyyyMMdd|digits)(?::(\d))?\}/g;

/**
 * A shape such as `{agency}-{yyMMdd}-{digits:4}`: `{agency}` is letters, digits and dots, a day is a real one, `{digits:4}` is
 * at least four digits; all else stands for itself.
 */
export const codeShapeSchema = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .refine((shape) => !/[{}]/.test(shape.replace(SHAPE_PART, '')), { error: 'chỉ gồm {agency}, {yyMMdd}, {yyyyMMdd}, {digits} và chữ thường viết thẳng' })
  .refine((shape) => !isRepeated(partsOf(shape)), { error: 'mỗi phần trong ngoặc chỉ dùng một lần' });

/** A code of this shape for somebody to compare with, by an agency and a day. */
export function exampleOfShape(shape: string, agencyCode: string, date: IsoDate): string {
  const day = date.replaceAll('-', '');
  return shape.replace(SHAPE_PART, (_, part: string, width?: string) => (part === 'agency' ? agencyCode : part === 'digits' ? '1'.padStart(Number(width ?? '1'), '0') : day.slice(8 - part.length)));
}

function partsOf(shape: string): readonly string[] {
  return [...shape.matchAll(SHAPE_PART)].map((part) => part[1]!);
}

function isRepeated(parts: readonly string[]): boolean {
  return new Set(parts).size < parts.length;
}

/** True when the code has one of the shapes; without any shape everything fits. */
export function fitsAnyShape(shapes: readonly string[], code: string): boolean {
  return shapes.length === 0 || shapes.some((shape) => fitsShape(shape, foreignCodeKey(code)));
}

function fitsShape(shape: string, code: string): boolean {
  const days: string[] = [];
  const literal = (text: string) => text.toUpperCase().replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  let pattern = '';
  let from = 0;
  for (const part of shape.matchAll(SHAPE_PART)) {
    pattern += literal(shape.slice(from, part.index)) + patternOf(part[1]!, part[2], days);
    from = part.index + part[0].length;
  }
  const found = new RegExp(`^${pattern}${literal(shape.slice(from))}$`).exec(code);
  return found !== null && days.every((name, index) => isDay(name, found[index + 1]!));
}

/** Each part stands once in a shape and a code is short, so matching cannot take long. */
function patternOf(part: string, width: string | undefined, days: string[]): string {
  switch (part) {
    case 'agency':
      return '[A-Z0-9.]+';
    case 'digits':
      return `\\d{${width ?? '1'},}`;
    default:
      days.push(part);
      return `(\\d{${part.length}})`;
  }
}

function isDay(part: string, digits: string): boolean {
  const day = part === 'yyMMdd' ? `20${digits}` : digits;
  return isIsoDate(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`);
}
