import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DossierBody, DossierKind } from '../../../src-shared/domain/dossiers/dossier-operations.ts';
import { balanceInWords, cashLinesOf, cashSums, partOf, usedReceipt } from '../../../src-shared/domain/fees/cash-sheet.ts';
import { feeBalance } from '../../../src-shared/domain/fees/fee-balance.ts';
import { dongInWords } from '../../../src-shared/domain/fees/money.ts';
import { buildBody, moneyOf } from '../../helpers/build-dossier-bodies.ts';
import { buildDossier, effectOf, exchange, idOf, OFFICERS, openConflicts, type TestDesk } from '../../helpers/build-operations.ts';

const LEVY = { kind: 'levy', name: 'Lệ phí', quantity: 1, dong: 8_000 } as const;
const collected = (number: number | null, lines: readonly object[] = [LEVY]) => ({ lines, means: 'cash', payer: 'Giàng A Páo', receipt: number === null ? null : { series: 'AB/26P', number } });
const refund = (collection: string, dong: number) => ({ collection, sums: [{ kind: 'levy', dong }], means: 'cash', to: 'Giàng A Páo', reason: 'Thu thừa' });
const written = (desk: TestDesk, ...act: Parameters<TestDesk['write']>) => {
  const operation = desk.write(...act);
  return effectOf(desk.dossier(), operation);
};
const levyPaid = (desk: TestDesk) => feeBalance('levy', { state: 'due', dong: 8_000 }, desk.dossier()!.fees).paidDong;

