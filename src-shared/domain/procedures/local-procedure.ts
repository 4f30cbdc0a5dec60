import { z } from 'zod';
import { isIsoDate } from '../../lib/office-time.ts';
import type { IsoDate } from '../../lib/office-time.ts';
import type { CataloguePack } from '../packs/catalogue-pack.ts';
import { adjustmentPatchSchema, adjustProcedure } from './adjustment.ts';
import { procedureCodeSchema, procedureSchema } from './procedure.ts';
import type { Procedure } from './procedure.ts';

/**
 * What the office lays over the catalogue packs: its own procedures and its own fees, terms, flows and papers. Each
 * change is an act with a version per code; acts are never rewritten, a later one replaces the parts it names.
 */

const act = {
  /** Unique id of the act, for a stable order when two desks made the same version. */
  id: z.string().min(1).max(80),
  version: z.int().min(1).max(1_000_000),
  /** The act counts from this business date on. */
  effectiveFrom: z.string().refine(isIsoDate, { error: 'phải là một ngày có thật' }),
  reason: z.string().trim().min(1).max(500),
};

/** `added`: a procedure of the office itself. `adjusted`: parts of an entry. `switched`: received here or not. */
export const localChangeSchema = z.discriminatedUnion('change', [
  z.strictObject({ ...act, change: z.literal('added'), procedure: procedureSchema }),
  z.strictObject({ ...act, change: z.literal('adjusted'), code: procedureCodeSchema, patch: adjustmentPatchSchema }),
  z.strictObject({ ...act, change: z.literal('switched'), code: procedureCodeSchema, on: z.boolean() }),
]);
export type LocalChange = Readonly<z.infer<typeof localChangeSchema>>;

export interface InstalledPack {
  readonly hash: string;
  readonly pack: CataloguePack;
}

/** Where an effective entry comes from; a dossier keeps it. `packHash` null = the office's own; `localVersion` 0 = as in the pack. */
export interface ProcedureProvenance {
  readonly packHash: string | null;
  readonly localVersion: number;
  /** Ids of the acts that shaped the entry, oldest first. */
  readonly changeIds: readonly string[];
}

export interface EffectiveProcedure {
  readonly procedure: Procedure;
  readonly provenance: ProcedureProvenance;
  /** Whether this office receives it. Police entries only after a switch (issue: Công an xã). */
  readonly received: boolean;
  /** True when no installed pack holding the entry is valid on the date: warn and mark, never refuse (R15). */
  readonly packOutOfDate: boolean;
}

/** An act that could not be applied; the entry stays as it was before it, and the administrator is told (R7). */
export interface LocalChangeProblem {
  readonly changeId: string;
  readonly code: string;
  readonly reason: string;
}

export interface Catalogue {
  readonly entries: readonly EffectiveProcedure[];
  readonly byCode: ReadonlyMap<string, EffectiveProcedure>;
  readonly problems: readonly LocalChangeProblem[];
}

/**
 * The catalogue of an office on a business date: the best pack of each id (valid before expired, newer
 * before older), for each code the best pack's entry, then the acts in force.
 * `policeReceived` switches all Công an xã entries on; a `switched` act decides for a single code. Pure: the same sets
 * in any order give the same catalogue.
 */
export function resolveCatalogue(
  packs: readonly InstalledPack[],
  changes: readonly LocalChange[],
  office: { readonly businessDate: IsoDate; readonly policeReceived: boolean },
): Catalogue {
  const drafts = entriesOfPacks(packs, office.businessDate);
  const problems: LocalChangeProblem[] = [];
  for (const change of inOrder(changes)) {
    if (change.effectiveFrom > office.businessDate) continue;
    const reason = apply(drafts, change);
    if (reason !== undefined) problems.push({ changeId: change.id, code: codeOf(change), reason });
  }
  const byCode = new Map([...drafts.values()].map((draft) => [draft.procedure.code, effective(draft, office.policeReceived)]));
  return { entries: [...byCode.values()], byCode, problems };
}

interface Draft {
  procedure: Procedure;
  readonly packHash: string | null;
  readonly packOutOfDate: boolean;
  changeIds: readonly string[];
  localVersion: number;
  switchedOn: boolean | undefined;
}

