import { canonicalJson } from '../../lib/canonical-json.ts';
import type { IsoDate } from '../../lib/office-time.ts';
import { err, ok } from '../../lib/result.ts';
import type { Result } from '../../lib/result.ts';
import { schemaIssueInVietnamese } from '../packs/schema-issue.ts';
import { ADJUSTABLE_PARTS, adjustmentPatchSchema, adjustProcedure, withOwnDoubts } from './adjustment.ts';
import { localChangeSchema } from './local-procedure.ts';
import type { Catalogue, EffectiveProcedure, LocalChange } from './local-procedure.ts';
import { procedureSchema } from './procedure.ts';
import type { Procedure } from './procedure.ts';

/** Turns what the administrator saved on the procedure's page into one versioned act. */
export interface LocalEdit {
  readonly code: string;
  /** A whole entry, or only the members to change. */
  readonly entry: Readonly<Record<string, unknown>>;
  readonly reason: string;
  /** Unique id for the act. */
  readonly id: string;
  readonly effectiveFrom: IsoDate;
}

export interface LocalEditRefusal {
  readonly code: 'procedures.invalid';
  readonly path: string;
  /** Vietnamese, for the administrator. */
  readonly reason: string;
}

/** Members that follow from the others and are never typed. */
const DERIVED: readonly string[] = ['confirmed', 'doubts'];

/**
 * The act for an edit: `adjusted` with only the parts that differ for an entry of a pack, `added` with the whole entry
 * for a procedure of the office itself. Refused whole when any part breaks the schema or a fixed part would change.
 */
export function localChangeOfEdit(catalogue: Catalogue, edit: LocalEdit): Result<LocalChange, LocalEditRefusal> {
  const current = catalogue.byCode.get(edit.code);
  if (edit.entry['code'] !== undefined && edit.entry['code'] !== edit.code) return refused('code', 'mã trong nội dung khác mã của thủ tục đang sửa');
  if (current === undefined || current.provenance.packHash === null) return addedAct(current, edit);
  return adjustedAct(current, edit);
}

function addedAct(current: EffectiveProcedure | undefined, edit: LocalEdit): Result<LocalChange, LocalEditRefusal> {
  const entry: Record<string, unknown> = { ...current?.procedure, ...edit.entry, code: edit.code };
  const value = { ...entry, ...ownDoubts(entry) };
  const parsed = procedureSchema.safeParse(value);
  if (!parsed.success) return refusedByIssue(parsed.error.issues[0], value);
  const version = (current?.provenance.localVersion ?? 0) + 1;
  return checked({ change: 'added', ...actOf(edit, version), procedure: parsed.data });
}

/** An office knows no doubts about its own procedure but those that its unconfirmed terms and fees say themselves. */
function ownDoubts(entry: Readonly<Record<string, unknown>>): Pick<Procedure, 'confirmed' | 'doubts'> {
  const terms = procedureSchema.shape.terms.safeParse(entry['terms']);
  const fees = procedureSchema.shape.fees.safeParse(entry['fees']);
  const doubts = terms.success && fees.success ? withOwnDoubts({ terms: terms.data, fees: fees.data }, []) : [];
  return { confirmed: doubts.length === 0, doubts: [...doubts] };
}

function adjustedAct(current: EffectiveProcedure, edit: LocalEdit): Result<LocalChange, LocalEditRefusal> {
  const patch: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(edit.entry)) {
    if (DERIVED.includes(key) || isSame(current.procedure[key as keyof typeof current.procedure], value)) continue;
    if (!(ADJUSTABLE_PARTS as readonly string[]).includes(key)) return refused(key, `mục "${key.slice(0, 60)}" theo danh mục chung, đơn vị không sửa được`);
    patch[key] = value;
  }
  const parsed = adjustmentPatchSchema.safeParse(patch);
  if (!parsed.success) return refusedByIssue(parsed.error.issues[0], patch);
  const adjusted = procedureSchema.safeParse(adjustProcedure(current.procedure, parsed.data));
  if (!adjusted.success) return refusedByIssue(adjusted.error.issues[0], patch);
  return checked({ change: 'adjusted', ...actOf(edit, current.provenance.localVersion + 1), code: edit.code, patch: parsed.data });
}

function actOf(edit: LocalEdit, version: number): Pick<LocalChange, 'id' | 'version' | 'effectiveFrom' | 'reason'> {
  return { id: edit.id, version, effectiveFrom: edit.effectiveFrom, reason: edit.reason };
}

function checked(change: LocalChange): Result<LocalChange, LocalEditRefusal> {
  const parsed = localChangeSchema.safeParse(change);
  return parsed.success ? ok(parsed.data) : refusedByIssue(parsed.error.issues[0], change);
}

type Issue = NonNullable<ReturnType<typeof procedureSchema.safeParse>['error']>['issues'][number];

function refusedByIssue(issue: Issue | undefined, value: unknown): Result<never, LocalEditRefusal> {
  if (issue === undefined) return refused('', 'nội dung không đúng mẫu');
  const { path, reason } = schemaIssueInVietnamese(issue, value);
  return refused(path.join('.'), reason);
}

function refused(path: string, reason: string): Result<never, LocalEditRefusal> {
  return err({ code: 'procedures.invalid', path, reason });
}

/** Anything canonical JSON cannot hold (a fraction, say) differs, so that the schema gets to refuse it by name. */
function isSame(left: unknown, right: unknown): boolean {
  try {
    return canonicalJson(left ?? null) === canonicalJson(right ?? null);
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
