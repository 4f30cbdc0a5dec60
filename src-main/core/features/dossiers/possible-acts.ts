import type { DossierView } from '../../../../src-shared/contract/dossier-views.ts';
import type { ConflictReason } from '../../../../src-shared/domain/conflicts/conflict.ts';
import { noteWellFormed } from '../../../../src-shared/domain/dossiers/dossier-acts.ts';
import { operationsOf, whyNotNext } from '../../../../src-shared/domain/dossiers/dossier-fold.ts';
import { DOSSIER_PERMISSIONS, dossierKindVersions, type DossierBody, type DossierKind } from '../../../../src-shared/domain/dossiers/dossier-operations.ts';
import { isUndoable, type DossierStatus } from '../../../../src-shared/domain/dossiers/dossier-state.ts';
import type { Dossier, HistoryEntry } from '../../../../src-shared/domain/dossiers/dossier.ts';
import { hasAnyRole } from '../../../../src-shared/domain/office/permissions.ts';
import type { Role } from '../../../../src-shared/domain/officers/officer.ts';
import { parseOperationId, type OperationId } from '../../../../src-shared/domain/operations/operation.ts';
import type { OfficerId } from '../../../../src-shared/lib/ids.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import { KIND_OF_ACT, senseFault, type DossierAct } from './act-rules.ts';
import type { Naming } from './naming.ts';
import { isMoneyAct, moneyFault, type MoneyAct } from './money-acts.ts';
import { ROLE_WORDS } from './office-operation-words.ts';

/** Who looks at the dossier, with the roles of this moment. */
export interface Viewer {
  readonly officer: OfficerId;
  readonly roles: ReadonlySet<Role>;
}

export interface Possibilities {
  readonly acts: DossierView['acts'];
  /** Operations that this officer may undo now. */
  readonly undoable: ReadonlySet<OperationId>;
}

const ACTS = Object.keys(KIND_OF_ACT) as DossierAct[];

/** More than one act is undoable only where desks wrote beside each other; further back nothing can be. */
const UNDO_CANDIDATES_MAX = 4;

/** What this officer may do now, asked of the very judge of the fold with a drafted operation; with a reason where not. */
export function possibleActs(desk: OpenDesk, dossier: Dossier, viewer: Viewer, naming: Naming): Possibilities {
  const judge = createJudge(desk, dossier, viewer);
  const candidates = undoCandidates(dossier);
  const undoable = new Set(candidates.filter((entry) => judge('dossier.undone', { operation: entry.id, reason: '' }) === null).map((entry) => entry.id));
  const acts = ACTS.map((act) => {
    const why = dossier.needsUpdate ? 'Hồ sơ có việc do bản phần mềm mới hơn ghi. Cần cập nhật phần mềm.' : whyNotAct(act);
    return { act, possible: why === null, why };
  });
  return { acts, undoable: dossier.needsUpdate ? new Set() : undoable };

  function whyNotAct(act: DossierAct): string | null {
    const kind = KIND_OF_ACT[act];
    if (!hasAnyRole(viewer.roles, DOSSIER_PERMISSIONS[kind])) return roleSentence(kind);
    if (act === 'undo') return undoable.size > 0 ? null : undoSentence(candidates[0], dossier, naming);
    const senseless = senseFault(act, dossier, viewer.officer, naming) ?? moneyFault(act, dossier, viewer);
    if (senseless !== null) return senseless;
    // Which entry it is about is chosen later; that there is one was asked above.
    if (isMoneyAct(act)) return null;
    const body = draftBody(act, dossier, viewer.officer, desk.clock.nowMs());
    noteWellFormed(kind, body);
    const reason = judge(kind, body);
    return reason === null ? null : reasonSentence(act, reason, dossier);
  }
}

type Judge = (kind: DossierKind, body: unknown) => ConflictReason | null;

function createJudge(desk: OpenDesk, dossier: Dossier, viewer: Viewer): Judge {
  const office = desk.office();
  const operations = operationsOf(dossier);
  // Inside a transaction the log's head lags behind what was appended there; the number must be nobody's.
  const lastSeq = Math.max(desk.log.head().seq, ...operations.filter(({ header }) => header.device === desk.device).map(({ header }) => header.seq));
  const header = {
    device: desk.device,
    seq: lastSeq + 1,
    // After everything known, so that roles and admissions are those of this moment. Nothing of it is written.
    at: { ms: Number.MAX_SAFE_INTEGER, counter: 0 },
    after: dossier.heads.map(parseOperationId),
    wall: desk.clock.nowMs(),
    businessDate: desk.clock.businessDate(),
    actor: viewer.officer,
    office: office.id,
    subject: dossier.id,
  };
  return (kind, body) => {
    if (!hasAnyRole(viewer.roles, DOSSIER_PERMISSIONS[kind])) return 'notPermitted';
    return whyNotNext(dossier, { header: { ...header, kind, version: dossierKindVersions[kind] }, body }, office);
  };
}

