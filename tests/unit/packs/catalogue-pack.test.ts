import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PACK_CHARS_MAX, cataloguePackSchema, packHash, parseCataloguePack } from '../../../src-shared/domain/packs/catalogue-pack.ts';
import type { PackRefusal } from '../../../src-shared/domain/packs/catalogue-pack.ts';
import { buildCataloguePack, buildProcedure } from '../../helpers/build-procedure.ts';

const shipped = readFileSync(new URL('../../../src-shared/packs/catalogue-2026.json', import.meta.url), 'utf8');

function textOf(changes: Parameters<typeof buildCataloguePack>[0] = {}): string {
  return JSON.stringify(buildCataloguePack(changes), null, 2);
}

function refusalOf(text: string): PackRefusal {
  const parsed = parseCataloguePack(text);
  if (parsed.ok) throw new Error('the pack was accepted');
  return parsed.error;
}

/** The line on which a piece of text stands, counted without the program's own code. */
function lineOf(text: string, piece: string): number {
  const at = text.indexOf(piece);
  if (at < 0) throw new Error(`no "${piece}" in the text`);
  return text.slice(0, at).split('\n').length;
}

function replaceOnce(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`no "${from}" in the text`);
  return text.replace(from, to);
}

describe('a catalogue pack', () => {
  it('is read when it fits the schema', () => {
    const parsed = parseCataloguePack(textOf());
    expect(parsed).toEqual({ ok: true, value: buildCataloguePack() });
  });

  it('is read with a byte order mark in front and with Windows line ends', () => {
    const text = `\uFEFF${textOf().replaceAll('\n', '\r\n')}`;
    expect(parseCataloguePack(text).ok).toBe(true);
    expect(packHash(text)).toBe(packHash(textOf()));
  });

  it.each([
    ['an unknown unit', '"unit": "working_day"', '"unit": "day"', 'không nằm trong các loại'],
    ['a count of zero', '"count": 1,\n          "requirement"', '"count": 0,\n          "requirement"', 'ít nhất 1'],
    ['half a paper', '"count": 1,\n          "requirement"', '"count": 1.5,\n          "requirement"', 'số nguyên'],
    ['a count in letters', '"count": 1,\n          "requirement"', '"count": "1",\n          "requirement"', 'phải là số'],
    ['an amount of zero', '"dong": 8000', '"dong": 0', 'ít nhất 1'],
    ['a misspelt member', '"shortName"', '"shortname"', 'không có trong mẫu'],
    ['a day that does not exist', '"2026-01-01"', '"2026-02-30"', 'ngày có thật'],
    ['an unknown kind of paper', '"kind": "original"', '"kind": "copy"', 'một trong'],
    ['a procedure code of a wrong shape', '"code": "1.000001"', '"code": "1.0001"', 'không đúng dạng'],
    ['an empty name', '"name": "Tờ khai"', '"name": " "', 'ít nhất 1 chữ'],
    ['a confirmed entry with doubts left out', '"confirmed": true,\n      "doubts"', '"confirmed": false,\n      "doubts"', 'chỉ ghi là đã xác nhận'],
  ])('is refused for %s, with the line and a Vietnamese reason', (_what, from, to, reason) => {
    const text = replaceOnce(textOf(), from, to);
    const refusal = refusalOf(text);
    expect(refusal.code).toBe('pack.invalid');
    expect(refusal.reason).toContain(reason);
    expect(refusal.line).toBe(lineOf(text, to));
  });

  it('names the procedure whose member is missing, on the line where it begins', () => {
    const text = replaceOnce(textOf({ procedures: [buildProcedure(), buildProcedure({ code: '1.000002' })] }), '"mode": "appointment",', '');
    const refusal = refusalOf(text);
    expect(refusal).toMatchObject({ path: 'procedures.0.mode', reason: 'thủ tục 1.000001, thiếu mục "mode"' });
    expect(refusal.line).toBe(lineOf(text, '{\n      "code": "1.000001"'));
  });

  it('is refused whole for one code given twice, on the line of the second', () => {
    const text = textOf({ procedures: [buildProcedure(), buildProcedure({ code: '1.000002' }), buildProcedure()] });
    const refusal = refusalOf(text);
    expect(refusal.code).toBe('pack.duplicateCode');
    expect(refusal.path).toBe('procedures.2.code');
    expect(refusal.line).toBe(text.slice(0, text.lastIndexOf('"1.000001"')).split('\n').length);
  });

  it.each([
    ['cut short', (text: string) => text.slice(0, -20), 'dừng giữa chừng'],
    ['with a comma too many', (text: string) => replaceOnce(text, '"validTo": null,', '"validTo": null,,'), 'dấu phẩy'],
    ['with a member twice', (text: string) => replaceOnce(text, '"validTo": null,', '"validTo": null, "version": 2,'), 'hai lần'],
    ['empty', () => '', 'dừng giữa chừng'],
  ])('is refused when %s', (_what, damage, reason) => {
    const refusal = refusalOf(damage(textOf()));
    expect(refusal).toMatchObject({ code: 'pack.malformed' });
    expect(refusal.reason).toContain(reason);
  });

  it.each(['null', '[]', '"x"', '3', '{}', '{"format": 3}'])('is refused when it is only %s', (text) => {
    expect(refusalOf(text)).toMatchObject({ code: 'pack.invalid', line: 1 });
  });

  it('of a later format asks for a newer program', () => {
    const refusal = refusalOf(replaceOnce(textOf(), 'motcua-catalogue/1', 'motcua-catalogue/2'));
    expect(refusal).toMatchObject({ code: 'pack.unsupportedFormat', line: 2, path: 'format' });
  });

  it('larger than the limit is refused before it is read', () => {
    expect(refusalOf('['.repeat(PACK_CHARS_MAX + 1))).toMatchObject({ code: 'pack.tooLarge', line: 1 });
  });

  it('that ends before it begins is refused', () => {
    expect(refusalOf(textOf({ validTo: '2025-12-31' }))).toMatchObject({ path: 'validTo' });
  });

  it('with an alternative that has no other paper in its group is refused', () => {
    const [paper] = buildProcedure().papers;
    if (paper === undefined) throw new Error('the entry has a paper');
    const lonely = buildProcedure({ papers: [{ ...paper, requirement: 'alternative', group: 'nhom' }] });
    expect(refusalOf(textOf({ procedures: [lonely] }))).toMatchObject({ path: 'procedures.0.papers.0.group' });
  });

  it('with an exemption that counts from a date the form does not ask for is refused', () => {
    const [fee] = buildProcedure().fees;
    if (fee === undefined) throw new Error('the entry has a fee');
    const exemption = { id: 'dung-han', ground: 'đúng hạn', evidence: null, when: { rule: 'within_days', field: 'other', daysMax: 60 }, confirmed: true } as const;
    const text = textOf({ procedures: [buildProcedure({ fees: [{ ...fee, exemptions: [exemption] }] })] });
    expect(refusalOf(text)).toMatchObject({ path: 'procedures.0.fees.0.exemptions.0.when.field', line: lineOf(text, '"field": "other"') });
  });
});

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Every place in a JSON value, as paths. */
function placesOf(value: Json, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  const children = Array.isArray(value) ? value.map((child, index) => [index, child] as const) : Object.entries(value);
  return [path, ...children.flatMap(([key, child]) => placesOf(child, [...path, key]))];
}

