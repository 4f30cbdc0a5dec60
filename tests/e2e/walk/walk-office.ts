/** An office where every screen has something to show: the people and dossiers of the practice office, on days that never change. */
import { randomUUID } from 'node:crypto';
import { DEMO_DOSSIERS, DEMO_FLOWS, type DemoDossier } from '../../../src-main/core/demo/demo-dossiers.ts';
import { DEMO_OFFICE, DEMO_OFFICERS } from '../../../src-main/core/demo/demo-accounts.ts';
import type { OutputOf } from '../../../src-shared/contract/contract.ts';
import type { DossierActInput } from '../../../src-shared/contract/dossier-act-input.ts';
import { addDays, officeDate, officeInstant, weekday, type IsoDate } from '../../../src-shared/lib/office-time.ts';
import { callDesk, startDesk, type RunningDesk } from '../desk-fixture.ts';

export type Dossier = OutputOf<'dossiers.get'>['dossier'];

/** The Friday before the holiday of 24/11; half past nine in the morning. */
const WALK_DAY: IsoDate = '2026-11-20';
export const WALK_START_MS = officeInstant(addDays(WALK_DAY, -20), 8 * 60);

/** Who walks: the head of the centre, who may do everything there is to do. */
export const WALKER = { name: DEMO_OFFICERS[2].name, password: DEMO_OFFICERS[2].password } as const;

export interface WalkOffice {
  readonly token: string;
  /** All but the one of `apart`. */
  readonly dossiers: readonly Dossier[];
  /** Two desks wrote of it apart, and nobody has chosen yet. */
  readonly apart: string;
  /** Saved, and its receipt has not been put before the printer. */
  readonly unprinted: string;
}

/** Works through the last days over the wire, as three officers. */
export async function makeWalkOffice(desk: RunningDesk): Promise<WalkOffice> {
  const { password, what: _what, ...leader } = DEMO_OFFICERS[2];
  const made = await callDesk(desk, 'office.setup', {
    ...DEMO_OFFICE, confirmedDate: officeDate(WALK_START_MS), administrator: { ...leader, roles: ['reception', 'processing', 'leader', 'admin'], password },
  });
  const { token } = made.session;
  const tokens = await Promise.all(DEMO_OFFICERS.slice(0, 2).map(async ({ what: _, ...officer }) => {
    const { id } = await callDesk(desk, 'officers.create', { ...officer, roles: [...officer.roles] }, token);
    return { id, token: (await callDesk(desk, 'session.open', { officer: id, password: officer.password })).token };
  }));
  const [clerk, processor] = [tokens[0]!, tokens[1]!];
  for (const code of DEMO_FLOWS.codes) await callDesk(desk, 'procedures.save', { code, entry: { flow: DEMO_FLOWS.flow.map((step) => ({ ...step })) }, reason: 'Quy trình nội bộ của xã' }, token);
  await callDesk(desk, 'fees.saveBook', { idempotencyKey: randomUUID(), book: randomUUID(), series: 'AB/26P', first: 101, last: 150, officer: made.session.officer!.id, desk: (await callDesk(desk, 'fees.books', {}, token)).here, closed: false }, token);

  const ids: string[] = [];
  for (const told of DEMO_DOSSIERS) ids.push(await tell(desk, told, clerk.token, processor.token));
  const [first] = ids;
  await desk.moveClock(officeInstant(WALK_DAY, 9 * 60 + 10));
  await tellMoney(desk, token);
  await act(desk, token, await receive(desk, token, more('Vừ Thị Sông', '2.002516', 'Xác nhận thông tin hộ tịch')), { act: 'transfer', to: processor.id });
  await act(desk, clerk.token, await receive(desk, clerk.token, more('Chảo A Sếnh', '2.002516', 'Xác nhận thông tin hộ tịch của con')), { act: 'transfer', to: made.session.officer!.id });
  const duty = await receive(desk, clerk.token, more('Lù Văn Páo', '1.004873', 'Xác nhận tình trạng hôn nhân'));
  await act(desk, processor.token, duty, { act: 'take' });
  await act(desk, processor.token, duty, { act: 'requestDuty', text: 'Lệ phí cấp bản sao', dong: 8_000 });
  await act(desk, token, first!, { act: 'apologise', reason: 'Chờ xã cũ xác nhận', newDate: { mode: 'term', term: { unit: 'working_day', value: 2 } } });
  const mistaken = await receive(desk, clerk.token, more('Thền Seo Chư', '2.002516', 'Xác nhận thông tin hộ tịch'));
  await callDesk(desk, 'dossiers.void', { id: mistaken, idempotencyKey: randomUUID(), reason: 'Nhận nhầm của xã bên' }, token);
  for (const [name, what] of CLOSED) await act(desk, token, await receive(desk, clerk.token, more(name, '2.002516', 'Xác nhận thông tin hộ tịch')), what);
  const unprinted = await save(desk, clerk.token, { ...more('Hảng Thị Sua', '2.002516', 'Xác nhận thông tin hộ tịch'), receiptWanted: true });
  const apart = await receive(desk, clerk.token, more('Cứ A Lử', '1.004873', 'Xác nhận tình trạng hôn nhân'));
  await act(desk, clerk.token, apart, { act: 'take' });
  await writeApart({ desk, token, dossier: apart, leader: made.session.officer!.id, password });
  await callDesk(desk, 'delegations.grant', { idempotencyKey: randomUUID(), from: processor.id, to: clerk.id, roles: ['processing'], firstDate: '2026-11-23', lastDate: '2026-11-27', reason: 'Nghỉ phép năm' }, token);
  await desk.moveClock(officeInstant(WALK_DAY, 9 * 60 + 30));
  const { dossiers } = await callDesk(desk, 'dossiers.search', { limit: 100 }, token);
  const others = dossiers.filter(({ id }) => id !== apart);
  return { token, apart, unprinted: unprinted.dossier.id, dossiers: await Promise.all(others.map(async ({ id }) => (await callDesk(desk, 'dossiers.get', { id }, token)).dossier)) };
}

