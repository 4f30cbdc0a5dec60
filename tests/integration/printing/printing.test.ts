import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { err, ok } from '../../../src-shared/lib/result.ts';
import type { ReceiptData } from '../../../src-shared/forms/receipt/receipt-data.ts';
import { createPrinting, type Printing } from '../../../src-main/core/features/printing/printing-handlers.ts';
import { getPrintJob } from '../../../src-main/core/features/printing/print-job-queries.ts';
import { receiptPaperOf } from '../../../src-main/core/features/forms/receipt-paper.ts';
import { writeOfficeAct } from '../../../src-main/core/calls/office-acts.ts';
import { addDays } from '../../../src-shared/lib/office-time.ts';
import { attributesOn } from '../../../src-shared/domain/office/office.ts';
import { operationId } from '../../../src-shared/domain/operations/operation.ts';
import { appendAct, appendDossier, readDossier, type AppendedDossier, type AppendOptions } from '../../helpers/append-dossier.ts';
import { correction } from '../../helpers/build-dossier-bodies.ts';
import { codeOf, openTestDesk, valueOf, type TestDesk, type TestOfficer } from '../../helpers/open-test-desk.ts';
import { writeOffice } from '../../helpers/write-office.ts';

let at: TestDesk;
let printing: Printing;

beforeEach(async () => {
  at = await openTestDesk({
    handlers: (announce) => {
      printing = createPrinting({ makeReceipt: receiptPaperOf, announce });
      return printing.handlers;
    },
  });
});

afterEach(() => at.close());

/** Received with a receipt in the same transaction, as `dossiers.receive` does it. */
function receive(options: AppendOptions = {}): AppendedDossier & { readonly job: string } {
  let job = '';
  const dossier = appendDossier(at, {
    ...options,
    alongside: (writing, folded, received) => {
      job = printing.insertReceiptJob(writing, at.desk, folded, received, 'A5').id;
    },
  });
  return { ...dossier, job };
}

type Outcome = 'printed' | 'failed' | 'unknown';
const report = (job: string, outcomes: Partial<Record<'keep' | 'citizen', Outcome>>, key: string = randomUUID(), officer: TestOfficer = 'reception') =>
  at.as(officer)('printing.report', {
    job, idempotencyKey: key,
    outcomes: Object.entries(outcomes).map(([copy, outcome]) => ({ copy: copy as 'keep' | 'citizen', outcome })),
  });
const reprint = (dossier: string, more: object = {}, officer: TestOfficer = 'reception') =>
  at.as(officer)('printing.reprint', { dossier, idempotencyKey: randomUUID(), form: 'receipt', ...more });
const outcomesOf = (job: string) => Object.fromEntries(getPrintJob(at.desk.db, job)!.copies.map(({ copy, outcome }) => [copy, outcome]));
const dataOf = (job: string): ReceiptData => getPrintJob(at.desk.db, job)!.data as ReceiptData;
const openJobs = async () => valueOf(await at.as('reception')('printing.jobs', {})).jobs.map(({ id }) => id);
const kindsOf = (dossier: AppendedDossier) => readDossier(at, dossier.id).history.map(({ header }) => header.kind);

describe('a paper and its act (rule 8)', () => {
  test('the job is there with the reception, waiting, with the form and everything on it', async () => {
    const dossier = receive();
    const { jobs } = valueOf(await at.as('reception')('printing.jobs', {}));
    expect(jobs).toEqual([
      {
        id: dossier.job, dossier: dossier.id, code: dossier.code, ownerName: 'Giàng A Páo', form: 'receipt', formTitle: 'Giấy tiếp nhận hồ sơ và hẹn trả kết quả',
        formVersion: '2025-v1', reprint: 0, amended: 0, size: 'A5', createdAt: at.desk.clock.nowMs(),
        copies: [{ copy: 'keep', outcome: 'waiting', reportedAt: null }, { copy: 'citizen', outcome: 'waiting', reportedAt: null }],
      },
    ]);
    expect(getPrintJob(at.desk.db, dossier.job)!.act).toBe(operationId(dossier.received.header));
  });

  test('an act that is not committed leaves no paper', async () => {
    const dossier = appendDossier(at);
    let job = '';
    const refused = at.desk.log.write((writing) => {
      job = printing.insertReceiptJob(writing, at.desk, readDossier(at, dossier.id), dossier.received, 'A4').id;
      expect(getPrintJob(writing.db, job)).toBeDefined();
      return err('the disk is full');
    });
    expect(refused.ok).toBe(false);
    expect(getPrintJob(at.desk.db, job)).toBeUndefined();
    expect(await openJobs()).toEqual([]);
  });

  test('a paper that waits is still there after a restart', async () => {
    const { job } = receive();
    at.restart();
    expect(await openJobs()).toEqual([job]);
  });
});

