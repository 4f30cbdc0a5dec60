import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { readJsonLines } from '../../lib/json-lines.ts';
import type { JsonFault, JsonLines } from '../../lib/json-lines.ts';
import { isIsoDate } from '../../lib/office-time.ts';
import { err, ok } from '../../lib/result.ts';
import type { Result } from '../../lib/result.ts';
import { procedureSchema } from '../procedures/procedure.ts';
import { schemaIssueInVietnamese } from './schema-issue.ts';

const CATALOGUE_FORMAT = 'motcua-catalogue/1';
/** Ten times the shipped catalogue; a larger text is refused before it is read. */
export const PACK_CHARS_MAX = 4_000_000;
const PROCEDURES_MAX = 2_000;

const isoDate = z.string().refine(isIsoDate, { error: 'phải là một ngày có thật, viết theo dạng năm-tháng-ngày, ví dụ 2026-07-01' });

/** A catalogue of procedures as one signed-off, replaceable file. `validTo` null = no end known; beyond it the desk warns and goes on. */
export const cataloguePackSchema = z
  .strictObject({
    format: z.literal(CATALOGUE_FORMAT),
    id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/).max(60),
    version: z.int().min(1).max(1_000_000),
    issuedBy: z.string().trim().min(1).max(200),
    validFrom: isoDate,
    validTo: isoDate.nullable(),
    procedures: z.array(procedureSchema).min(1).max(PROCEDURES_MAX),
  })
  .refine((pack) => pack.validTo === null || pack.validFrom <= pack.validTo, {
    path: ['validTo'],
    error: 'ngày hết hiệu lực đứng trước ngày có hiệu lực',
  });
export type CataloguePack = Readonly<z.infer<typeof cataloguePackSchema>>;

/** Why a pack is refused: `line` counts from 1 in the text, `path` names the member, `reason` is Vietnamese for the administrator. */
export interface PackRefusal {
  readonly code: 'pack.tooLarge' | 'pack.malformed' | 'pack.unsupportedFormat' | 'pack.invalid' | 'pack.duplicateCode';
  readonly line: number;
  readonly path: string;
  readonly reason: string;
}

type Path = readonly (string | number)[];

/** Reads a catalogue pack. One fault anywhere refuses the whole pack (R12); the refusal names the first fault by line. */
export function parseCataloguePack(text: string): Result<CataloguePack, PackRefusal> {
  if (text.length > PACK_CHARS_MAX) return err(tooLarge(text));
  const json = withoutByteOrderMark(text);
  const lines = readJsonLines(json);
  if ('kind' in lines) return err(malformed(lines));
  const value: unknown = JSON.parse(json);
  const format = member(value, ['format']);
  if (typeof format === 'string' && format !== CATALOGUE_FORMAT) {
    return err(refusal('pack.unsupportedFormat', lines, ['format'], `chương trình này không đọc được dạng "${format.slice(0, 60)}"; cần cập nhật phần mềm hoặc lấy gói đúng dạng "${CATALOGUE_FORMAT}"`));
  }
  const parsed = cataloguePackSchema.safeParse(value);
  if (!parsed.success) return err(firstIssue(parsed.error.issues, value, lines));
  const repeated = repeatedCode(parsed.data);
  if (repeated !== undefined) {
    return err(refusal('pack.duplicateCode', lines, ['procedures', repeated.index, 'code'], `mã thủ tục ${repeated.code} đã có ở phía trên trong cùng gói`));
  }
  return ok(parsed.data);
}

/**
 * SHA-256 (hex) of the canonical JSON of a pack: white space and key order do not change it, any content does.
 * For texts that `parseCataloguePack` or another pack reader has accepted; others throw.
 */
export function packHash(text: string): string {
  const value: unknown = JSON.parse(withoutByteOrderMark(text));
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(value))));
}

/** Editors on Windows like to put a byte order mark in front of a file. */
export function withoutByteOrderMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

export function tooLarge(text: string): PackRefusal {
  const reason = `gói dài ${text.length} chữ, quá mức ${PACK_CHARS_MAX} chữ cho phép`;
  return { code: 'pack.tooLarge', line: 1, path: '', reason };
}

export function malformed(fault: JsonFault): PackRefusal {
  return { code: 'pack.malformed', line: fault.line, path: '', reason: faultInVietnamese(fault) };
}

function faultInVietnamese(fault: JsonFault): string {
  switch (fault.kind) {
    case 'end':
      return 'văn bản dừng giữa chừng, gói có thể bị chép thiếu';
    case 'character':
      return `chữ ${JSON.stringify(fault.found)} không đứng được ở chỗ này, xem lại dấu phẩy và dấu ngoặc`;
    case 'key':
      return `mục "${fault.found.slice(0, 60)}" được ghi hai lần`;
    case 'deep':
      return 'các ngoặc lồng nhau quá sâu';
  }
}

export function firstIssue(issues: readonly z.core.$ZodIssue[], value: unknown, lines: JsonLines): PackRefusal {
  const candidates = issues.map((issue) => {
    const { path, reason } = schemaIssueInVietnamese(issue, value);
    const misnamed = issue.code === 'unrecognized_keys';
    // A misspelt member shows twice: as unknown, and as missing from its owner. The misspelling is what to correct.
    const line = lines.lineAt(misnamed ? path.slice(0, -1) : path);
    return { path, reason, order: line * 2 - (misnamed ? 1 : 0) };
  });
  candidates.sort((left, right) => left.order - right.order);
  const first = candidates[0];
  if (first === undefined) return refusal('pack.invalid', lines, [], 'nội dung không đúng mẫu của gói');
  return refusal('pack.invalid', lines, first.path, `${procedureWords(value, first.path)}${first.reason}`);
}

function procedureWords(value: unknown, path: Path): string {
  if (path[0] !== 'procedures' || path.length < 2) return '';
  const code = member(value, [...path.slice(0, 2), 'code']);
  return typeof code === 'string' ? `thủ tục ${code.slice(0, 40)}, ` : '';
}

function refusal(code: PackRefusal['code'], lines: JsonLines, path: Path, reason: string): PackRefusal {
  return { code, line: lines.lineAt(path), path: path.join('.'), reason };
}

function repeatedCode(pack: CataloguePack): { readonly index: number; readonly code: string } | undefined {
  const seen = new Set<string>();
  for (const [index, { code }] of pack.procedures.entries()) {
    if (seen.has(code)) return { index, code };
    seen.add(code);
  }
  return undefined;
}

function member(value: unknown, path: Path): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = (current as Record<string | number, unknown>)[step];
  }
  return current;
}
