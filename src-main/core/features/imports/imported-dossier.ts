import { createHash } from 'node:crypto';
import type { DossierContent } from '../../../../src-shared/domain/dossiers/dossier-content.ts';
import type { DossierBody } from '../../../../src-shared/domain/dossiers/dossier-operations.ts';
import type { ImportedRow } from '../../../../src-shared/domain/imports/import-row.ts';
import { foreignCodeKey } from '../../../../src-shared/domain/province/foreign-code.ts';
import type { OfficeId, SubjectId } from '../../../../src-shared/lib/ids.ts';

/** What one good row becomes: which dossier it is, and the body of its birth. */

/**
 * The dossier that a code of another system stands for, the same at every desk of the office: two desks that import one export
 * without knowing of each other make one dossier of each row, not two. `voided`: how many were voided under this code before,
 * so that what was imported wrongly may come in anew.
 */
export function importedSubject(office: OfficeId, code: string, voided: number): SubjectId {
  const bytes = createHash('sha256').update(`motcua.import\n${office}\n${foreignCodeKey(code)}\n${voided}`).digest().subarray(0, 16);
  // A UUID of version 8: made by a rule of one's own (RFC 9562 §5.8).
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as SubjectId;
}

const MINUTE_MS = 60_000;
const SOURCE_LENGTH_MAX = 120;

/** The body of `dossier.imported`. Times hold at the minute; within it the subject spreads rows, since lists are ordered by the moment of reception. */
export function importedBody(row: ImportedRow, subject: SubjectId, from: { readonly procedure: DossierContent['procedure']; readonly system: 'province' | 'ministry'; readonly fileName: string }): DossierBody<'dossier.imported'> {
  return {
    content: {
      procedure: from.procedure,
      owner: row.owner,
      ...(row.submitter && { submitter: row.submitter }),
      request: row.request ?? from.procedure.name.slice(0, 600),
      fields: {},
      papers: [],
      documents: [],
      sets: 1,
      channel: row.channel,
      delivery: { by: 'counter' },
      fee: charge(row.fee),
      levy: charge(row.levy),
      appointment: appointmentOf(row.dueAt),
      warnings: [],
      ...(row.note && { note: row.note }),
    },
    receivedAt: Math.floor(row.receivedAt / MINUTE_MS) * MINUTE_MS + (Number.parseInt(subject.slice(0, 8), 16) % MINUTE_MS),
    codes: [{ system: from.system, code: row.code }],
    status: row.status,
    source: `${from.system === 'province' ? 'Hệ thống tỉnh' : 'Hệ thống bộ'}, tệp ${from.fileName}`.slice(0, SOURCE_LENGTH_MAX).trim(),
  };
}

function charge(dong: number | null): DossierContent['fee'] {
  return dong === null ? { amount: { state: 'unknown', note: 'Tệp không ghi số tiền.' } } : { amount: { state: 'due', dong } };
}

function appointmentOf(dueAt: number | null): DossierContent['appointment'] {
  const shared = { calendarUnconfirmed: false, packs: [] };
  if (dueAt === null) return { ...shared, mode: 'none', dueAt, reason: 'Tệp không ghi ngày hẹn trả.', explanation: 'Tệp của hệ thống khác không ghi ngày hẹn trả.' };
  return { ...shared, mode: 'byHand', dueAt, reason: 'Theo hệ thống đã tiếp nhận.', explanation: 'Ngày hẹn do hệ thống đã tiếp nhận ghi, không tính lại ở đây.' };
}