function entriesOfPacks(packs: readonly InstalledPack[], businessDate: IsoDate): Map<string, Draft> {
  const drafts = new Map<string, Draft>();
  // One pack per id: a newer version that leaves a procedure out has abolished it.
  const bestById = new Map<string, InstalledPack>();
  const sorted = [...packs].sort(bestLast(businessDate));
  for (const installed of sorted) bestById.set(installed.pack.id, installed);
  for (const { pack, hash } of sorted.filter((installed) => bestById.get(installed.pack.id) === installed)) {
    for (const procedure of pack.procedures) {
      // Deleting first keeps the order of the pack that wins, not of the first that knew the code.
      drafts.delete(procedure.code);
      const packOutOfDate = !isValidOn(pack, businessDate);
      drafts.set(procedure.code, { procedure, packHash: hash, packOutOfDate, changeIds: [], localVersion: 0, switchedOn: undefined });
    }
  }
  return drafts;
}

/** Valid packs beat others; then the later start, the higher version, and the hash so that every desk chooses alike. */
function bestLast(businessDate: IsoDate): (left: InstalledPack, right: InstalledPack) => number {
  return (left, right) =>
    Number(isValidOn(left.pack, businessDate)) - Number(isValidOn(right.pack, businessDate)) ||
    // A pack that has not begun yet is the last resort: the law it holds is not in force.
    Number(left.pack.validFrom <= businessDate) - Number(right.pack.validFrom <= businessDate) ||
    compareText(left.pack.validFrom, right.pack.validFrom) ||
    left.pack.version - right.pack.version ||
    compareText(left.hash, right.hash);
}

function isValidOn(pack: CataloguePack, date: IsoDate): boolean {
  return pack.validFrom <= date && (pack.validTo === null || date <= pack.validTo);
}

function inOrder(changes: readonly LocalChange[]): readonly LocalChange[] {
  return [...changes].sort((left, right) => rank(left) - rank(right) || left.version - right.version || compareText(left.id, right.id));
}

/** An office's own procedure must exist before its adjustments, whatever versions two desks gave them. */
function rank(change: LocalChange): number {
  return change.change === 'added' ? 0 : 1;
}

function apply(drafts: Map<string, Draft>, change: LocalChange): string | undefined {
  const current = drafts.get(codeOf(change));
  if (change.change === 'added') return add(drafts, change, current);
  if (current === undefined) return 'chưa có thủ tục mang mã này trong danh mục';
  if (change.change === 'switched') {
    current.switchedOn = change.on;
    current.changeIds = [...current.changeIds, change.id];
    return undefined;
  }
  const adjusted = procedureSchema.safeParse(adjustProcedure(current.procedure, change.patch));
  if (!adjusted.success) return `mục sửa không khớp với thủ tục: ${adjusted.error.issues[0]?.message ?? ''}`;
  current.procedure = adjusted.data;
  current.localVersion = Math.max(current.localVersion, change.version);
  current.changeIds = [...current.changeIds, change.id];
  return undefined;
}

function add(drafts: Map<string, Draft>, change: Extract<LocalChange, { change: 'added' }>, current: Draft | undefined): string | undefined {
  if (current !== undefined && current.packHash !== null) return 'mã này đã có trong danh mục chung; hãy điều chỉnh thủ tục đó';
  drafts.set(change.procedure.code, {
    procedure: change.procedure,
    packHash: null,
    packOutOfDate: false,
    changeIds: [...(current?.changeIds ?? []), change.id],
    localVersion: change.version,
    switchedOn: undefined,
  });
  return undefined;
}

function effective(draft: Draft, policeReceived: boolean): EffectiveProcedure {
  const { procedure, packHash, localVersion, changeIds, packOutOfDate } = draft;
  const byDefault = procedure.authority !== 'police' || policeReceived;
  return { procedure, provenance: { packHash, localVersion, changeIds }, received: draft.switchedOn ?? byDefault, packOutOfDate };
}

function codeOf(change: LocalChange): string {
  return change.change === 'added' ? change.procedure.code : change.code;
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
