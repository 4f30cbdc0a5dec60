import type { OpenDesk } from '../../src-main/core/desk/open-desk.ts';
import { insertPrintJob } from '../../src-main/core/features/printing/print-job-queries.ts';
import type { Writing } from '../../src-node/operations/log.ts';
import type { DossierReceived } from '../../src-shared/domain/dossiers/dossier-content.ts';
import { formatCode, dossierSeries, registerSeries } from '../../src-shared/domain/numbers/number-series.ts';
import { operationId, type Operation } from '../../src-shared/domain/operations/operation.ts';
import { assert } from '../../src-shared/lib/assert.ts';
import type { OfficerId, SubjectId } from '../../src-shared/lib/ids.ts';
import { officeDate, officeInstant } from '../../src-shared/lib/office-time.ts';
import { DEMO_OFFICE } from '../../src-main/core/demo/demo-accounts.ts';
import { makeReception, type Reception } from './receptions.ts';
import type { SampleDossier } from './sample-dossiers.ts';
import type { Chance } from './seeded-chance.ts';
import type { SetClock } from './set-up-office.ts';

export interface Work {
  readonly desk: OpenDesk;
  readonly clock: SetClock;
  readonly officer: OfficerId;
  readonly chance: Chance;
  readonly samples: ReadonlyMap<string, SampleDossier>;
  /** Counters of this office's only desk by period, as the next one of each series. */
  readonly counters: Map<string, number>;
}

const MINUTE_MS = 60_000;
/** Receipts that were printed and reported: their answers, the acts' and the reception's stay in the database. */
export const ANSWERS_PER_DOSSIER = 5;

/** One dossier's operations and paper, exactly as the calls would have left them; its list rows are still to be projected. */
export function writeDossier(writing: Writing, work: Work, receivedAt: number, isOpen: boolean): readonly Operation[] {
  const { chance, clock } = work;
  const reception = makeReception(chance, receivedAt);
  const sample = work.samples.get(reception.procedureCode);
  assert(sample, 'every procedure has a sample');
  clock.moveTo(Math.max(clock.wallMs(), receivedAt));
  const subject = timedUuid(chance, receivedAt);
  const onTheSpot = chance.isHit(0.15);
  const operations: Operation[] = [];
  const append = (kind: string, body: unknown): Operation => {
    const after = operations.slice(-1).map(({ header }) => ({ device: header.device, seq: header.seq }));
    const operation = writing.append({ kind, version: 1, subject, actor: work.officer, after, body });
    operations.push(operation);
    return operation;
  };
  const body = receivedBody(work, sample, reception, receivedAt, !onTheSpot);
  const received = append('dossier.received', body);
  const job = chance.uuid();
  if (!onTheSpot) appendPaperReports(append, chance, { job, act: operationId(received.header) });
  if (onTheSpot || !isOpen || chance.isHit(0.5)) append('dossier.taken', { officer: work.officer });
  if (onTheSpot || !isOpen) appendEnd(append, body, receivedAt);
  if (!onTheSpot) insertPaper(writing, { sample, body, subject, job, act: operationId(received.header), receivedAt });
  return operations;
}

function receivedBody({ counters }: Work, sample: SampleDossier, reception: Reception, receivedAt: number, receiptWanted: boolean): DossierReceived {
  const businessDate = officeDate(receivedAt);
  const { content, register, number } = sample.body;
  const issue = (series: { period: string; kind: string }) => {
    const counter = counters.get(`${series.kind} ${series.period}`) ?? 1;
    counters.set(`${series.kind} ${series.period}`, counter + 1);
    return counter;
  };
  const ownNumber = { ...dossierSeries(number.token, businessDate), counter: 0 };
  const ownRegister = { ...registerSeries(register.token, businessDate), counter: 0 };
  const numbered = { ...ownNumber, counter: issue(ownNumber) };
  const { submitter: _submitter, note: _note, ...common } = content;
  return {
    ...sample.body,
    content: {
      ...common,
      owner: reception.owner,
      ...(reception.submitter ? { submitter: reception.submitter } : {}),
      request: reception.request,
      fields: reception.fields ?? {},
      papers: reception.papers ?? [],
      ...(reception.note === undefined ? {} : { note: reception.note }),
      appointment: { ...content.appointment, dueAt: content.appointment.dueAt === null ? null : content.appointment.dueAt - sample.body.receivedAt + receivedAt },
    },
    receivedAt,
    codes: [{ system: 'own', code: formatCode(DEMO_OFFICE.numbering.pattern, DEMO_OFFICE.attributes.agencyCode, numbered) }],
    number: numbered,
    register: { ...ownRegister, counter: issue(ownRegister) },
    receiptWanted,
  };
}

function appendPaperReports(append: (kind: string, body: unknown) => void, chance: Chance, { job, act }: { job: string; act: string }): void {
  for (const copy of chance.isHit(0.18) ? ['keep', 'citizen'] : ['citizen']) append('dossier.paperReported', { job, form: 'receipt', copy, outcome: 'printed', act });
}

function appendEnd(append: (kind: string, body: unknown) => void, { content }: DossierReceived, receivedAt: number): void {
  append('dossier.finished', { result: { summary: content.procedure.resultName ?? 'Kết quả giải quyết', date: officeDate(receivedAt), signer: 'Đặng Văn Lâm' }, finishedAt: receivedAt + 30 * MINUTE_MS });
  append('dossier.handedOver', { receiver: content.owner, receiverIs: 'owner', how: 'counter', shown: 'Đưa giấy hẹn, xem căn cước', despiteConflicts: [] });
}

interface DuePaper {
  readonly sample: SampleDossier;
  readonly body: DossierReceived;
  readonly subject: SubjectId;
  readonly job: string;
  readonly act: string;
  readonly receivedAt: number;
}

function insertPaper(writing: Writing, { sample, body, subject, job, act, receivedAt }: DuePaper): void {
  const { formVersion, data } = sample.paper;
  const { content, codes, register } = body;
  const papers = content.papers.map(({ compulsory: _compulsory, note, ...paper }) => ({ ...paper, note: note ?? null }));
  const submitter = content.submitter ?? content.owner;
  insertPrintJob(writing.db, {
    id: job, dossier: subject, act, form: 'receipt', formVersion, size: 'A5', copies: ['keep', 'citizen'], reprint: 0, amended: 0, createdAt: receivedAt,
    data: {
      ...data, codes, request: content.request, businessDate: officeDate(receivedAt), receivedAt, dueAt: content.appointment.dueAt, printedAt: receivedAt,
      submitter: { ...data.submitter, name: submitter.name, idNumber: submitter.idNumber ?? null, phone: submitter.phone ?? null },
      contents: { kind: 'papers', papers },
      register: { book: data.register?.book ?? '', ordinal: String(register.counter) },
    },
  });
  writing.db.run(`UPDATE print_jobs SET waiting = 0, copies = replace(copies, '"outcome":"waiting","reportedAt":null', '"outcome":"printed","reportedAt":' || ?) WHERE id = ?`, receivedAt, job);
}

/** As the product makes ids: UUIDv7, so that what is near in time is near in the database. */
function timedUuid(chance: Chance, ms: number): SubjectId {
  const time = ms.toString(16).padStart(12, '0');
  const rest = chance.uuid();
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(15, 18)}-${rest.slice(19)}` as SubjectId;
}

/** Receptions spread over a working day of the office. */
export function receptionTime(date: string, index: number, perDay: number): number {
  return officeInstant(date, 450) + Math.floor((index * 540 * MINUTE_MS) / perDay);
}
