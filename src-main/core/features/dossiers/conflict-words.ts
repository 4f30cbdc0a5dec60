import type { ConflictView } from '../../../../src-shared/contract/dossier-views.ts';
import { needsLeader, type Conflict, type ConflictReason } from '../../../../src-shared/domain/conflicts/conflict.ts';
import { conflictAsk, type ConflictAsk } from '../../../../src-shared/domain/dossiers/conflict-ask.ts';
import { isBirth } from '../../../../src-shared/domain/dossiers/dossier-birth.ts';
import { dossierBodySchemas, isDossierKind } from '../../../../src-shared/domain/dossiers/dossier-operations.ts';
import type { Dossier, HistoryEntry } from '../../../../src-shared/domain/dossiers/dossier.ts';
import { minuteInWords } from '../../../../src-shared/domain/deadlines/day-words.ts';
import { writtenAt, type Operation, type OperationHeader, type OperationId } from '../../../../src-shared/domain/operations/operation.ts';
import { officeMinuteOfDay } from '../../../../src-shared/lib/office-time.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import { createNaming, type Naming } from './naming.ts';
import { momentWords, operationWords, shortName } from './operation-words.ts';
import type { OperationWords } from './word-line.ts';

type ConflictSide = ConflictView['operations'][number];

/** The dossier's conflicts, open ones first, each with what every desk wrote, row by row, and the ways out in words. */
export function conflictViews(dossier: Dossier, naming: Naming): ConflictView[] {
  const entryById = new Map(dossier.history.map((entry) => [entry.id, entry]));
  const views = dossier.conflicts.map((conflict) => conflictView(dossier, conflict, entryById, naming));
  return [...views.filter((view) => view.settledBy === null), ...views.filter((view) => view.settledBy !== null)];
}

function conflictView(dossier: Dossier, conflict: Conflict, entryById: ReadonlyMap<OperationId, HistoryEntry>, naming: Naming): ConflictView {
  const entries = conflict.operations.flatMap((id) => entryById.get(id) ?? []);
  const settlement = conflict.settledBy === null ? undefined : entryById.get(conflict.settledBy);
  return {
    id: conflict.id,
    dossier: dossier.id,
    ...reasonWords(conflict, entries),
    leaderOnly: needsLeader(conflict),
    asked: askedView(conflictAsk(dossier, conflict.id), naming),
    settledBy: settlement ? settledWords(settlement.header, naming) : conflict.settledBy,
    operations: alignRows(entries.map((entry) => conflictSide(entry.header, operationWords(entry.header.kind, entry.body, naming), naming))),
    options: conflict.options.map((keep) => ({ keep: [...keep], title: optionTitle(conflict, keep, entries, naming) })),
  };
}

function askedView(ask: ConflictAsk | undefined, naming: Naming): ConflictView['asked'] {
  return ask === undefined ? null : { byName: naming.officerName(ask.header.actor), at: writtenAt(ask.header), note: ask.note };
}

/** One side as the screen shows it. */
function conflictSide(header: OperationHeader, words: OperationWords, naming: Naming): ConflictSide {
  return {
    id: `${header.device}:${header.seq}`,
    kind: header.kind,
    actorName: naming.officerName(header.actor),
    deskName: naming.deskName(header.device),
    at: writtenAt(header),
    title: words.title,
    lines: [...words.lines],
  };
}

/** An operation read straight from the log, as for a conflict of the office; a body that cannot be read shows its title only. */
export function describeOperation(desk: OpenDesk, { header, body }: Operation): ConflictSide {
  const naming = createNaming(desk.office());
  const parsed = isDossierKind(header.kind) ? dossierBodySchemas[header.kind].safeParse(body) : undefined;
  return conflictSide(header, operationWords(header.kind, parsed ? parsed.data : body, naming), naming);
}

/** Gives every side the same rows in the same order, so that they can be compared across; what one does not say is "–". */
function alignRows(sides: readonly ConflictSide[]): ConflictSide[] {
  const labels = [...new Set(sides.flatMap((side) => side.lines.map(({ label }) => label)))];
  return sides.map((side) => ({
    ...side,
    lines: labels.map((label) => ({ label, text: side.lines.filter((line) => line.label === label).map(({ text }) => text).join('; ') || '–' })),
  }));
}

const lone = (title: string) => () => title;

const TITLES: Readonly<Record<ConflictReason, (sides: number) => string>> = {
  concurrent: (sides) => (sides > 2 ? 'Các máy ghi những việc trái nhau' : 'Hai máy ghi hai việc trái nhau'),
  settledDifferently: lone('Hai người chọn hai cách khác nhau'),
  notPermitted: lone('Một việc do người chưa có quyền ghi'),
  wrongState: lone('Một việc không khớp bước của hồ sơ'),
  malformed: lone('Một việc ghi chưa đúng mẫu'),
  badUndo: lone('Một lần lùi lại không làm được'),
  unknownDevice: lone('Một việc do máy lạ ghi'),
  revokedDevice: lone('Một việc do máy đã ngừng ghi'),
  notReceived: lone('Một việc ghi khi chưa thấy lần tiếp nhận'),
};