/** Ends without a result. */
const CLOSED: readonly (readonly [string, DossierActInput])[] = [
  ['Ma Seo Sùng', { act: 'withdraw', reason: 'Không cần nữa, đã làm ở xã mẹ đẻ', by: { type: 'individual', name: 'Ma Seo Sùng' } }],
  ['Giàng Thị Dợ', { act: 'stop', reason: 'Người nộp không bổ sung giấy tờ trong thời hạn' }],
  ['Ly Seo Tráng', { act: 'refuse', reason: 'Việc thuộc thẩm quyền của xã Pha Long' }],
];

interface ApartOptions {
  readonly desk: RunningDesk;
  readonly token: string;
  readonly dossier: string;
  readonly leader: string;
  readonly password: string;
}

/** Máy 2 joins and writes a result while this desk asks for a paper; then this desk takes over what Máy 2 wrote. */
async function writeApart({ desk, token, dossier, leader, password }: ApartOptions): Promise<void> {
  const { dataDir, stateDir } = desk.options;
  const admitted = await callDesk(desk, 'desks.admit', { name: 'Máy 2' }, token);
  const second = await startDesk({ dataDir: `${dataDir}-2`, stateDir: `${stateDir}-2`, clockMs: officeInstant(WALK_DAY, 9 * 60 + 12) });
  await callDesk(second, 'office.join', { file: admitted.file, code: admitted.code, confirmedDate: WALK_DAY });
  const there = await callDesk(second, 'session.open', { officer: leader, password });
  await callDesk(second, 'desks.importBranch', { dataDir, password }, there.token);
  await act(second, there.token, dossier, { act: 'finish', result: { number: '112/XNTTHN', summary: 'Giấy xác nhận tình trạng hôn nhân' } });
  await act(desk, token, dossier, { act: 'requestSupplement', papers: ['Xác nhận của xã cũ'], reason: 'Chưa có xác nhận của xã cũ.' });
  await callDesk(desk, 'desks.importBranch', { dataDir: second.options.dataDir, password }, token);
  await second.stop();
}