describe('reporting', () => {
  test('writes one act a copy, takes the paper off the list and tells open screens', async () => {
    const dossier = receive();
    at.clock.advance(60_000);
    const { job } = valueOf(await report(dossier.job, { keep: 'printed', citizen: 'printed' }));
    expect(job.copies).toEqual([
      { copy: 'keep', outcome: 'printed', reportedAt: at.desk.clock.nowMs() },
      { copy: 'citizen', outcome: 'printed', reportedAt: at.desk.clock.nowMs() },
    ]);
    expect(await openJobs()).toEqual([]);
    const reported = readDossier(at, dossier.id).history.slice(1);
    expect(reported.map(({ header, effect, body }) => ({ kind: header.kind, effect, body }))).toEqual(
      (['keep', 'citizen'] as const).map((copy) => ({
        kind: 'dossier.paperReported', effect: 'applied',
        body: { job: dossier.job, form: 'receipt', copy, outcome: 'printed', act: operationId(dossier.received.header) },
      })),
    );
    expect(at.events).toEqual([{ type: 'printing', job: dossier.job }, { type: 'dossier', id: dossier.id }]);
  });

  test('a report come twice is answered the same and written once', async () => {
    const dossier = receive();
    const key = randomUUID();
    const first = valueOf(await report(dossier.job, { keep: 'printed', citizen: 'printed' }, key));
    at.clock.advance(60_000);
    at.restart();
    expect(valueOf(await report(dossier.job, { keep: 'printed', citizen: 'printed' }, key))).toEqual(first);
    expect(kindsOf(dossier)).toHaveLength(3);
    expect(codeOf(await report(dossier.job, { keep: 'failed' }, key))).toBe('dossiers.keyReused');
  });

  test('a sheet whose fate was unknown may be reported again, printed or failed', async () => {
    const dossier = receive();
    valueOf(await report(dossier.job, { keep: 'unknown', citizen: 'unknown' }));
    expect(await openJobs()).toEqual([dossier.job]);
    valueOf(await report(dossier.job, { keep: 'printed', citizen: 'failed' }));
    expect(outcomesOf(dossier.job)).toEqual({ keep: 'printed', citizen: 'failed' });
    expect(await openJobs()).toEqual([dossier.job]);
    valueOf(await report(dossier.job, { citizen: 'printed' }));
    expect(await openJobs()).toEqual([]);
  });

  test('a sheet that is out is never taken back, and the other copy is left as it was', async () => {
    const dossier = receive();
    valueOf(await report(dossier.job, { keep: 'printed' }));
    expect(codeOf(await report(dossier.job, { keep: 'failed', citizen: 'printed' }))).toBe('printing.alreadyReported');
    expect(outcomesOf(dossier.job)).toEqual({ keep: 'printed', citizen: 'waiting' });
    expect(kindsOf(dossier)).toEqual(['dossier.received', 'dossier.paperReported']);
  });

  test('the same outcome told by two windows is one fact', async () => {
    const dossier = receive();
    valueOf(await report(dossier.job, { keep: 'printed', citizen: 'printed' }));
    valueOf(await report(dossier.job, { keep: 'printed', citizen: 'printed' }));
    expect(kindsOf(dossier)).toHaveLength(3);
  });

  test('keeps the author from undoing what is already on paper in the hand of the citizen', async () => {
    const dossier = receive();
    const corrected = appendAct(at, dossier.id, 'reception', 'dossier.corrected', correction({ request: 'Khai sinh quá hạn' }) as never);
    const amended = valueOf(await reprint(dossier.id)).job;
    valueOf(await report(amended.id, { citizen: 'printed', keep: 'printed' }));
    appendAct(at, dossier.id, 'reception', 'dossier.undone', { operation: operationId(corrected.header), reason: '' });
    expect(readDossier(at, dossier.id).history.at(-1)!.effect).toBe('illegal');
  });

  test('an unknown paper, a copy that the job has not, and one named twice are refused', async () => {
    const dossier = receive();
    expect(codeOf(await report(randomUUID(), { keep: 'printed' }))).toBe('printing.unknownJob');
    const keepOnly = valueOf(await reprint(dossier.id, { copies: ['keep'] })).job.id;
    expect(codeOf(await report(keepOnly, { citizen: 'printed' }))).toBe('request.malformed');
    const twice = { job: dossier.job, idempotencyKey: randomUUID(), outcomes: [{ copy: 'keep' as const, outcome: 'printed' as const }, { copy: 'keep' as const, outcome: 'failed' as const }] };
    expect(codeOf(await at.as('reception')('printing.report', twice))).toBe('request.malformed');
    expect(codeOf(await report(dossier.job, {}))).toBe('request.malformed');
    expect(outcomesOf(dossier.job)).toEqual({ keep: 'waiting', citizen: 'waiting' });
  });
});

