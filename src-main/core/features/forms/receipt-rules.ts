import type { ReceiptData } from '../../../../src-shared/forms/receipt/receipt-data.ts';
import { footNotesOf, officeHeadOf } from '../../../../src-shared/forms/paper/office-head.ts';
import { honorificOf, identityOf, known, submitterOf } from '../../../../src-shared/forms/paper/paper-facts.ts';
import { encodeReceiptQr } from '../../../../src-shared/forms/receipt/receipt-qr.ts';
import { codesOnPaper } from '../../../../src-shared/domain/dossiers/dossier-codes.ts';
import type { Charge, DossierContent } from '../../../../src-shared/domain/dossiers/dossier-content.ts';
import type { Dossier } from '../../../../src-shared/domain/dossiers/dossier.ts';
import { formatDong } from '../../../../src-shared/domain/fees/money.ts';
import { formatRegisterBook } from '../../../../src-shared/domain/numbers/number-series.ts';
import type { OfficeAttributes } from '../../../../src-shared/domain/office/office-operations.ts';
import type { OperationRef } from '../../../../src-shared/domain/operations/operation.ts';
import { assertNever } from '../../../../src-shared/lib/assert.ts';
import type { IsoDate } from '../../../../src-shared/lib/office-time.ts';

/** What the receipt says beside the dossier itself, looked up by the caller. */
export interface ReceiptFacts {
  /** The office day of the reception. */
  readonly businessDate: IsoDate;
  /** As the reception was done under: a unit renamed later does not change its papers (design §3). */
  readonly attributes: OfficeAttributes;
  readonly training: boolean;
  readonly officerName: string;
  /** The desk that received. */
  readonly deskName: string;
  /** Where the reception stands in the log. */
  readonly place: OperationRef & { readonly hash: Uint8Array };
  readonly checkCode: string;
  readonly marks: { readonly reprint: number; readonly amended: number };
  /** UTC milliseconds. */
  readonly printedAt: number;
}

const DEVICE_LETTERS = 8;
const HASH_BYTES = 4;
const DELIVERY_MAX = 300;
const CHARGE_MAX = 300;

/** The receipt of a dossier as data, fields of domain.md §c.2 item 1. Unknown stays null: a sum that nobody knows is not nothing. */
export function receiptDataOf(dossier: Dossier, facts: ReceiptFacts): ReceiptData {
  const { content } = dossier;
  const { attributes } = facts;
  const submitter = submitterOf(content);
  const footNotes = footNotesOf(attributes);
  return {
    officeHead: officeHeadOf(attributes),
    placeName: attributes.placeName,
    businessDate: facts.businessDate,
    codes: codesOnPaper(dossier.codes),
    submitter: { honorific: honorificOf(submitter), ...identityOf(submitter) },
    owner: content.submitter ? identityOf(content.owner) : null,
    authorised: content.authorised ? { ...identityOf(content.authorised), authorisation: known(content.authorised.authorisation) } : null,
    channelText: CHANNEL_WORDS[content.channel],
    procedureName: content.procedure.name,
    request: content.request,
    contents: contentsOf(content),
    sets: content.sets,
    termText: known(content.procedure.termText),
    receivedAt: dossier.receivedAt,
    dueAt: content.appointment.dueAt,
    dueText: content.appointment.mode === 'none' ? 'Sẽ báo ngày trả sau' : null,
    secondStage: null,
    calendarUnconfirmed: content.appointment.calendarUnconfirmed,
    clockUnverified: dossier.clockUnverified,
    deliveryText: deliveryWords(content, attributes),
    feeText: chargeWords(content.fee),
    levyText: chargeWords(content.levy),
    register: dossier.register && { book: formatRegisterBook(dossier.register), ordinal: String(dossier.register.counter) },
    hotlineText: known(attributes.hotline),
    lookupText: known(attributes.lookupAddress),
    ...(footNotes.length > 0 && { footNotes }),
    lookupUrl: /^https?:\/\//.test(attributes.lookupAddress ?? '') ? (attributes.lookupAddress ?? null) : null,
    officerName: facts.officerName,
    deskName: facts.deskName,
    checkCode: facts.checkCode,
    qrText: qrTextOf(dossier, facts),
    printedAt: facts.printedAt,
    marks: { ...facts.marks, training: facts.training, provisional: isCodeProvisional(dossier) },
  };
}

/** Once the province's code is linked, nobody waits for an official one any more. */
function isCodeProvisional(dossier: Dossier): boolean {
  return dossier.codeProvisional && !dossier.codes.some(({ system }) => system === 'province');
}

const CHANNEL_WORDS = { direct: 'Trực tiếp', online: 'Trực tuyến', post: 'Bưu chính công ích' } as const satisfies Record<DossierContent['channel'], string>;

function contentsOf(content: DossierContent): ReceiptData['contents'] {
  if (content.documents.length > 0) {
    return { kind: 'certification', documents: content.documents.map(({ name, pages, copies }) => ({ name, pages, copies, note: null })) };
  }
  const papers = content.papers.map(({ name, original, certified, photo, seen, missing, note }) => ({ name, original, certified, photo, seen, missing, note: known(note) }));
  return { kind: 'papers', papers };
}

function deliveryWords({ delivery }: DossierContent, attributes: OfficeAttributes): string | null {
  const place = known(delivery.place);
  switch (delivery.by) {
    case 'counter':
      return clipped(place ?? `${attributes.unitName.replaceAll('\n', ' ')} (nơi đã nộp)`, DELIVERY_MAX);
    case 'post':
      return clipped(place === null ? 'Qua bưu chính công ích' : `Qua bưu chính công ích, đến: ${place}`, DELIVERY_MAX);
    case 'online':
      return 'Trực tuyến';
    case 'elsewhere':
      return place;
    default:
      return assertNever(delivery.by);
  }
}

/** Null, a line to fill in by hand, when the sum is unknown: never read as free (settled.md 14). */
function chargeWords({ amount }: Charge): string | null {
  switch (amount.state) {
    case 'unknown':
      return null;
    case 'exempt':
      return clipped(`miễn (${amount.ground})`, CHARGE_MAX);
    case 'due':
      return amount.dong === 0 ? 'không có' : formatDong(amount.dong);
    default:
      return assertNever(amount);
  }
}

function qrTextOf(dossier: Dossier, { place }: ReceiptFacts): string {
  const { content } = dossier;
  const submitter = submitterOf(content);
  return encodeReceiptQr({
    code: ownCode(dossier),
    device: place.device.replace(/[^0-9A-Za-z]/g, '').slice(0, DEVICE_LETTERS),
    seq: place.seq,
    hashPrefix: Buffer.from(place.hash).toString('hex', 0, HASH_BYTES),
    procedureCode: content.procedure.code,
    name: submitter.name,
    idKind: identityOf(submitter).idKind,
    idNumber: known(submitter.idNumber),
    phone: known(submitter.phone),
    birthDate: submitter.birthDate ?? null,
    ownerName: content.submitter ? content.owner.name : null,
    receivedAt: dossier.receivedAt,
    dueAt: content.appointment.dueAt,
    sets: content.sets,
    contents: content.documents.length > 0 ? { kind: 'certification', documents: content.documents } : { kind: 'papers', papers: content.papers },
    register: dossier.register && { book: formatRegisterBook(dossier.register), ordinal: String(dossier.register.counter) },
  });
}

/** The code by which this office calls the dossier. */
export function ownCode(dossier: Pick<Dossier, 'codes'>): string {
  return (dossier.codes.find(({ system }) => system === 'own') ?? dossier.codes[0])?.code ?? '';
}

function clipped(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
