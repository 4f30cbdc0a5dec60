import { describe, expect, it } from 'vitest';
import { nationalCode, procedureCodeSchema, procedureSchema } from '../../../src-shared/domain/procedures/procedure.ts';
import type { Procedure, RequiredPaper } from '../../../src-shared/domain/procedures/procedure.ts';
import { buildProcedure } from '../../helpers/build-procedure.ts';

const paper: RequiredPaper = { id: 'to-khai', name: 'Tờ khai', kind: 'original', kindUnsure: false, count: 1, requirement: 'compulsory' };
const unknownTerm = { term: { unit: 'unknown', note: 'x' }, confirmed: false } as const;

describe('a procedure code', () => {
  it.each([
    ['1.001193', '1.001193'],
    ['1.001193.01', '1.001193'],
    ['2.000815.000.00.00.H55', '2.000815'],
    ['2.000815.000.00.00.H55.242', '2.000815'],
    ['DP.12', 'DP.12'],
  ])('%s is good and belongs to %s', (code, national) => {
    expect(procedureCodeSchema.safeParse(code).success).toBe(true);
    expect(nationalCode(code)).toBe(national);
  });

  it.each(['', '1001193', '1.1193', '1.001193 ', 'H55', '2.000815.000.00.00', 'DP.', 'dp.1', '1.001193\n'])('%j is refused', (code) => {
    expect(procedureCodeSchema.safeParse(code).success).toBe(false);
  });
});

describe('a catalogue entry', () => {
  it('may be confirmed only without doubts', () => {
    expect(procedureSchema.safeParse(buildProcedure()).success).toBe(true);
    expect(procedureSchema.safeParse(buildProcedure({ doubts: [{ part: 'term', note: 'x' }] })).success).toBe(false);
  });

  it.each<[string, Partial<Procedure>]>([
    ['an unconfirmed term without a doubt about it', { terms: { direct: unknownTerm }, confirmed: false, doubts: [{ part: 'papers', note: 'x' }] }],
    ['two papers with one id', { papers: [paper, paper] }],
    ['a condition on a compulsory paper', { papers: [{ ...paper, condition: 'Nếu có' }] }],
    ['a conditional paper without its condition', { papers: [{ ...paper, requirement: 'conditional' }] }],
    ['no paper', { papers: [] }],
    ['a choice without choices', { fields: [{ key: 'kind', label: 'Loại', type: 'choice', required: true }] }],
    ['a text field with choices', { fields: [{ key: 'kind', label: 'Loại', type: 'text', required: true, choices: ['a', 'b'] }] }],
  ])('with %s is refused', (_what, changes) => {
    expect(procedureSchema.safeParse(buildProcedure(changes)).success).toBe(false);
  });

  it('with two papers that replace each other is read', () => {
    const papers = [
      { ...paper, id: 'a', requirement: 'alternative', group: 'nhom' },
      { ...paper, id: 'b', requirement: 'alternative', group: 'nhom' },
    ] as const;
    expect(procedureSchema.safeParse(buildProcedure({ papers: [...papers] })).success).toBe(true);
  });
});