/** Three who owe money: one has not paid, one paid without a biên lai, one with. */
async function tellMoney(desk: RunningDesk, token: string): Promise<void> {
  const money = { fee: { amount: { state: 'due', dong: 16_000 } }, levy: { amount: { state: 'due', dong: 8_000 } } } as const;
  const ids: string[] = [];
  for (const name of ['Mùa Thị Chá', 'Sùng Seo Dìn', 'Thào Thị Mỷ']) ids.push(await receive(desk, token, { ...more(name, '1.004873', 'Xác nhận tình trạng hôn nhân để đăng ký kết hôn'), ...money }));
  const lines = [{ kind: 'charge', name: 'Phí', quantity: 1, dong: 16_000 }, { kind: 'levy', name: 'Lệ phí', quantity: 1, dong: 8_000 }] as const;
  await act(desk, token, ids[1]!, { act: 'collectFee', lines: [...lines], means: 'cash', payer: 'Sùng Seo Dìn', receipt: null });
  await act(desk, token, ids[2]!, { act: 'collectFee', lines: [...lines], means: 'cash', payer: 'Thào Thị Mỷ', receipt: { series: 'AB/26P', number: 101, seenOnPaper: true } });
}

function more(name: string, procedureCode: string, request: string) {
  return { procedureCode, request, owner: { type: 'individual', name, sex: 'female', birthDate: '1990-05-04', phone: '0900000111', address: 'Bản Phùng, xã Nậm Khâu, tỉnh Lào Cai' }, receiptWanted: false, appointment: THREE_DAYS } as const;
}

const THREE_DAYS = { mode: 'typedTerm', term: { unit: 'working_day', value: 3 }, reason: 'Theo văn bản của thủ tục' } as const;

type Reception = Omit<Parameters<typeof callDesk<'dossiers.receive'>>[2], 'idempotencyKey' | 'openedAt'>;
const save = (desk: RunningDesk, token: string, input: Reception) => callDesk(desk, 'dossiers.receive', { idempotencyKey: randomUUID(), openedAt: WALK_START_MS, ...input }, token);

async function receive(desk: RunningDesk, token: string, input: Reception): Promise<string> {
  const { dossier, job } = await save(desk, token, input);
  if (job) await callDesk(desk, 'printing.report', { job: job.id, idempotencyKey: randomUUID(), outcomes: job.copies.map(({ copy }) => ({ copy, outcome: 'printed' as const })) }, token);
  return dossier.id;
}

const act = (desk: RunningDesk, token: string, id: string, what: DossierActInput) => callDesk(desk, 'dossiers.act', { id, idempotencyKey: randomUUID(), act: what }, token);

async function tell(desk: RunningDesk, told: DemoDossier, clerk: string, processor: string): Promise<string> {
  const { person, procedureCode, request, fields = {}, documents = [], papers = [], workingDays, until } = told;
  let nowMs = officeInstant(workingDayBefore(told.daysAgo), Number(told.time.slice(0, 2)) * 60 + Number(told.time.slice(3)));
  const pass = (minutes: number) => desk.moveClock(nowMs += minutes * 60_000);
  await pass(0);
  const id = await receive(desk, clerk, {
    procedureCode, request, fields, documents, owner: { type: 'individual', idKind: 'citizenId', sex: Number(person.idNumber[3]) % 2 === 0 ? 'male' : 'female', ...person },
    papers: papers.map((name) => ({ name, original: 1, certified: 0, photo: 0, seen: false, missing: false, compulsory: true })),
    ...(workingDays !== undefined && { appointment: { mode: 'typedTerm', term: { unit: 'working_day', value: workingDays }, reason: 'Theo văn bản của thủ tục' } as const }),
  });
  if (until === 'received') return id;
  await pass(6);
  await act(desk, processor, id, { act: 'take' });
  await pass(9);
  if (until === 'supplement') await act(desk, processor, id, { act: 'requestSupplement', papers: ['Giấy chứng sinh'], reason: 'Chưa có Giấy chứng sinh của cháu.' });
  if (until !== 'finished' && until !== 'returned') return id;
  await act(desk, processor, id, { act: 'finish', result: { summary: told.result ?? 'Kết quả', date: officeDate(nowMs), signer: WALKER.name } });
  await pass(5);
  if (until === 'returned') await act(desk, clerk, id, { act: 'handOver', receiver: { type: 'individual', name: person.name }, receiverIs: 'owner', how: 'counter', shown: 'Giấy hẹn và căn cước', despiteConflicts: [] });
  return id;
}

function workingDayBefore(days: number): IsoDate {
  let date = WALK_DAY;
  for (let left = days; left > 0;) {
    date = addDays(date, -1);
    if (weekday(date) !== 0 && weekday(date) !== 6) left -= 1;
  }
  return date;
}
