import { formatCode, dossierSeries } from '../../domain/numbers/number-series.ts';
import type { Numbering, OfficeAttributes } from '../../domain/office/office-operations.ts';
import { officeInstant, type IsoDate } from '../../lib/office-time.ts';
import { footNotesOf, officeHeadOf } from '../paper/office-head.ts';
import type { ReceiptData } from './receipt-data.ts';

export interface SampleFacts {
  readonly attributes: OfficeAttributes;
  readonly numbering: Numbering;
  readonly businessDate: IsoDate;
  readonly deskName: string;
  readonly officerName: string;
}

const NOBODY = { idKind: 'citizenId', idNumber: null, phone: null, email: null } as const;
const known = (text: string | undefined) => (text === undefined || text.trim() === '' ? null : text);
const paper = (name: string) => ({ name, original: 1, certified: 0, photo: 0, seen: false, missing: false, note: null });

/** A receipt of a dossier that does not exist, to look at its head and foot: number 000, invented people, marked as a sample. */
export function sampleReceipt({ attributes, numbering, businessDate, deskName, officerName }: SampleFacts): ReceiptData {
  const footNotes = footNotesOf(attributes);
  const code = formatCode(numbering.pattern, attributes.agencyCode, { ...dossierSeries('0'.repeat(numbering.tokenLength), businessDate), counter: 0 });
  return {
    officeHead: officeHeadOf(attributes),
    placeName: attributes.placeName,
    businessDate,
    codes: [{ system: 'own', code }],
    submitter: { honorific: 'bà', name: 'Nguyễn Thị Mẫu', ...NOBODY, address: `Thôn Mẫu, ${attributes.communeName}` },
    owner: null,
    authorised: null,
    channelText: 'Trực tiếp',
    procedureName: 'Giấy mẫu',
    request: 'Giấy mẫu để xem đầu giấy và cuối giấy',
    contents: { kind: 'papers', papers: [paper('Tờ khai'), paper('Giấy chứng sinh')] },
    sets: 1,
    termText: '03 ngày làm việc',
    receivedAt: officeInstant(businessDate, 9 * 60),
    dueAt: null,
    dueText: 'Giấy mẫu, không hẹn ngày trả',
    secondStage: null,
    calendarUnconfirmed: false,
    clockUnverified: false,
    deliveryText: attributes.unitName.replaceAll('\n', ' '),
    feeText: null,
    levyText: null,
    register: null,
    hotlineText: known(attributes.hotline),
    lookupText: known(attributes.lookupAddress),
    lookupUrl: null,
    ...(footNotes.length > 0 && { footNotes }),
    officerName,
    deskName,
    checkCode: 'MẪU',
    qrText: 'GIẤY MẪU',
    printedAt: null,
    marks: { reprint: 0, amended: 0, training: false, provisional: numbering.mode === 'provisional' },
  };
}