describe('printing again', () => {
  test('is numbered from the dossier, says so on the sheet, and repeats the rest word for word', async () => {
    const dossier = receive();
    valueOf(await report(dossier.job, { keep: 'printed', citizen: 'printed' }));
    at.clock.advance(3_600_000);
    const first = valueOf(await reprint(dossier.id, { reason: 'Dân làm mất' })).job;
    const second = valueOf(await reprint(dossier.id)).job;
    expect([first.reprint, second.reprint]).toEqual([1, 2]);
    const original = dataOf(dossier.job);
    expect(dataOf(second.id)).toEqual({ ...original, printedAt: at.desk.clock.nowMs(), marks: { ...original.marks, reprint: 2 } });
    const again = readDossier(at, dossier.id);
    expect(again.reprints).toEqual({ receipt: 2 });
    expect(again.history.find(({ header }) => header.kind === 'dossier.paperReprinted')!.body).toEqual({ job: first.id, form: 'receipt', ordinal: 1, reason: 'Dân làm mất' });
  });

  test('the same request twice is one reprint', async () => {
    const dossier = receive();
    const idempotencyKey = randomUUID();
    const first = valueOf(await reprint(dossier.id, { idempotencyKey })).job;
    expect(valueOf(await reprint(dossier.id, { idempotencyKey })).job).toEqual(first);
    expect(readDossier(at, dossier.id).reprints).toEqual({ receipt: 1 });
  });

  test('after a correction shows the corrected words and says SỬA ĐỔI; the original job keeps its own', async () => {
    const dossier = receive();
    appendAct(at, dossier.id, 'reception', 'dossier.corrected', correction({ request: 'Đăng ký khai sinh cho cháu Giàng Thị Mỷ' }) as never);
    const job = valueOf(await reprint(dossier.id)).job;
    expect(job).toMatchObject({ reprint: 1, amended: 1 });
    expect(dataOf(job.id)).toMatchObject({ request: 'Đăng ký khai sinh cho cháu Giàng Thị Mỷ', marks: { reprint: 1, amended: 1 } });
    expect(dataOf(dossier.job)).toMatchObject({ request: 'Đăng ký khai sinh cho con', marks: { reprint: 0, amended: 0 } });
    appendAct(at, dossier.id, 'reception', 'dossier.corrected', correction({ sets: 2 }) as never);
    expect(valueOf(await reprint(dossier.id)).job).toMatchObject({ reprint: 2, amended: 2 });
  });

  test('after a correction was undone shows the first words again', async () => {
    const dossier = receive();
    const corrected = appendAct(at, dossier.id, 'reception', 'dossier.corrected', correction({ request: 'Nhầm' }) as never);
    expect(dataOf(valueOf(await reprint(dossier.id)).job.id).request).toBe('Nhầm');
    appendAct(at, dossier.id, 'reception', 'dossier.undone', { operation: operationId(corrected.header), reason: '' });
    const other = appendAct(at, dossier.id, 'reception', 'dossier.corrected', correction({ request: 'Đúng' }) as never);
    expect(dataOf(valueOf(await reprint(dossier.id)).job.id).request).toBe('Đúng');
    appendAct(at, dossier.id, 'leader', 'dossier.undone', { operation: operationId(other.header), reason: '' });
    expect(valueOf(await reprint(dossier.id)).job).toMatchObject({ amended: 0 });
    expect(dataOf(valueOf(await reprint(dossier.id)).job.id).request).toBe('Đăng ký khai sinh cho con');
  });

  test('a unit and an officer renamed since do not change the paper; an amended one keeps the unit of its day', async () => {
    const dossier = receive();
    const before = dataOf(dossier.job);
    renameOffice();
    at.clock.advance(86_400_000);
    const { officeHead, officerName } = dataOf(valueOf(await reprint(dossier.id)).job.id);
    expect({ officeHead, officerName }).toEqual({ officeHead: before.officeHead, officerName: 'Nguyễn Thị Hạnh' });
    appendAct(at, dossier.id, 'reception', 'dossier.corrected', correction({ sets: 3 }) as never);
    const amended = dataOf(valueOf(await reprint(dossier.id)).job.id);
    expect(amended).toMatchObject({ officeHead: before.officeHead, placeName: before.placeName, businessDate: before.businessDate, checkCode: before.checkCode, sets: 3 });
    expect(dataOf(receive().job).officeHead.parent).toBe('UBND XÃ MỚI');
  });

  test('a dossier whose paper was printed at another desk is built anew, and counts the reprints made there', async () => {
    const dossier = appendDossier(at);
    const elsewhere = appendAct(at, dossier.id, 'reception', 'dossier.paperReprinted', { job: randomUUID(), form: 'receipt', ordinal: 1 });
    expect(elsewhere.header.seq).toBeGreaterThan(0);
    const job = valueOf(await reprint(dossier.id)).job;
    expect(job).toMatchObject({ reprint: 2, amended: 0, formVersion: '2025-v1', code: dossier.code });
  });

  test('the first receipt of a dossier that was received without one is an original', async () => {
    const dossier = appendDossier(at, { body: { receiptWanted: false } });
    expect(valueOf(await reprint(dossier.id)).job).toMatchObject({ reprint: 0 });
    expect(kindsOf(dossier)).toEqual(['dossier.received']);
    expect(valueOf(await reprint(dossier.id)).job).toMatchObject({ reprint: 1 });
  });

  test('a printed reprint clears the earlier paper that never came out', async () => {
    const dossier = receive();
    valueOf(await report(dossier.job, { keep: 'printed', citizen: 'failed' }));
    const job = valueOf(await reprint(dossier.id, { copies: ['citizen'] })).job.id;
    expect(await openJobs()).toEqual([job, dossier.job]);
    valueOf(await report(job, { citizen: 'printed' }));
    expect(await openJobs()).toEqual([]);
    expect(outcomesOf(dossier.job)).toEqual({ keep: 'printed', citizen: 'failed' });
  });

  test('an unknown dossier, an unknown form and a voided dossier are refused and nothing is written', async () => {
    const dossier = receive();
    expect(codeOf(await reprint(randomUUID()))).toBe('dossiers.unknown');
    expect(codeOf(await reprint(dossier.id, { form: 'poem' }))).toBe('request.malformed');
    expect(codeOf(await reprint(dossier.id, { copies: ['keep', 'keep'] }))).toBe('request.malformed');
    expect(codeOf(await reprint(dossier.id, { size: 'A3' }))).toBe('request.malformed');
    appendAct(at, dossier.id, 'leader', 'dossier.voided', { reason: 'Nhập trùng' });
    expect(codeOf(await reprint(dossier.id))).toBe('dossiers.wrongState');
    expect(kindsOf(dossier)).toEqual(['dossier.received', 'dossier.voided']);
  });

  test('a dossier in which a newer program wrote asks for the update first', async () => {
    const dossier = receive();
    valueOf(at.desk.log.write((writing) => ok(writing.append({
      kind: 'dossier.corrected', version: 99, subject: dossier.id, actor: at.officers.reception, after: [dossier.received.header], body: {},
    }))));
    expect(codeOf(await reprint(dossier.id))).toBe('dossiers.needsUpdate');
  });
});

