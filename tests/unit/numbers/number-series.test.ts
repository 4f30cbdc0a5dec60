import { describe, expect, it } from 'vitest';
import { codePatternFault, DEFAULT_CODE_PATTERN, dossierSeries, formatCode, formatRegisterBook, registerSeries } from '../../../src-shared/domain/numbers/number-series.ts';
import { grantTokens, tokensInOrder, type TokenAlphabet } from '../../../src-shared/domain/numbers/series-tokens.ts';

const number = { kind: 'dossier', token: 'A', period: '2026-01-02', counter: 7 } as const;

describe('dossier codes', () => {
  it('follow the default pattern, and past 999 the counter grows by a digit', () => {
    expect(formatCode(DEFAULT_CODE_PATTERN, 'H99.99', number)).toBe('H99.99-260102-A007');
    expect(formatCode(DEFAULT_CODE_PATTERN, 'H99.99', { ...number, counter: 1_000 })).toBe('H99.99-260102-A1000');
  });

  it('know every part', () => {
    expect(formatCode('{agency}/{yyyyMMdd}.{yyyy}.{yy}_{series}-{counter}', 'H1', number)).toBe('H1/20260102.2026.26_A-7');
    expect(() => formatCode('{month}', 'H1', number)).toThrow('unknown part');
  });

  it('count per day; the register counts per year', () => {
    expect(dossierSeries('1', '2026-12-31')).toEqual({ kind: 'dossier', token: '1', period: '2026-12-31' });
    expect(registerSeries('1', '2026-12-31')).toEqual({ kind: 'register', token: '1', period: '2026' });
    expect(formatRegisterBook({ kind: 'register', token: '1', period: '2026', counter: 3 })).toBe('1/2026');
  });

  it.each([DEFAULT_CODE_PATTERN, '{yyyyMMdd}{series}{counter:4}', '{agency}.{yyMMdd}/{series}-{counter}'])('can be made by %s', (pattern) => {
    expect(codePatternFault(pattern)).toBeNull();
  });

  it.each([
    ['{agency}-{series}{counter:3}', 'ngày'],
    ['{agency}-{yyMMdd}-{counter:3}', '{series}'],
    ['{agency}-{yyMMdd}-{series}', '{counter:3}'],
    ['{yyMMdd}-{counter:3}{series}', 'trước'],
    ['{yyMMdd}-{series}{counter:3}{month}', '{month}'],
    ['{yyMMdd}-{series}{counter:3}{x-y}', 'ngoặc'],
    ['{yyMMdd}-{series}{counter:12}', '{counter:3}'],
    ['{{yyMMdd}-{series}{counter:3}', 'ngoặc'],
    ['{yyMMdd}-{series}{counter:3}}', 'ngoặc'],
    ['{yyMMdd}-{series}{counter:3}-{series}{counter:2}', 'một lần'],
    ['Mã {yyMMdd}{series}{counter:3}', 'không dấu'],
    ['{yyMMdd} {series}{counter:3}', 'không dấu'],
    [`{yyMMdd}{series}{counter:3}${'X'.repeat(40)}`, '60'],
  ])('cannot be made by %s', (pattern, words) => {
    expect(codePatternFault(pattern)).toContain(words);
  });
});

describe('tokens', () => {
  function divide(desks: number, length: 1 | 2, alphabet: TokenAlphabet) {
    const held = new Set<string>();
    const grants = [];
    for (let desk = 0; desk < desks; desk += 1) {
      const grant = grantTokens(held, length, alphabet);
      if (!grant) break;
      for (const token of [grant.token, ...grant.reserves]) {
        expect(held.has(token)).toBe(false);
        expect(token).toMatch(length === 1 ? /^[0-9A-HJ-NP-Z]$/ : /^[0-9A-HJ-NP-Z]{2}$/);
        held.add(token);
      }
      grants.push(grant);
    }
    return grants;
  }

  it.each<[number, 1 | 2, TokenAlphabet]>([
    [6, 1, 'digitsAndLetters'],
    [6, 1, 'lettersOnly'],
    [20, 2, 'digitsAndLetters'],
    [20, 2, 'lettersOnly'],
  ])('serve %d desks with one token and three reserves of %d characters (%s), none twice', (desks, length, alphabet) => {
    const grants = divide(desks, length, alphabet);
    expect(grants).toHaveLength(desks);
    for (const grant of grants) expect(grant.reserves).toHaveLength(3);
    if (alphabet === 'lettersOnly') for (const grant of grants) expect([grant.token, ...grant.reserves].join('')).toMatch(length === 1 ? /^[A-Z]+$/ : /^([A-Z].)+$/);
    else for (const grant of grants) expect([grant.token, ...grant.reserves].map((token) => /^\d/.test(token))).toEqual([true, false, false, false]);
  });

  it('run out visibly, never twice', () => {
    expect(divide(99, 1, 'digitsAndLetters')).toHaveLength(8);
    expect(divide(99, 1, 'lettersOnly')).toHaveLength(6);
  });

  it('begin with 1 and never hold I or O', () => {
    expect(tokensInOrder(1, 'digitsAndLetters').working.slice(0, 2)).toEqual(['1', '2']);
    for (const alphabet of ['digitsAndLetters', 'lettersOnly'] as const) {
      const { working, reserve } = tokensInOrder(2, alphabet);
      expect([...working, ...reserve].join('')).not.toMatch(/[IO]/);
      expect(new Set([...working, ...reserve]).size).toBe(working.length + reserve.length);
    }
  });
});