describe('money of a dossier', () => {
  it('goes back never more than was taken, by one act or several', () => {
    const desk = buildDossier().desks[0]!;
    const collection = idOf(desk.write('dossier.feeCollected', collected(1)));
    expect(written(desk, 'dossier.feeRefunded', refund(collection, 8_001))).toBe('illegal');
    expect(written(desk, 'dossier.feeRefunded', refund(collection, 5_000))).toBe('applied');
    const tooMuch = desk.write('dossier.feeRefunded', refund(collection, 3_001));
    expect(effectOf(desk.dossier(), tooMuch)).toBe('illegal');
    expect(written(desk, 'dossier.feeRefunded', { ...refund(collection, 3_000), sums: [{ kind: 'charge', dong: 3_000 }] })).toBe('illegal');
    expect(levyPaid(desk)).toBe(3_000);
  });

  it('is not counted any more once voided, which needs its author or a leader and no refund upon it', () => {
    const desk = buildDossier().desks[0]!;
    desk.actor = OFFICERS.reception;
    const collection = idOf(desk.write('dossier.feeCollected', collected(1)));
    const voiding = { entry: collection, reason: 'Gõ nhầm', receipt: 'unwritten' };
    const byAnother = desk.write('dossier.feeVoided', voiding, { actor: OFFICERS.processing });
    expect(effectOf(desk.dossier(), byAnother)).toBe('illegal');
    expect(openConflicts(desk.dossier()).map(({ reason }) => reason)).toEqual(['notPermitted']);
    const back = idOf(desk.write('dossier.feeRefunded', refund(collection, 8_000)));
    expect(written(desk, 'dossier.feeVoided', voiding)).toBe('illegal');
    expect(written(desk, 'dossier.feeVoided', { entry: back, reason: 'Chưa trả' })).toBe('applied');
    expect(written(desk, 'dossier.feeVoided', voiding)).toBe('applied');
    expect(levyPaid(desk)).toBe(0);
    expect(written(desk, 'dossier.feeVoided', voiding, { actor: OFFICERS.leader })).toBe('illegal');
  });

  it('of another officer is voided after all when a leader decides so', () => {
    const desk = buildDossier().desks[0]!;
    const collection = idOf(desk.write('dossier.feeCollected', collected(null), { actor: OFFICERS.reception }));
    const voided = desk.write('dossier.feeVoided', { entry: collection, reason: 'Nhập trùng' }, { actor: OFFICERS.processing });
    const [conflict] = openConflicts(desk.dossier());
    desk.write('dossier.conflictSettled', buildBody('dossier.conflictSettled', 0, { conflict: conflict!.id, keep: [idOf(voided)] }), { actor: OFFICERS.leader });
    expect(effectOf(desk.dossier(), voided)).toBe('applied');
    expect(levyPaid(desk)).toBe(0);
    expect(openConflicts(desk.dossier())).toEqual([]);
  });

  it('asks what became of the sheet exactly where there is one', () => {
    const desk = buildDossier().desks[0]!;
    const [withSheet, without] = [desk.write('dossier.feeCollected', collected(1)), desk.write('dossier.feeCollected', collected(null))].map(idOf);
    expect(written(desk, 'dossier.feeVoided', { entry: withSheet, reason: 'x' })).toBe('illegal');
    expect(written(desk, 'dossier.feeVoided', { entry: without, reason: 'x', receipt: 'spoiled' })).toBe('illegal');
    desk.write('dossier.feeVoided', { entry: withSheet, reason: 'x', receipt: 'spoiled' });
    const [line] = cashLinesOf(desk.dossier()!);
    expect(usedReceipt(line!)).toEqual({ series: 'AB/26P', number: 1 });
    expect(usedReceipt({ ...line!, voided: { ...line!.voided!, receipt: 'unwritten' } })).toBeNull();
  });

  it('written by two desks with one biên lai is one payment, and later acts may call it by either name', () => {
    const { desks: [one, two] } = buildDossier(2);
    one!.write('dossier.feeCollected', collected(1));
    const second = idOf(two!.write('dossier.feeCollected', collected(1)));
    exchange(one!, two!);
    expect(levyPaid(one!)).toBe(8_000);
    expect(written(two!, 'dossier.feeRefunded', refund(second, 8_000))).toBe('applied');
    expect(levyPaid(two!)).toBe(0);
  });

  it('taken at two desks lies in two drawers: both count and the dossier says so', () => {
    const { desks: [one, two] } = buildDossier(2);
    one!.write('dossier.feeCollected', collected(1));
    two!.write('dossier.feeCollected', collected(51));
    exchange(one!, two!);
    expect(openConflicts(one!.dossier())).toEqual([]);
    expect(feeBalance('levy', { state: 'due', dong: 8_000 }, one!.dossier()!.fees)).toMatchObject({ standing: 'over', paidDong: 16_000 });
  });

  it('stands beside the way of a dossier: what was done before it can still be undone', () => {
    const desk = buildDossier().desks[0]!;
    const taken = desk.write('dossier.taken', { officer: OFFICERS.all });
    desk.write('dossier.feeCollected', collected(1));
    desk.write('dossier.undone', { operation: idOf(taken), reason: '' });
    expect(desk.dossier()).toMatchObject({ status: 'received', fees: [{ what: 'collected', voided: null }] });
    const money = idOf(desk.about().find(({ header }) => header.kind === 'dossier.feeCollected')!);
    expect(written(desk, 'dossier.undone', { operation: money, reason: '' })).toBe('illegal');
  });
});

describe('how phí and lệ phí stand', () => {
  const desk = buildDossier().desks[0]!;
  const balance = (amount: Parameters<typeof feeBalance>[1]) => feeBalance('levy', amount, desk.dossier()!.fees).standing;

  it('calls a blank amount unknown, never free, until money or an exemption says more', () => {
    const unknown = { state: 'unknown', note: 'chưa có biểu' } as const;
    expect(balance(unknown)).toBe('unknown');
    expect(balance({ state: 'due', dong: 0 })).toBe('none');
    expect(balance({ state: 'due', dong: 8_000 })).toBe('owed');
    expect(balance({ state: 'exempt', ground: 'Hộ nghèo' })).toBe('settled');
    const exempted = idOf(desk.write('dossier.feeExempted', { kinds: ['levy'], ground: 'Hộ nghèo' }));
    expect([balance(unknown), balance({ state: 'due', dong: 8_000 })]).toEqual(['settled', 'settled']);
    desk.write('dossier.feeCollected', collected(1));
    expect(balance({ state: 'due', dong: 8_000 })).toBe('over');
    desk.write('dossier.feeVoided', { entry: exempted, reason: 'Không phải hộ nghèo' });
    expect([balance(unknown), balance({ state: 'due', dong: 8_000 }), balance({ state: 'due', dong: 9_000 })]).toEqual(['settled', 'settled', 'owed']);
    const collection = desk.dossier()!.fees.find(({ what }) => what === 'collected')!.id;
    desk.write('dossier.feeRefunded', refund(collection, 8_000));
    // What went back with a reason is not asked for once more.
    expect(feeBalance('levy', { state: 'due', dong: 8_000 }, desk.dossier()!.fees)).toMatchObject({ standing: 'settled', paidDong: 0, openDong: 0 });
  });
});

