import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  amountInShort,
  amountSchema,
  certificationFee,
  certifiedCopyDong,
  certifiedDocumentFee,
  explainPageRule,
  exemptAmount,
  feeOnChannel,
  proposedExemption,
  sumFees,
} from '../../../src-shared/domain/fees/fee.ts';
import { feeLineSchema } from '../../../src-shared/domain/fees/fee-rule.ts';
import type { CertifiedPagesRule, FeeLine } from '../../../src-shared/domain/fees/fee-rule.ts';
import { feeOfKind } from '../../../src-shared/domain/fees/procedure-fee.ts';
import type { FeeInputs } from '../../../src-shared/domain/fees/procedure-fee.ts';

const pageRule: CertifiedPagesRule = { rule: 'certified_pages', firstPages: 2, firstPageDong: 2_000, laterPageDong: 1_000, copyDongMax: 200_000 };

function line(changes: Partial<FeeLine> = {}): FeeLine {
  return { id: 'phi', kind: 'charge', name: 'Phí', amounts: { direct: { rule: 'fixed', dong: 10_000, per: 'case' } }, exemptions: [], confirmed: true, ...changes };
}

const birthLevy = line({
  id: 'le-phi',
  kind: 'levy',
  amounts: { direct: { rule: 'unknown', note: 'Chưa có mức của tỉnh.' } },
  exemptions: [
    { id: 'dung-han', ground: 'khai sinh đúng hạn', evidence: null, when: { rule: 'within_days', field: 'childBirthDate', daysMax: 60 }, confirmed: false },
    { id: 'ho-ngheo', ground: 'hộ nghèo', evidence: 'Giấy chứng nhận hộ nghèo', when: null, confirmed: false },
  ],
  confirmed: false,
});

function inputs(changes: Partial<FeeInputs> = {}): FeeInputs {
  return { channel: 'direct', counts: {}, fields: {}, receivedOn: '2026-11-20', exemptionByLine: {}, ...changes };
}

describe('the page rule of certified copies', () => {
  it.each([
    [1, 1, 2_000],
    [1, 3, 6_000],
    [2, 1, 4_000],
    [3, 1, 5_000],
    [10, 1, 12_000],
    [10, 3, 36_000],
    [197, 1, 199_000],
    [198, 1, 200_000],
    [199, 1, 200_000],
    [500, 1, 200_000],
    [500, 2, 400_000],
  ])('takes for %i pages and %i copies %i dong', (pages, copies, dong) => {
    expect(certifiedDocumentFee(pageRule, { pages, copies }).amount).toEqual({ state: 'due', dong });
  });

  it('never falls with more pages and never passes the cap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), (pages) => {
        const dong = certifiedCopyDong(pageRule, pages);
        expect(dong).toBeLessThanOrEqual(pageRule.copyDongMax);
        expect(certifiedCopyDong(pageRule, pages + 1)).toBeGreaterThanOrEqual(dong);
      }),
    );
  });

  it('takes the same for two copies as for one copy twice', () => {
    const count = fc.integer({ min: 1, max: 300 });
    fc.assert(
      fc.property(count, count, (pages, copies) => {
        const together = certificationFee(pageRule, [{ pages, copies }]).amount;
        const apart = certificationFee(pageRule, Array.from({ length: copies }, () => ({ pages, copies: 1 }))).amount;
        expect(together).toEqual(apart);
      }),
    );
  });

  it.each([
    [{ pages: 1, copies: 3 }, '1 trang × 2.000 đ × 3 bản = 6.000 đ'],
    [{ pages: 2, copies: 1 }, '2 trang × 2.000 đ × 1 bản = 4.000 đ'],
    [{ pages: 10, copies: 3 }, '(2 trang × 2.000 đ + 8 trang × 1.000 đ) × 3 bản = 36.000 đ'],
    [{ pages: 300, copies: 2 }, '200.000 đ (mức cao nhất mỗi bản) × 2 bản = 400.000 đ'],
  ])('explains %o', (document, sentence) => {
    expect(certifiedDocumentFee(pageRule, document).explanation).toBe(sentence);
  });

  it('adds the rows of the table and says the sum', () => {
    const fee = certificationFee(pageRule, [{ pages: 1, copies: 3 }, { pages: 10, copies: 1 }]);
    expect(fee.amount).toEqual({ state: 'due', dong: 18_000 });
    expect(fee.explanation).toMatch(/; cộng 18\.000 đ$/);
  });

  it.each([
    [[]],
    [[{ pages: null, copies: 1 }]],
    [[{ pages: 1, copies: null }]],
    [[{ pages: 0, copies: 1 }]],
    [[{ pages: 1.5, copies: 1 }]],
    [[{ pages: 1, copies: 3 }, { pages: null, copies: 1 }]],
  ])('leaves the sum unknown while the table is not filled in: %o', (documents) => {
    expect(certificationFee(pageRule, documents).amount.state).toBe('unknown');
  });

  it('states the scale in one sentence', () => {
    expect(explainPageRule(pageRule)).toBe('Tính theo trang bản chính: 2.000 đ mỗi trang cho 2 trang đầu, từ trang thứ 3 là 1.000 đ; mỗi bản không quá 200.000 đ.');
  });
});