describe('the receipt after a correction', () => {
  const amend = (dossier: AppendedDossier) => {
    const act = appendAct(at, dossier.id, 'reception', 'dossier.corrected', correction({ sets: 2 }) as never);
    return valueOf(at.desk.log.write((writing) => ok(printing.insertAmendedReceiptJob(writing, at.desk, readDossier(at, dossier.id), act))));
  };

  test('is due in the size of the last one, says SỬA ĐỔI and is no reprint', () => {
    const dossier = receive();
    const job = getPrintJob(at.desk.db, amend(dossier)!)!;
    expect(job).toMatchObject({ reprint: 0, amended: 1, size: 'A5' });
    expect(job.data).toMatchObject({ sets: 2, marks: { reprint: 0, amended: 1 } });
  });

  test('printed again repeats its words with both marks', async () => {
    const dossier = receive();
    const amended = amend(dossier)!;
    const job = valueOf(await reprint(dossier.id)).job;
    expect(dataOf(job.id)).toEqual({ ...dataOf(amended), marks: { ...dataOf(amended).marks, reprint: 1 } });
  });

  test('is not due where the citizen never had one, or where the dossier is closed', () => {
    expect(amend(appendDossier(at, { body: { receiptWanted: false } }))).toBeNull();
    const withdrawn = receive();
    appendAct(at, withdrawn.id, 'reception', 'dossier.withdrawn', { reason: 'Xin rút' });
    expect(amend(withdrawn)).toBeNull();
  });
});

