import fc from 'fast-check';
import { create } from 'qrcode';
import { describe, expect, test } from 'vitest';
import {
  decodeReceiptQr, encodeReceiptQr, RECEIPT_QR_BYTES_MAX, type DecodedReceiptQr, type ReceiptQrFields,
} from '../../../src-shared/forms/receipt/receipt-qr.ts';
import { cleanText } from '../../../src-shared/forms/paper/html.ts';
import { MINUTE_MS, officeInstant } from '../../../src-shared/lib/office-time.ts';
import { buildReceiptQrFields } from '../../fixtures/receipt-data.ts';

const bytes = (text: string) => new TextEncoder().encode(text).length;

function decoded(text: string): DecodedReceiptQr {
  const result = decodeReceiptQr(text);
  if (!result.ok) throw new Error(`${result.error}: ${text}`);
  return result.value;
}

const VIETNAMESE = [...'aăâbcdđeêghiklmnoôơpqrstuưvxyẪỡỰẮặỸỘẬ ABCXYZ0123456789.,-/|\\~\'"<&'];
const clean = (maxLength: number) => fc.string({ unit: fc.constantFrom(...VIETNAMESE), maxLength }).map(cleanText);
const word = (maxLength: number) => fc.string({ unit: fc.constantFrom(...'0123456789abcdefABCDEF'), maxLength });
const minute = fc.integer({ min: officeInstant('2020-01-01') / MINUTE_MS, max: officeInstant('2090-12-31') / MINUTE_MS }).map((n) => n * MINUTE_MS);
const smallCount = fc.integer({ min: 0, max: 99 });
const orNull = (text: fc.Arbitrary<string>) => fc.option(text.map((value) => value || 'x'), { nil: null });

function fieldsArbitrary(nameLength: number, papersMax: number): fc.Arbitrary<ReceiptQrFields> {
  return fc.record({
    code: clean(20),
    device: word(8),
    seq: fc.integer({ min: 0, max: 9_999_999 }),
    hashPrefix: word(10),
    procedureCode: clean(10),
    name: clean(nameLength),
    idKind: fc.constantFrom('citizenId', 'passport', 'oldId', 'organisationId'),
    idNumber: orNull(clean(12)),
    phone: orNull(clean(10)),
    birthDate: fc.constantFrom(null, '1994', '1994-05-02', '2024-02-29'),
    ownerName: orNull(clean(nameLength)),
    receivedAt: minute,
    dueAt: fc.option(minute, { nil: null }),
    sets: fc.integer({ min: 1, max: 99 }),
    contents: fc.oneof(
      fc.record({
        kind: fc.constant('papers' as const),
        papers: fc.array(fc.record({ original: smallCount, certified: smallCount, photo: smallCount, seen: fc.boolean(), missing: fc.boolean() }), { maxLength: papersMax }),
      }),
      fc.record({
        kind: fc.constant('certification' as const),
        documents: fc.array(fc.record({ pages: smallCount, copies: smallCount }), { maxLength: papersMax }),
      }),
    ),
    register: fc.option(fc.record({ book: clean(8).map((text) => text || '1'), ordinal: word(6) }), { nil: null }),
  });
}

