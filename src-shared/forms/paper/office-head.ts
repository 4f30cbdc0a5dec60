/** The office's own share of a paper: names at the top left, a picture beside them, a line at the foot. */
import { z } from 'zod';
import type { OfficeAttributes } from '../../domain/office/office-operations.ts';
import { cleanText } from './html.ts';

const HEAD_LINE_MAX = 120;

export const officeHeadSchema = z
  .strictObject({
    /** Tên cơ quan chủ quản, for example "Ủy ban nhân dân xã Nậm Khâu". */
    parent: z.string().max(160).nullable(),
    /** Tên bộ phận tiếp nhận, broken into lines as the office wants them; printed in capitals. */
    unitLines: z.array(z.string().max(HEAD_LINE_MAX)).min(1).max(4).readonly(),
    /** Which of the office's pictures stands beside the names; the picture itself is kept once for all papers. */
    logo: z.string().max(60).optional(),
  })
  .readonly();
export type OfficeHead = z.infer<typeof officeHeadSchema>;

/** The head as those attributes say it. Without a picture nothing is said of one, as on papers of before there were any. */
export function officeHeadOf({ superiorName, unitName, logo }: Pick<OfficeAttributes, 'superiorName' | 'unitName' | 'logo'>): OfficeHead {
  return { parent: superiorName, unitLines: headLines(unitName), ...(logo !== undefined && { logo }) };
}

/** Where to ask: what the office says of itself at the foot, besides looking up and the telephone. */
export function footNotesOf({ address, footer }: Pick<OfficeAttributes, 'address' | 'footer'>): readonly string[] {
  return [
    ...(isSaid(address) ? [`Địa chỉ: ${address}`] : []),
    ...(isSaid(footer) ? [footer] : []),
  ];
}

function isSaid(text: string | undefined): text is string {
  return text !== undefined && cleanText(text) !== '';
}

/** The unit's name as the office broke it into lines; longer than a line of the head it is broken between words. */
function headLines(unitName: string): string[] {
  const lines: string[] = [];
  for (const word of unitName.split(/(\n)|[^\S\n]+/).filter((part) => part !== undefined && part !== '')) {
    const last = lines.at(-1);
    if (word === '\n') lines.push('');
    else if (last === undefined || last.length + word.length >= HEAD_LINE_MAX) lines.push(word.slice(0, HEAD_LINE_MAX));
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.filter((part) => part !== '').slice(0, 4);
}
