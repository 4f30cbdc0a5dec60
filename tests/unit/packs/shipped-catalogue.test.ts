import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { certificationFee, feeOnChannel } from '../../../src-shared/domain/fees/fee.ts';
import { amountRuleOnChannel } from '../../../src-shared/domain/fees/fee-rule.ts';
import { feeOfKind } from '../../../src-shared/domain/fees/procedure-fee.ts';
import { parseCataloguePack } from '../../../src-shared/domain/packs/catalogue-pack.ts';
import { doubtsAbout } from '../../../src-shared/domain/procedures/procedure.ts';
import type { Procedure } from '../../../src-shared/domain/procedures/procedure.ts';
import { CHANNELS } from '../../../src-shared/domain/procedures/term.ts';
import type { Channel } from '../../../src-shared/domain/procedures/term.ts';

const parsed = parseCataloguePack(readFileSync(new URL('../../../src-shared/packs/catalogue-2026.json', import.meta.url), 'utf8'));
if (!parsed.ok) throw new Error(`${parsed.error.line}: ${parsed.error.reason}`);
const { procedures } = parsed.value;

function procedure(code: string): Procedure {
  const found = procedures.find((candidate) => candidate.code === code);
  if (found === undefined) throw new Error(`no ${code} in the catalogue`);
  return found;
}

/** What stands on the channels that are named. */
function present<T>(byChannel: Partial<Record<Channel, T | undefined>>): readonly T[] {
  return CHANNELS.map((channel) => byChannel[channel]).filter((value) => value !== undefined);
}

function termsOf(code: string): readonly (readonly [string, string])[] {
  const { terms } = procedure(code);
  return CHANNELS.flatMap((channel) => {
    const entry = terms[channel];
    if (entry === undefined) return [];
    const { term } = entry;
    const value = 'value' in term ? `${term.value} ${term.unit}` : term.unit;
    return [[channel, entry.confirmed ? value : `${value}?`]] as const;
  });
}