/** The smallest well-formed body of an act: only the judge reads it. */
function draftBody(act: Exclude<DossierAct, 'undo' | MoneyAct>, dossier: Dossier, officer: OfficerId, now: number): DossierBody<DossierKind> {
  const { content } = dossier;
  const moved = { appointment: content.appointment, base: dossier.appointmentSetBy };
  switch (act) {
    case 'take':
    case 'assign':
    case 'moveStep':
      return { officer } satisfies DossierBody<'dossier.taken' | 'dossier.assigned'>;
    case 'transfer':
    case 'confirmTransfer':
      return { from: officer, to: officer, givenAt: now, takenAt: null } satisfies DossierBody<'dossier.transferred'>;
    case 'requestDuty':
      return { text: '–', dong: null, pausedAt: now } satisfies DossierBody<'dossier.dutyRequested'>;
    case 'meetDuty':
      return { evidence: '–', metAt: now, moved } satisfies DossierBody<'dossier.dutyMet'>;
    case 'apologise':
      return { reason: '–', moved } satisfies DossierBody<'dossier.apologised'>;
    case 'forward':
      return { agency: '–' } satisfies DossierBody<'dossier.forwarded'>;
    case 'withdraw':
    case 'stop':
    case 'refuse':
    case 'rework':
    case 'void':
      return { reason: '–' } satisfies DossierBody<'dossier.withdrawn' | 'dossier.stopped' | 'dossier.refused' | 'dossier.reworked' | 'dossier.voided'>;
    case 'requestSupplement':
      return { papers: ['–'], reason: '–', pausedAt: now } satisfies DossierBody<'dossier.supplementRequested'>;
    case 'receiveSupplement':
      return { papers: content.papers, receivedAt: now, moved } satisfies DossierBody<'dossier.supplementReceived'>;
    case 'finish':
      return { result: { summary: '' }, finishedAt: now } satisfies DossierBody<'dossier.finished'>;
    case 'handOver':
      return { receiver: content.owner, receiverIs: 'owner', how: 'counter', shown: '', despiteConflicts: [] } satisfies DossierBody<'dossier.handedOver'>;
    case 'correct':
      return { changes: [{ field: 'request', before: content.request, after: content.request }], reason: '–' } satisfies DossierBody<'dossier.corrected'>;
    case 'reprint':
      return { job: dossier.id, form: 'receipt', ordinal: 1 } satisfies DossierBody<'dossier.paperReprinted'>;
  }
}

function undoCandidates(dossier: Dossier): readonly HistoryEntry[] {
  const applied = dossier.history.filter((entry) => entry.effect === 'applied' && isUndoable(entry.header.kind as DossierKind));
  return applied.reverse().slice(0, UNDO_CANDIDATES_MAX);
}

function roleSentence(kind: DossierKind): string {
  const roles = DOSSIER_PERMISSIONS[kind].map((role) => ROLE_WORDS[role]);
  return `Việc này cần ${roles.join(' hoặc ')} làm.`;
}

function undoSentence(last: HistoryEntry | undefined, dossier: Dossier, naming: Naming): string {
  if (!last) return 'Chưa có việc nào để lùi lại.';
  const isPaperOut = dossier.history.some(({ header, body, effect }) => {
    if (header.kind !== 'dossier.paperReported' || effect !== 'applied') return false;
    const report = body as DossierBody<'dossier.paperReported'>;
    return report.act === last.id && report.outcome !== 'failed';
  });
  if (isPaperOut) return 'Giấy của việc cuối đã in. Lãnh đạo lùi giúp được.';
  const author = naming.officerName(last.header.actor);
  return author === null ? 'Việc cuối cần lãnh đạo lùi giúp.' : `Việc cuối do ${author} làm. Người đó hoặc lãnh đạo lùi được.`;
}

function reasonSentence(act: DossierAct, reason: ConflictReason, dossier: Dossier): string {
  switch (reason) {
    case 'notPermitted':
      return roleSentence(KIND_OF_ACT[act]);
    case 'unknownDevice':
    case 'revokedDevice':
      return 'Máy này đã ngừng. Vẫn xem và in được, việc mới cần ghi ở máy khác.';
    case 'malformed':
      return 'Nội dung hồ sơ có chỗ chưa đọc được, cần sửa trước.';
    case 'concurrent':
    case 'settledDifferently':
    case 'wrongState':
    case 'badUndo':
    case 'notReceived':
      return act === 'handOver' && hasDisputedResult(dossier) ? 'Chọn xong giữa hai việc trái nhau thì trả được.' : stateSentence(act, dossier.status);
  }
}

/** A result stands in an open conflict: it may be handed over only by saying so (settled.md 12). */
function hasDisputedResult(dossier: Dossier): boolean {
  const disputed = new Set(dossier.conflicts.filter((conflict) => conflict.settledBy === null).flatMap((conflict) => conflict.operations));
  return dossier.history.some((entry) => entry.header.kind === 'dossier.finished' && disputed.has(entry.id));
}

const STATE_SENTENCES: Readonly<Record<Exclude<DossierStatus, 'received' | 'processing'>, string>> = {
  waitingSupplement: 'Hồ sơ đang chờ bổ sung giấy tờ.',
  waitingDuty: 'Hồ sơ đang chờ nộp tiền.',
  finished: 'Hồ sơ đã có kết quả.',
  returned: 'Hồ sơ đã trả kết quả.',
  withdrawn: 'Hồ sơ đã rút.',
  stopped: 'Hồ sơ đã dừng giải quyết.',
  refused: 'Hồ sơ đã từ chối giải quyết.',
  voided: 'Hồ sơ đã bỏ.',
};

function stateSentence(act: DossierAct, status: DossierStatus): string {
  if (status !== 'received' && status !== 'processing') return STATE_SENTENCES[status];
  if (act === 'receiveSupplement') return 'Hồ sơ chưa có yêu cầu bổ sung.';
  if (act === 'meetDuty') return 'Hồ sơ chưa có yêu cầu nộp tiền.';
  if (act === 'handOver' || act === 'rework') return 'Hồ sơ chưa có kết quả.';
  return status === 'received' ? 'Cần có người nhận xử lý trước.' : 'Hồ sơ đã có người xử lý.';
}