describe('an amount on a channel', () => {
  it('is unknown, not free, on a channel the line does not mention', () => {
    expect(feeOnChannel(line(), 'online', {}).amount.state).toBe('unknown');
  });

  it('says that an unknown amount is not free', () => {
    expect(feeOnChannel(birthLevy, 'direct', {}).explanation).toContain('không phải là miễn phí');
  });

  it('is exempt with its ground where the rule says free', () => {
    const free = line({ amounts: { direct: { rule: 'free', ground: 'đăng ký kết hôn không thu lệ phí' } } });
    expect(feeOnChannel(free, 'direct', {}).amount).toEqual({ state: 'exempt', ground: 'đăng ký kết hôn không thu lệ phí' });
  });

  it('counts the typed quantity', () => {
    const copies = line({ amounts: { direct: { rule: 'fixed', dong: 8_000, per: 'copy' } } });
    const fee = feeOnChannel(copies, 'direct', { quantity: 3 });
    expect(fee).toEqual({ amount: { state: 'due', dong: 24_000 }, explanation: '8.000 đ × 3 bản = 24.000 đ' });
  });

  it('is unknown while the quantity is asked for and blank', () => {
    expect(feeOnChannel(line(), 'direct', { quantity: null }).amount.state).toBe('unknown');
  });

  it('counts once where no quantity is asked', () => {
    expect(feeOnChannel(line(), 'direct', {}).amount).toEqual({ state: 'due', dong: 10_000 });
  });

  it('counts the papers of the certification table for a fixed amount', () => {
    const documents = [{ pages: 4, copies: 2 }, { pages: 1, copies: 1 }];
    expect(feeOnChannel(line(), 'direct', { documents }).amount).toEqual({ state: 'due', dong: 30_000 });
  });

  it('takes a dossier once whatever quantity stands in the form', () => {
    const perDossier = line({ amounts: { direct: { rule: 'fixed', dong: 20_000, per: 'dossier' } } });
    expect(feeOnChannel(perDossier, 'direct', { quantity: 9 }).amount).toEqual({ state: 'due', dong: 20_000 });
  });
});

describe('exemptions', () => {
  it.each([
    ['2026-11-20', 0],
    ['2026-11-03', 17],
    ['2026-09-21', 60],
  ])('proposes the timely birth for a child born on %s', (childBirthDate, days) => {
    const proposed = proposedExemption(birthLevy, { childBirthDate }, '2026-11-20');
    expect(proposed?.exemption.id).toBe('dung-han');
    expect(proposed?.explanation).toBe(`Miễn: khai sinh đúng hạn, được ${days} ngày (trong 60 ngày).`);
  });

  it.each([['2026-09-20'], ['2026-11-21'], ['2026-02-30'], [''], [undefined], [20261103]])('proposes nothing for the birth date %s', (childBirthDate) => {
    expect(proposedExemption(birthLevy, { childBirthDate }, '2026-11-20')).toBeUndefined();
  });

  it('keeps the evidence that was shown and asks for none', () => {
    const [, poor] = birthLevy.exemptions;
    if (poor === undefined) throw new Error('the line has two exemptions');
    expect(exemptAmount(poor, ' Giấy số 12 ')).toEqual({ state: 'exempt', ground: 'hộ nghèo', evidence: 'Giấy số 12' });
    expect(exemptAmount(poor, ' ')).toEqual({ state: 'exempt', ground: 'hộ nghèo' });
  });
});

