import type { FormNumberRow } from '../../../../src-shared/contract/registers.api.ts';
import { foldDossier } from '../../../../src-shared/domain/dossiers/dossier-fold.ts';
import type { Dossier } from '../../../../src-shared/domain/dossiers/dossier.ts';
import { formNumberOf } from '../../../../src-shared/domain/numbers/form-number.ts';
import type { FormNumberKind } from '../../../../src-shared/domain/numbers/number-series.ts';
import { operationId, writtenAt } from '../../../../src-shared/domain/operations/operation.ts';
import type { DeviceId, OfficerId, SubjectId } from '../../../../src-shared/lib/ids.ts';
import { getOperation } from '../../../../src-node/operations/operation-rows.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';

export interface FormNumberQuestion {
  readonly form: FormNumberKind;
  readonly year: string;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

interface Place {
  readonly token: string;
  readonly counter: number;
}

interface Issued extends Place {
  readonly device: number;
  readonly seq: number;
}

/**
 * A page of the numbers of one form, as a book of each desk would have them. Each is looked up in its folded dossier, so a page is
 * small. A number that two acts carry stands on one page twice.
 */
export function listFormNumbers(desk: OpenDesk, question: FormNumberQuestion): { readonly rows: FormNumberRow[]; readonly cursor: string | null } {
  const [token = '', counter = '0'] = question.cursor?.split('-') ?? [];
  const after = { token, counter: Number(counter) };
  const read = createReader(desk, question);
  const found = [...listIssued(desk, question, after).map(read.issued), ...read.skipped(after)].sort((one, other) => inOrder(one.number, other.number));
  let end = Math.min(question.limit, found.length);
  while (end < found.length && inOrder(found[end - 1]!.number, found[end]!.number) === 0) end += 1;
  const last = found[end - 1]?.number;
  return { rows: found.slice(0, end), cursor: end < found.length && last ? `${last.token}-${last.counter}` : null };
}

/** One more than asked for, so that the end of the list is known. */
function listIssued(desk: OpenDesk, { form, year, limit }: FormNumberQuestion, { token, counter }: Place): readonly Issued[] {
  return desk.db.all<Issued>(
    'SELECT token, counter, device, seq FROM issued_numbers WHERE kind = ? AND period = ? AND (token, counter) > (?, ?) ORDER BY token, counter, device, seq LIMIT ?',
    form, year, token, counter, limit + 1,
  );
}

function inOrder(one: Place, other: Place): number {
  return one.token === other.token ? one.counter - other.counter : one.token < other.token ? -1 : 1;
}

const NOTHING = { text: null, dossier: null, code: null, ownerName: null, officerName: null, reason: null } as const;

function createReader(desk: OpenDesk, { form, year }: FormNumberQuestion) {
  const office = desk.office();
  const dossiers = new Map<SubjectId, Dossier | undefined>();
  const dossierOf = (subject: SubjectId) => {
    if (!dossiers.has(subject)) dossiers.set(subject, foldDossier(desk.log.listSubject(subject), office));
    return dossiers.get(subject);
  };
  return {
    issued: ({ token, counter, device, seq }: Issued): FormNumberRow => {
      const ref = { device: desk.log.names.textOf(device) as DeviceId, seq };
      const row = { ...NOTHING, id: operationId(ref), number: { kind: form, token, period: year, counter } };
      const stored = getOperation(desk.db, desk.log.names, ref);
      const dossier = stored?.body ? dossierOf(stored.header.subject) : undefined;
      const entry = dossier?.history.find(({ id }) => id === row.id);
      if (!stored || !dossier || !entry) return { ...row, state: 'erased', at: stored ? writtenAt(stored.header) : null };
      return {
        ...row,
        text: formNumberOf(entry.header.kind, entry.body)?.text ?? null,
        state: entry.effect === 'undone' ? 'undone' : entry.effect !== 'applied' ? 'notCounted' : dossier.status === 'voided' ? 'voided' : 'given',
        at: writtenAt(entry.header),
        dossier: dossier.id,
        code: dossier.codes[0]?.code ?? null,
        ownerName: dossier.content.owner.name,
        officerName: office.officers.get(entry.header.actor as OfficerId)?.name ?? null,
      };
    },
    skipped: (after: Place): FormNumberRow[] =>
      office.skippedNumbers
        .filter(({ number }) => number.kind === form && number.period === year && inOrder(number, after) > 0)
        .map(({ number, reason, at, by }) => ({ ...NOTHING, id: `skipped ${number.token}-${number.counter}`, number, state: 'skipped', at, officerName: by && (office.officers.get(by)?.name ?? null), reason })),
  };
}
