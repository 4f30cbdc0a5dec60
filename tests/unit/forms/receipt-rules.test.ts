import { describe, expect, test } from 'vitest';
import type { DossierContent } from '../../../src-shared/domain/dossiers/dossier-content.ts';
import type { Dossier } from '../../../src-shared/domain/dossiers/dossier.ts';
import { receiptDataSchema } from '../../../src-shared/forms/receipt/receipt-data.ts';
import { decodeReceiptQr } from '../../../src-shared/forms/receipt/receipt-qr.ts';
import type { DeviceId } from '../../../src-shared/lib/ids.ts';
import { receiptDataOf, type ReceiptFacts } from '../../../src-main/core/features/forms/receipt-rules.ts';
import { ATTRIBUTES, buildDossier, contentBody, PERSON } from '../../helpers/build-operations.ts';

const folded = buildDossier().desks[0]!.dossier()!;
const FACTS: ReceiptFacts = {
  businessDate: '2026-07-01', attributes: ATTRIBUTES, training: false, officerName: 'Nguyễn Thị Hạnh', deskName: 'Máy 1', checkCode: '7F3A-91C2-D0',
  place: { device: '1f3a91c2-d0aa-4000-8000-000000000001' as DeviceId, seq: 7, hash: Buffer.alloc(32, 0xab) },
  marks: { reprint: 0, amended: 0 }, printedAt: 1_783_000_000_000,
};

function receiptOf(content: Partial<DossierContent>, dossier: Partial<Dossier> = {}, facts: Partial<ReceiptFacts> = {}) {
  const data = receiptDataOf({ ...folded, ...dossier, content: { ...(contentBody() as DossierContent), ...content } }, { ...FACTS, ...facts });
  return receiptDataSchema.parse(data);
}

const due = (dong: number) => ({ amount: { state: 'due' as const, dong } });

describe('people', () => {
  test('who stands at the counter is the submitter; the owner is named apart only when it is somebody else', () => {
    expect(receiptOf({})).toMatchObject({ submitter: { name: 'Giàng A Páo' }, owner: null, authorised: null });
    const other = receiptOf({
      submitter: { type: 'individual', name: 'Vàng Thị Mỷ', sex: 'female', relation: 'vợ', phone: '0900 000 123' },
      authorised: { type: 'individual', name: 'Lù Seo Chín', authorisation: 'Giấy ủy quyền số 3' },
    });
    expect(other.submitter).toMatchObject({ name: 'Vàng Thị Mỷ', honorific: 'bà', phone: '0900 000 123', idNumber: null });
    expect(other.owner).toMatchObject({ name: 'Giàng A Páo', idNumber: '015079000123' });
    expect(other.authorised).toMatchObject({ name: 'Lù Seo Chín', authorisation: 'Giấy ủy quyền số 3' });
  });

  test('nobody is called ông or bà by guess', () => {
    const owner = { ...PERSON, type: 'individual' as const, idKind: 'citizenId' as const };
    expect(receiptOf({ owner }).submitter.honorific).toBe('ông/bà');
    expect(receiptOf({ owner: { ...owner, sex: 'male' } }).submitter.honorific).toBe('ông');
    expect(receiptOf({ owner: { type: 'organisation', name: 'Hợp tác xã Chè Nậm Khâu' } }).submitter).toMatchObject({ honorific: 'ông/bà', idKind: 'organisationId' });
  });

  test('blank texts are unknown', () => {
    const owner = { type: 'individual' as const, name: 'Lù Thị Xỉn', phone: ' ', address: '', email: '' };
    expect(receiptOf({ owner }).submitter).toMatchObject({ phone: null, address: null, email: null, idNumber: null });
  });
});

describe('money', () => {
  test('phí and lệ phí stay apart, and a sum nobody knows is left open, not free', () => {
    const data = receiptOf({ fee: due(26_000), levy: { amount: { state: 'unknown', note: 'chưa có biểu phí' } } });
    expect(data).toMatchObject({ feeText: '26.000 đ', levyText: null });
  });

  test('an exemption names its ground; nothing to pay is said so', () => {
    expect(receiptOf({ fee: due(0), levy: { amount: { state: 'exempt', ground: 'khai sinh đúng hạn' } } })).toMatchObject({ feeText: 'không có', levyText: 'miễn (khai sinh đúng hạn)' });
  });

  test('a very long ground still fits the form', () => {
    expect(receiptOf({ levy: { amount: { state: 'exempt', ground: 'x'.repeat(500) } } }).levyText).toHaveLength(300);
  });
});