describe('the shipped catalogue', () => {
  it('holds the 115 coded entries, no code twice', () => {
    expect(procedures).toHaveLength(115);
    expect(new Set(procedures.map(({ code }) => code)).size).toBe(115);
  });

  it('calls no short name twice, so that tiles and lists are unambiguous', () => {
    expect(new Set(procedures.map(({ shortName }) => shortName)).size).toBe(115);
  });

  it('keeps the word "Thủ tục" out of short names and remarks of the source out of all names', () => {
    for (const { name, shortName, papers } of procedures) {
      expect(shortName).not.toMatch(/^Thủ tục/i);
      for (const text of [name, shortName, ...papers.map((paper) => paper.name)]) {
        expect(text).not.toMatch(/\(mem|inferred|verified|\(nếu |nếu nộp thay|Xuất trình/);
      }
    }
  });

  it('flags every entry with a doubt, and says which part', () => {
    for (const entry of procedures) {
      expect(entry.confirmed).toBe(entry.doubts.length === 0);
      expect(doubtsAbout(entry, 'papers').length, entry.code).toBe(1);
    }
  });

  // Codes whose page gives only a number without a unit, and no rule in its text (the list is from the source data).
  it.each([
    '1.000894', '1.004873', '1.001022', '1.000689', '3.000323', '3.000322', '1.004859', '1.004884', '1.004772', '1.005461', '1.004746',
    '2.000806', '2.000554', '2.002189', '2.002165', '2.000720', '1.001570', '1.001266', '2.000575', '1.011606',
  ])('never reads the unit-less number of %s as days', (code) => {
    for (const [, term] of termsOf(code)) expect(term).toBe('unknown?');
    expect(doubtsAbout(procedure(code), 'term')).toHaveLength(1);
  });

  it.each(['1.012222', '2.002481', '2.002770', '1.014230', '3.000722', '2.002913'])('leaves the term of %s unknown where the source has none', (code) => {
    for (const [, term] of termsOf(code)) expect(term).toBe('unknown?');
  });

  it.each(['1.001193', '1.000656', '2.000528', '1.001766', '2.000635', '2.002363'])('gives %s the rule of 15:00 that its page states', (code) => {
    for (const [, term] of termsOf(code)) expect(term).toBe('same_day');
    for (const entry of present(procedure(code).terms)) expect(entry.term).toMatchObject({ cutOffMinute: 15 * 60 });
  });

  it.each([
    ['1.013978', [['direct', '27 working_day'], ['online', '17 working_day'], ['post', '20 working_day']]],
    ['1.013225', [['direct', '15 calendar_day'], ['online', '20 calendar_day'], ['post', '20 calendar_day']]],
    ['1.012812', [['direct', '40 calendar_day'], ['post', '30 calendar_day']]],
    ['1.012796', [['direct', '8 working_day'], ['online', '8 working_day'], ['post', '8 working_day']]],
    ['1.004837', [['direct', '3 working_day'], ['online', '3 working_day'], ['post', '3 working_day']]],
    ['2.000815', [['direct', 'while_waiting?']]],
    ['2.000884', [['direct', 'while_waiting?']]],
    ['2.001035', [['direct', '2 working_day?'], ['online', '2 working_day?'], ['post', '2 working_day?']]],
    ['2.001159', [['direct', '1 hour'], ['online', '1 hour']]],
    ['2.000986', [['direct', 'unknown?']]],
  ])('gives %s its terms by channel', (code, terms) => {
    expect(termsOf(code)).toEqual(terms);
  });

  it('confirms no term of an entry written from memory', () => {
    for (const entry of procedures.filter(({ source }) => source.address === null)) {
      for (const { confirmed } of present(entry.terms)) expect(confirmed, entry.code).toBe(false);
    }
  });

  it('marks the 11 entries of Công an xã', () => {
    const police = procedures.filter(({ authority }) => authority === 'police');
    expect(police.map(({ code }) => code)).toEqual([
      '1.004222', '1.004194', '1.002755', '1.003197', '1.010028', '1.010038', '1.010039', '1.010041', '1.003677', '2.001159', '3.000228',
    ]);
  });

  it.each(['1.001612', '1.004194', '1.002755', '1.010038', '2.000908'])('ships no amount as certain for %s, where the sources differ', (code) => {
    for (const fee of procedure(code).fees) {
      expect(fee.confirmed).toBe(false);
      for (const rule of present(fee.amounts)) expect(rule.rule).toBe('unknown');
    }
    expect(doubtsAbout(procedure(code), 'fees')).toHaveLength(1);
  });

  it('calls nothing free except marriage, whose ground the fee rules name', () => {
    const free = procedures.filter(({ fees }) => fees.some((fee) => present(fee.amounts).some((rule) => rule.rule === 'free')));
    expect(free.map(({ code }) => code)).toEqual(['1.000894', '1.000593']);
    for (const entry of free) expect(doubtsAbout(entry, 'fees')).toHaveLength(1);
  });

  it.each([
    ['2.000884', 10_000], ['2.000992', 10_000], ['2.001008', 10_000], ['2.001035', 50_000], ['2.000913', 30_000], ['2.000927', 25_000],
    ['2.001019', 50_000], ['2.001016', 50_000], ['2.001406', 50_000], ['2.000635', 8_000], ['2.002516', 8_000], ['2.001263', 400_000],
  ])('takes for %s %i dong', (code, dong) => {
    const [fee] = procedure(code).fees;
    if (fee === undefined) throw new Error('one fee line');
    expect(fee.confirmed).toBe(true);
    expect(feeOnChannel(fee, 'direct', { quantity: 1 }).amount).toEqual({ state: 'due', dong });
  });

  it.each(['2.000815', '2.000942'])('certifies copies by the page for %s: 10 pages, 3 copies, 36.000 đ', (code) => {
    const entry = procedure(code);
    const [fee] = entry.fees;
    const rule = fee === undefined ? undefined : amountRuleOnChannel(fee, 'direct');
    if (rule?.rule !== 'certified_pages') throw new Error('a page rule');
    expect(entry.certification).toBe(true);
    expect(certificationFee(rule, [{ pages: 10, copies: 3 }]).amount).toEqual({ state: 'due', dong: 36_000 });
  });

  it('asks a birth registration for name, birth date and sex, and proposes the timely exemption as unconfirmed', () => {
    const birth = procedure('1.001193');
    expect(birth.fields.map(({ key, type, required }) => [key, type, required])).toEqual([
      ['childName', 'text', true],
      ['childBirthDate', 'date', true],
      ['childSex', 'sex', true],
    ]);
    expect(birth.papers.filter(({ requirement }) => requirement === 'compulsory')).toHaveLength(3);
    const inputs = { channel: 'direct', counts: {}, receivedOn: '2026-11-20', exemptionByLine: {} } as const;
    expect(feeOfKind(birth.fees, 'levy', { ...inputs, fields: { childBirthDate: '2026-11-03' } }).amount.state).toBe('exempt');
    expect(feeOfKind(birth.fees, 'levy', { ...inputs, fields: { childBirthDate: '2026-08-03' } }).amount.state).toBe('unknown');
    expect(birth.fees[0]?.exemptions.find(({ when }) => when !== null)?.confirmed).toBe(false);
  });

  it('shows what is only presented as seen, and what may be missing as conditional', () => {
    const certified = procedure('2.000815').papers;
    expect(certified.map(({ kind }) => kind)).toEqual(['seen', 'photo']);
    const proxy = procedure('1.001193').papers.find(({ name }) => name === 'Văn bản ủy quyền');
    expect(proxy).toMatchObject({ requirement: 'conditional' });
  });

  it('can be written on any paper: no name longer than the source has, short names fit a tile', () => {
    for (const { shortName } of procedures) expect(shortName.length).toBeLessThanOrEqual(62);
    expect(procedure('1.013962').name.length).toBeGreaterThan(900);
  });
});