describe('who may', () => {
  test('printing again needs a role that works on dossiers', async () => {
    const dossier = receive();
    expect(codeOf(await reprint(dossier.id, {}, 'admin'))).toBe('session.notPermitted');
    for (const officer of ['reception', 'processing', 'leader'] as const) expect((await reprint(dossier.id, {}, officer)).ok).toBe(true);
  });

  test('every officer may say what became of a sheet, nobody without a session may', async () => {
    const dossier = receive();
    valueOf(await report(dossier.job, { keep: 'unknown' }, randomUUID(), 'admin'));
    const input = { job: dossier.job, idempotencyKey: randomUUID(), outcomes: [{ copy: 'keep', outcome: 'printed' }] };
    expect(codeOf(await at.dispatch('printing.report', input, undefined))).toBe('session.required');
    expect(codeOf(await at.dispatch('printing.jobs', {}, undefined))).toBe('session.required');
    expect(codeOf(await at.dispatch('printing.reprint', { dossier: dossier.id, idempotencyKey: randomUUID(), form: 'receipt' }, undefined))).toBe('session.required');
    expect(outcomesOf(dossier.job)).toEqual({ keep: 'unknown', citizen: 'waiting' });
  });
});

test('the papers of one dossier are listed with it, printed ones too, the newest first', async () => {
  const dossier = receive();
  receive();
  valueOf(await report(dossier.job, { keep: 'printed', citizen: 'printed' }));
  const again = valueOf(await reprint(dossier.id)).job;
  const { jobs } = valueOf(await at.as('processing')('printing.jobs', { dossier: dossier.id }));
  expect(jobs.map(({ id }) => id)).toEqual([again.id, dossier.job]);
  expect(printing.dossierJobs(at.desk, dossier.id)).toEqual(jobs);
  expect(printing.jobView(at.desk, again.id)).toEqual(again);
});

function renameOffice(): void {
  const today = at.desk.clock.businessDate();
  const { attributes, numbering } = attributesOn(at.desk.office(), today);
  valueOf(
    writeOfficeAct(at.desk, {
      kind: 'office.changed', actor: at.officers.admin,
      body: { effectiveFrom: addDays(today, 1), attributes: { ...attributes, superiorName: 'UBND XÃ MỚI', placeName: 'Xã Mới' }, numbering, reason: 'Sáp nhập' },
    }),
  );
  writeOffice(at.desk, at.officers.admin, 'officer.changed', { officer: at.officers.reception, name: 'Tên Khác', title: '', formOfAddress: 'chị', roles: ['reception'], retired: false });
}