describe('what was brought and when the result comes', () => {
  test('documents to certify make the table of a certification', () => {
    const data = receiptOf({ documents: [{ name: 'Bằng tốt nghiệp', pages: 2, copies: 3 }] });
    expect(data.contents).toEqual({ kind: 'certification', documents: [{ name: 'Bằng tốt nghiệp', pages: 2, copies: 3, note: null }] });
  });

  test('without a date the box says that it will be told', () => {
    const appointment = { ...folded.content.appointment, mode: 'none' as const, dueAt: null, reason: 'Chờ tỉnh trả lời' };
    expect(receiptOf({ appointment })).toMatchObject({ dueAt: null, dueText: 'Sẽ báo ngày trả sau' });
    expect(receiptOf({})).toMatchObject({ dueAt: folded.content.appointment.dueAt, dueText: null });
  });

  test('the place to come to: the unit itself, another place, the post', () => {
    expect(receiptOf({ delivery: { by: 'counter' } }).deliveryText).toBe('Trung tâm Phục vụ hành chính công (nơi đã nộp)');
    expect(receiptOf({ delivery: { by: 'counter', place: 'Nhà văn hóa thôn Háng Tâu' } }).deliveryText).toBe('Nhà văn hóa thôn Háng Tâu');
    expect(receiptOf({ delivery: { by: 'post', place: 'x'.repeat(300) } }).deliveryText).toHaveLength(300);
    expect(receiptOf({ delivery: { by: 'online' } }).deliveryText).toBe('Trực tuyến');
    expect(receiptOf({ delivery: { by: 'elsewhere' } }).deliveryText).toBeNull();
  });
});

describe('codes, register and head', () => {
  test('a provisional code is official once the province has given its own', () => {
    expect(receiptOf({}, { codeProvisional: true }).marks.provisional).toBe(true);
    const codes = [...folded.codes, { system: 'province' as const, code: 'H99.00-1' }];
    expect(receiptOf({}, { codeProvisional: true, codes }).marks.provisional).toBe(false);
  });

  test('the register is a Quyển of desk and year; an imported dossier has none', () => {
    expect(receiptOf({}).register).toEqual({ book: '1/2026', ordinal: '1' });
    expect(receiptOf({}, { register: null }).register).toBeNull();
  });

  test('the head keeps the lines of the office, and breaks what is longer than a line between words', () => {
    const head = (unitName: string) => receiptOf({}, {}, { attributes: { ...ATTRIBUTES, unitName } }).officeHead.unitLines;
    expect(head('Trung tâm Phục vụ\nhành chính công')).toEqual(['Trung tâm Phục vụ', 'hành chính công']);
    const long = head('Trung tâm Phục vụ hành chính công xã Nậm Khâu '.repeat(3).trim());
    expect(long).toHaveLength(2);
    expect(long.join(' ')).toBe('Trung tâm Phục vụ hành chính công xã Nậm Khâu '.repeat(3).trim());
  });

  test('a web address gets its own QR, a plain name does not', () => {
    const lookup = (lookupAddress: string) => receiptOf({}, {}, { attributes: { ...ATTRIBUTES, lookupAddress } });
    expect(lookup('https://tracuu.example/')).toMatchObject({ lookupText: 'https://tracuu.example/', lookupUrl: 'https://tracuu.example/' });
    expect(lookup('tracuu.example')).toMatchObject({ lookupText: 'tracuu.example', lookupUrl: null });
  });
});

test('the QR brings the dossier back: who, what, when, and where it stands in the log', () => {
  const data = receiptOf({ submitter: { type: 'individual', name: 'Vàng Thị Mỷ', birthDate: '1994-05-02' } });
  const decoded = decodeReceiptQr(data.qrText);
  expect(decoded).toMatchObject({
    ok: true,
    value: {
      shortened: [],
      fields: {
        code: 'H99.99-260701-1001', device: '1f3a91c2', seq: 7, hashPrefix: 'abababab', procedureCode: '1.001193', name: 'Vàng Thị Mỷ', ownerName: 'Giàng A Páo',
        birthDate: '1994-05-02', dueAt: folded.content.appointment.dueAt, register: { book: '1/2026', ordinal: '1' },
      },
    },
  });
});