const MONEY = ['dossier.feeCollected', 'dossier.feeReceiptIssued', 'dossier.feeExempted', 'dossier.feeRefunded', 'dossier.feeVoided'] as const satisfies readonly DossierKind[];
const steps = fc.array(fc.record({ desk: fc.nat(2), kind: fc.constantFrom(...MONEY), choice: fc.constantFrom<0 | 1>(0, 1), dong: fc.integer({ min: 1, max: 90_000 }), meets: fc.boolean() }), { minLength: 1, maxLength: 24 });

describe('the sums of a cash sheet', () => {
  it('are the operations in effect added up, whatever desks wrote in whatever order', () => {
    fc.assert(
      fc.property(steps, (todo) => {
        const { desks } = buildDossier(3);
        for (const { desk: at, kind, choice, dong, meets } of todo) {
          const desk = desks[at]!;
          const body = buildBody(kind, choice, moneyOf(desk.dossier()));
          desk.write(kind, kind === 'dossier.feeCollected' ? { ...(body as object), ...collected(choice === 0 ? dong : null, [{ ...LEVY, dong }]) } : body);
          if (meets) exchange(...desks);
        }
        exchange(...desks);
        const dossier = desks[0]!.dossier()!;
        const applied = dossier.history.filter(({ effect }) => effect === 'applied');
        const twins = new Map(dossier.fees.flatMap(({ id, twins: others }) => [id, ...others].map((other) => [other, id])));
        const voided = new Set(applied.filter(({ header }) => header.kind === 'dossier.feeVoided').map(({ body }) => twins.get((body as DossierBody<'dossier.feeVoided'>).entry)));
        let expected = 0;
        for (const { id, header, body } of applied) {
          if (voided.has(id)) continue;
          if (header.kind === 'dossier.feeCollected') expected += (body as DossierBody<'dossier.feeCollected'>).lines.reduce((sum, line) => sum + line.dong, 0);
          if (header.kind === 'dossier.feeRefunded') expected -= (body as DossierBody<'dossier.feeRefunded'>).sums.reduce((sum, one) => sum + one.dong, 0);
        }
        const sums = cashSums(cashLinesOf(dossier).map(partOf));
        expect(sums.netDong).toBe(expected);
        expect(sums.netDong).toBe(feeBalance('levy', { state: 'due', dong: 0 }, dossier.fees).paidDong + feeBalance('charge', { state: 'due', dong: 0 }, dossier.fees).paidDong);
        expect(sums.netDong).toBeGreaterThanOrEqual(0);
        for (const desk of desks) expect(desk.dossier()!.fees).toEqual(dossier.fees);
      }),
      { seed: 20261127, numRuns: 200 },
    );
  });
});

describe('sums in words', () => {
  it.each([[0, 'Không đồng'], [15, 'Mười lăm đồng'], [21, 'Hai mươi mốt đồng'], [105, 'Một trăm lẻ năm đồng'], [1_000_005, 'Một triệu không trăm lẻ năm đồng']])('says lẻ where the office does: %i', (dong, words) => {
    expect(dongInWords(dong, 'lẻ')).toBe(words);
  });

  it('says of a balance below nothing that it is', () => {
    expect(balanceInWords(-8_000, 'linh')).toBe('Âm tám nghìn đồng');
  });
});