function replaced(value: Json, path: readonly (string | number)[], by: Json): Json {
  const [step, ...rest] = path;
  if (step === undefined) return by;
  const copy = structuredClone(value) as Record<string | number, Json>;
  copy[step] = replaced(copy[step] ?? null, rest, by);
  return copy as Json;
}

describe('any damage to a valid pack', () => {
  const valid = JSON.parse(textOf()) as Json;
  const places = placesOf(valid);

  it('that breaks the schema refuses it whole, with a line inside the text and a reason', () => {
    let refused = 0;
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.jsonValue({ maxDepth: 2 }), (path, by) => {
        const damaged = replaced(valid, path, by as Json);
        const text = JSON.stringify(damaged, null, 2);
        const parsed = parseCataloguePack(text);
        expect(parsed.ok).toBe(cataloguePackSchema.safeParse(JSON.parse(text)).success);
        if (parsed.ok) return;
        refused += 1;
        expect(Object.keys(parsed)).toEqual(['ok', 'error']);
        expect(parsed.error.line).toBeGreaterThanOrEqual(1);
        expect(parsed.error.line).toBeLessThanOrEqual(text.split('\n').length);
        expect(parsed.error.reason.length).toBeGreaterThan(5);
      }),
      { numRuns: 1_000 },
    );
    expect(refused).toBeGreaterThan(500);
  });

  it('by cutting and inserting letters never throws', () => {
    const text = textOf();
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(30), fc.string({ maxLength: 5 }), (at, cut, insert) => {
        const parsed = parseCataloguePack(text.slice(0, at) + insert + text.slice(at + cut));
        if (!parsed.ok) expect(parsed.error.line).toBeGreaterThanOrEqual(1);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('the hash of a pack', () => {
  it('does not depend on white space or on the order of members', () => {
    const reversed = JSON.stringify(Object.fromEntries(Object.entries(buildCataloguePack()).reverse()));
    expect(packHash(reversed)).toBe(packHash(textOf()));
    expect(packHash(textOf())).toMatch(/^[0-9a-f]{64}$/);
  });

  it('changes with any content', () => {
    expect(packHash(textOf({ version: 2 }))).not.toBe(packHash(textOf()));
  });

  it('of the shipped catalogue is known: a change of the data is a new version', () => {
    expect({ version: (JSON.parse(shipped) as { version: number }).version, hash: packHash(shipped) }).toMatchInlineSnapshot(`
      {
        "hash": "5ecc56a826bf409a49311991c79130292bbc7713ac2c74cab5149da741d8cca8",
        "version": 1,
      }
    `);
  });
});