describe('the fee of a procedure by kind', () => {
  it('says in words that there is none, when no line has the kind', () => {
    expect(feeOfKind([birthLevy], 'charge', inputs())).toEqual({ amount: { state: 'due', dong: 0 }, explanation: 'Thủ tục này không có phí.' });
  });

  it('takes the exemption the facts propose', () => {
    const fee = feeOfKind([birthLevy], 'levy', inputs({ fields: { childBirthDate: '2026-11-03' } }));
    expect(fee.amount).toEqual({ state: 'exempt', ground: 'khai sinh đúng hạn' });
  });

  it('lets the officer decline the proposed exemption', () => {
    const fee = feeOfKind([birthLevy], 'levy', inputs({ fields: { childBirthDate: '2026-11-03' }, exemptionByLine: { 'le-phi': null } }));
    expect(fee.amount.state).toBe('unknown');
  });

  it('takes the exemption the officer chose, with its evidence', () => {
    const fee = feeOfKind([birthLevy], 'levy', inputs({ exemptionByLine: { 'le-phi': { exemptionId: 'ho-ngheo', evidence: 'Giấy số 12' } } }));
    expect(fee).toEqual({ amount: { state: 'exempt', ground: 'hộ nghèo', evidence: 'Giấy số 12' }, explanation: 'Miễn: hộ nghèo (Giấy số 12).' });
  });

  it('never turns an unknown exemption into a free one', () => {
    const fee = feeOfKind([line()], 'charge', inputs({ exemptionByLine: { phi: { exemptionId: 'nothing' } } }));
    expect(fee.amount).toEqual({ state: 'due', dong: 10_000 });
  });

  it.each([
    ['3', { state: 'due', dong: 24_000 }],
    [3, { state: 'due', dong: 24_000 }],
    ['', { state: 'unknown', note: 'Chưa nhập số bản.' }],
    ['hai', { state: 'unknown', note: 'Chưa nhập số bản.' }],
    ['0', { state: 'unknown', note: 'Chưa nhập số bản.' }],
  ])('counts the copies typed in the form: %o', (copies, amount) => {
    const perCopy = line({ amounts: { direct: { rule: 'fixed', dong: 8_000, per: 'copy' } } });
    expect(feeOfKind([perCopy], 'charge', inputs({ fields: { copies } })).amount).toEqual(amount);
  });

  it('is unknown as soon as one of several lines is', () => {
    const unknown = line({ id: 'phi-2', amounts: { direct: { rule: 'unknown', note: 'Chưa rõ.' } } });
    expect(feeOfKind([line(), unknown], 'charge', inputs()).amount.state).toBe('unknown');
    expect(feeOfKind([line(), line({ id: 'phi-3' })], 'charge', inputs()).amount).toEqual({ state: 'due', dong: 20_000 });
  });
});

describe('sums and shapes', () => {
  it('keeps phí and lệ phí apart and names what is unknown', () => {
    const sum = sumFees([
      { kind: 'charge', amount: { state: 'due', dong: 6_000 } },
      { kind: 'levy', amount: { state: 'due', dong: 8_000 } },
      { kind: 'levy', amount: { state: 'unknown', note: 'Chưa rõ.' } },
      { kind: 'charge', amount: { state: 'exempt', ground: 'hộ nghèo' } },
    ]);
    expect(sum).toEqual({ chargeDong: 6_000, levyDong: 8_000, totalDong: 14_000, unknownKinds: ['levy'] });
  });

  it('shows an unknown amount as unknown, never as zero', () => {
    expect(amountInShort({ state: 'unknown', note: 'x' })).toBe('Chưa rõ');
    expect(amountInShort({ state: 'exempt', ground: 'x' })).toBe('Miễn');
    expect(amountInShort({ state: 'due', dong: 6_000 })).toBe('6.000 đ');
  });

  it.each([{ state: 'due', dong: -1 }, { state: 'due', dong: 0.5 }, { state: 'exempt', ground: ' ' }, { state: 'free' }])('refuses the amount %o', (amount) => {
    expect(amountSchema.safeParse(amount).success).toBe(false);
  });

  it('refuses a confirmed line whose amount nobody knows, a zero amount and an empty one', () => {
    expect(feeLineSchema.safeParse({ ...birthLevy, confirmed: true }).success).toBe(false);
    expect(feeLineSchema.safeParse(line({ amounts: { direct: { rule: 'fixed', dong: 0, per: 'case' } } })).success).toBe(false);
    expect(feeLineSchema.safeParse(line({ amounts: {} })).success).toBe(false);
    expect(feeLineSchema.safeParse(birthLevy).success).toBe(true);
  });
});