/** Says first what is safe (ux.md §8). */
const REASONS: Readonly<Record<ConflictReason, string>> = {
  concurrent: 'Các máy ghi khi chưa liên lạc được. Cả hai còn nguyên; chọn một cách để hồ sơ đi tiếp.',
  settledDifferently: 'Đã có hai lần chọn ngược nhau. Các việc còn nguyên; chọn lại một cách.',
  notPermitted: 'Việc này còn nguyên trong lịch sử nhưng chưa tính. Lãnh đạo xem rồi chọn.',
  wrongState: 'Việc này còn nguyên trong lịch sử nhưng không tính, vì lúc đó hồ sơ ở bước khác.',
  malformed: 'Việc này còn nguyên trong lịch sử nhưng máy không đọc được hết, nên không tính.',
  badUndo: 'Việc định lùi vẫn giữ nguyên, vì giấy đã in hoặc đã có việc làm sau nó.',
  unknownDevice: 'Việc này còn nguyên trong lịch sử nhưng không tính, vì máy ghi nó không thuộc cơ quan.',
  revokedDevice: 'Việc này còn nguyên trong lịch sử nhưng không tính, vì máy ghi nó đã ngừng.',
  notReceived: 'Việc này còn nguyên trong lịch sử, chờ lần tiếp nhận về tới máy này.',
};

/** A reception that does not count: the citizen holds its receipt, so it is said first that nothing of it changes. */
const UNCOUNTED_RECEPTIONS: Readonly<Partial<Record<ConflictReason, Pick<ConflictView, 'title' | 'reason'>>>> = {
  notPermitted: {
    title: 'Hồ sơ do người chưa có quyền tiếp nhận',
    reason: 'Hồ sơ còn nguyên; số và giấy hẹn của người dân không đổi, việc xử lý vẫn tiếp tục. Lãnh đạo xem rồi chọn.',
  },
  unknownDevice: {
    title: 'Hồ sơ tiếp nhận ở máy lạ',
    reason: 'Máy tiếp nhận không thuộc cơ quan. Hồ sơ và số còn nguyên; nếu nhận nhầm, lãnh đạo bỏ hồ sơ.',
  },
  revokedDevice: {
    title: 'Hồ sơ tiếp nhận ở máy đã ngừng',
    reason: 'Lúc tiếp nhận, máy ấy đã bị ngừng mà chưa hay. Hồ sơ còn nguyên; số và giấy hẹn của người dân không đổi. Nếu nhận nhầm, lãnh đạo bỏ hồ sơ.',
  },
};

function reasonWords(conflict: Conflict, entries: readonly HistoryEntry[]): Pick<ConflictView, 'title' | 'reason'> {
  const ofReception = isAboutReception(entries) ? UNCOUNTED_RECEPTIONS[conflict.reason] : undefined;
  return ofReception ?? { title: TITLES[conflict.reason](entries.length), reason: REASONS[conflict.reason] };
}

function isAboutReception(entries: readonly HistoryEntry[]): boolean {
  return entries.length === 1 && entries.every(({ header }) => isDossierKind(header.kind) && isBirth(header.kind));
}

function settledWords(header: OperationHeader, naming: Naming): string {
  return [naming.officerName(header.actor), naming.deskName(header.device), momentWords(writtenAt(header))].filter((part) => part !== null).join(', ');
}

/** "Giữ kết quả, bỏ yêu cầu bổ sung", or "Giữ cả hai: …" where several go together; the same act twice is told apart by its desk, on one desk by its minute. */
function optionTitle(conflict: Conflict, keep: readonly OperationId[], entries: readonly HistoryEntry[], naming: Naming): string {
  if (conflict.reason === 'notPermitted' && isAboutReception(entries)) return keep.length > 0 ? 'Lãnh đạo đồng ý, công nhận lần tiếp nhận' : 'Không công nhận, bỏ hồ sơ; số vẫn giữ';
  if (conflict.reason === 'notPermitted') return keep.length > 0 ? `Lãnh đạo đồng ý, giữ ${names(entries, entries, naming)}` : `Bỏ ${names(entries, entries, naming)}`;
  if (conflict.operations.length === 1 && keep.length === 0) return 'Đã xem, để hồ sơ như hiện nay';
  const kept = entries.filter((entry) => keep.includes(entry.id));
  const dropped = entries.filter((entry) => !keep.includes(entry.id));
  const words = [...(kept.length > 0 ? [`giữ ${TOGETHER[kept.length] ?? ''}${names(kept, entries, naming)}`] : []), ...(dropped.length > 0 ? [`bỏ ${names(dropped, entries, naming)}`] : [])].join(', ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const TOGETHER: Readonly<Partial<Record<number, string>>> = { 2: 'cả hai: ', 3: 'cả ba: ' };

function names(some: readonly HistoryEntry[], all: readonly HistoryEntry[], naming: Naming): string {
  return some.map((entry) => nameAmong(entry, all, naming)).join(' và ');
}

function nameAmong(entry: HistoryEntry, all: readonly HistoryEntry[], naming: Naming): string {
  const name = shortName(entry.header.kind);
  const alike = all.filter((other) => other !== entry && other.header.kind === entry.header.kind);
  if (alike.length === 0) return name;
  const desk = naming.deskName(entry.header.device);
  const sameDesk = alike.some((other) => naming.deskName(other.header.device) === desk);
  return desk === null || sameDesk ? `${name} lúc ${minuteInWords(officeMinuteOfDay(writtenAt(entry.header)))}` : `${name} của ${desk}`;
}