describe('QR of the receipt', () => {
  test('gives back every field of a typical dossier', () => {
    const fields = buildReceiptQrFields();
    const text = encodeReceiptQr(fields);
    expect(text).toBe('MC1|H99.27-261120-2017|7f3a91.1873.91c2d0ab|1.001193|Giàng A Páo|C|010094000123|0900000123|19940502||202611201512|202611231700|1|1/1/S|3|01/2026|1873');
    expect(decoded(text)).toEqual({ fields, shortened: [], contentsCount: 3 });
  });

  test('gives back everything that fits, whatever letters it holds', () => {
    fc.assert(
      fc.property(fieldsArbitrary(20, 8), (fields) => {
        const result = decoded(encodeReceiptQr(fields));
        if (result.shortened.length === 0) expect(result.fields).toEqual(fields);
        expect(result.fields.code).toBe(fields.code);
      }),
      { seed: 20261121, numRuns: 500 },
    );
    // A short name is never shortened, so the property above does compare something.
    expect(decoded(encodeReceiptQr(buildReceiptQrFields())).shortened).toEqual([]);
  });

  test('never needs more than a symbol of version 15 at level M, and says what it shortened', () => {
    fc.assert(
      fc.property(fieldsArbitrary(300, 60), (fields) => {
        const text = encodeReceiptQr(fields);
        expect(bytes(text)).toBeLessThanOrEqual(RECEIPT_QR_BYTES_MAX);
        expect(create(text, { errorCorrectionLevel: 'M' }).version).toBeLessThanOrEqual(15);
        const { fields: back, shortened, contentsCount } = decoded(text);
        expect(fields.name.startsWith(back.name)).toBe(true);
        expect(back.name === fields.name).toBe(!shortened.includes('name'));
        expect(contentsCount).toBe(fields.contents.kind === 'papers' ? fields.contents.papers.length : fields.contents.documents.length);
      }),
      { seed: 20261121, numRuns: 300 },
    );
  });

  test('shortens the list of papers first, then the owner, and the name of the submitter last', () => {
    const papers = Array.from({ length: 60 }, () => ({ original: 12, certified: 34, photo: 56, seen: true, missing: false }));
    const name = 'Nguyễn Hoàng Thị Ngọc Quỳnh Trường Nguyệt Phượng Thẳm Ưỡng';
    const manyPapers = decoded(encodeReceiptQr(buildReceiptQrFields({ name, contents: { kind: 'papers', papers } })));
    expect(manyPapers.shortened).toEqual(['contents']);
    expect(manyPapers.fields.name).toBe(name);

    const longOwner = decoded(encodeReceiptQr(buildReceiptQrFields({ name, ownerName: 'Ữ'.repeat(100), contents: { kind: 'papers', papers } })));
    expect(longOwner.shortened).toEqual(['owner', 'contents']);
    expect(longOwner.fields.contents).toEqual({ kind: 'papers', papers: [] });
    expect(longOwner.contentsCount).toBe(60);

    const longBoth = decoded(encodeReceiptQr(buildReceiptQrFields({ name: 'Ẫ'.repeat(120), ownerName: 'Ữ'.repeat(100) })));
    expect(longBoth.shortened).toEqual(['name', 'owner', 'contents']);
    expect(longBoth.fields.ownerName).toBeNull();
  });

  test('keeps the fields apart when they hold separators, marks or line breaks', () => {
    const fields = buildReceiptQrFields({ name: 'A|B~C\\pD', ownerName: '~', code: '\\|~' });
    expect(decoded(encodeReceiptQr(fields)).fields).toEqual(fields);
    expect(decoded(encodeReceiptQr(buildReceiptQrFields({ name: 'Giàng\n A  Páo\u0000' }))).fields.name).toBe('Giàng A Páo');
  });

  test('reads any text without throwing', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 600, unit: 'grapheme' }), (text) => {
        expect(decodeReceiptQr(text).ok).toBe(false);
      }),
      { seed: 7, numRuns: 500 },
    );
    const whole = encodeReceiptQr(buildReceiptQrFields());
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.constantFrom('|', '~', '\\', '9', 'X', 'Ẫ', ''), (at, letter) => {
        const result = decodeReceiptQr(whole.slice(0, at) + letter + whole.slice(at + 1));
        expect(typeof result.ok).toBe('boolean');
      }),
      { seed: 8, numRuns: 1_000 },
    );
  });

  test.each([
    ['https://example.org', 'receiptQr.notReceipt'],
    ['010094000123||Giàng A Páo|02051994|Nam|Lào Cai|01012022', 'receiptQr.notReceipt'],
    ['MC2|H99.27-261120-2017', 'receiptQr.unknownVersion'],
    ['MC1|H99.27-261120-2017', 'receiptQr.malformed'],
    [encodeReceiptQr(buildReceiptQrFields()).replace('202611201512', '202613201512'), 'receiptQr.malformed'],
    [encodeReceiptQr(buildReceiptQrFields()).replace('19940502', '19940231'), 'receiptQr.malformed'],
    [encodeReceiptQr(buildReceiptQrFields()).replace('1/1/S|3', '1/1/S|4'), 'receiptQr.malformed'],
  ])('refuses %s', (text, error) => {
    expect(decodeReceiptQr(text)).toEqual({ ok: false, error });
  });
});
