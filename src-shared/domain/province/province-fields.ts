import { z } from 'zod';
import type { DossierCode, DossierContent } from '../dossiers/dossier-content.ts';
import type { Person } from '../persons/person.ts';
import { officeDate, officeMinuteOfDay, isIsoDate } from '../../lib/office-time.ts';

/**
 * What a clerk copies from a dossier into the form of the province's system, one field at a time. The order and the names are
 * data of the office, because every province's form differs; the default follows the form read in existing-software.md §3.
 */
export const PROVINCE_FIELDS = [
  'sector', 'procedureCode', 'procedureName', 'channel', 'receivedAt', 'dueAt',
  'ownerType', 'ownerIdNumber', 'ownerName', 'ownerBirthDate', 'ownerSex', 'ownerPhone', 'ownerEmail', 'ownerAddress',
  'submitterName', 'submitterIdNumber', 'submitterPhone', 'submitterAddress', 'authorisedName', 'authorisedIdNumber', 'authorisedPhone', 'authorisedAddress',
  'request', 'sets', 'papers', 'levy', 'fee', 'delivery', 'note', 'ownCode',
] as const;
export type ProvinceField = (typeof PROVINCE_FIELDS)[number];

export const provinceFieldOrderSchema = z
  .array(z.strictObject({ field: z.enum(PROVINCE_FIELDS), name: z.string().trim().min(1).max(60) }))
  .min(1)
  .max(PROVINCE_FIELDS.length)
  .refine((rows) => new Set(rows.map(({ field }) => field)).size === rows.length, { error: 'mỗi ô chỉ có một lần' });
export type ProvinceFieldOrder = z.infer<typeof provinceFieldOrderSchema>;

/** What each field is called until the office names it as its province does. */
export const PROVINCE_FIELD_NAMES: Readonly<Record<ProvinceField, string>> = {
  sector: 'Lĩnh vực',
  procedureCode: 'Mã thủ tục',
  procedureName: 'Tên thủ tục',
  channel: 'Kênh tiếp nhận',
  receivedAt: 'Ngày tiếp nhận',
  dueAt: 'Ngày hẹn trả',
  ownerType: 'Loại chủ hồ sơ',
  ownerIdNumber: 'Số giấy tờ',
  ownerName: 'Họ tên chủ hồ sơ',
  ownerBirthDate: 'Ngày sinh',
  ownerSex: 'Giới tính',
  ownerPhone: 'Số điện thoại',
  ownerEmail: 'Thư điện tử',
  ownerAddress: 'Địa chỉ',
  submitterName: 'Người nộp',
  submitterIdNumber: 'Số giấy tờ người nộp',
  submitterPhone: 'Số điện thoại người nộp',
  submitterAddress: 'Địa chỉ người nộp',
  authorisedName: 'Người được ủy quyền',
  authorisedIdNumber: 'Số giấy tờ người được ủy quyền',
  authorisedPhone: 'Số điện thoại người được ủy quyền',
  authorisedAddress: 'Địa chỉ người được ủy quyền',
  request: 'Nội dung yêu cầu',
  sets: 'Số bộ hồ sơ',
  papers: 'Thành phần hồ sơ',
  levy: 'Lệ phí',
  fee: 'Phí',
  delivery: 'Nhận kết quả tại',
  note: 'Ghi chú',
  ownCode: 'Mã hồ sơ ở đây',
};

const NOT_BY_DEFAULT: ReadonlySet<ProvinceField> = new Set<ProvinceField>(['ownerSex', 'ownCode']);

export const DEFAULT_PROVINCE_FIELDS: ProvinceFieldOrder = PROVINCE_FIELDS.filter((field) => !NOT_BY_DEFAULT.has(field)).map((field) => ({ field, name: PROVINCE_FIELD_NAMES[field] }));

/** What the fields are taken from; a dossier as the wire shows it has all of it. */
export interface CopiedDossier {
  readonly content: DossierContent;
  readonly receivedAt: number;
  readonly codes: readonly DossierCode[];
}

/** The text that goes to the clipboard, as the other form takes it; empty where the dossier has nothing. */
export function provinceFieldText(field: ProvinceField, dossier: CopiedDossier): string {
  return TEXTS[field](dossier);
}

type TextOf = (dossier: CopiedDossier) => string;

const ownerPart = (part: (owner: Person) => string | undefined): TextOf => ({ content }) => part(content.owner) ?? '';
const submitterPart = (part: (submitter: Person) => string | undefined): TextOf => ({ content }) => (content.submitter && part(content.submitter)) ?? '';
const authorisedPart = (part: (authorised: Person) => string | undefined): TextOf => ({ content }) => (content.authorised && part(content.authorised)) ?? '';
const moment = (utcMs: number | null): string => (utcMs === null ? '' : `${slashed(officeDate(utcMs))} ${twoDigits(Math.floor(officeMinuteOfDay(utcMs) / 60))}:${twoDigits(officeMinuteOfDay(utcMs) % 60)}`);

const CHANNEL_WORDS = { direct: 'Trực tiếp', online: 'Trực tuyến', post: 'Bưu chính' } as const;
const DELIVERY_WORDS = { counter: 'Tại quầy', post: 'Qua bưu chính', online: 'Trực tuyến', elsewhere: 'Nơi khác' } as const;

const TEXTS: { readonly [Field in ProvinceField]: TextOf } = {
  sector: ({ content }) => content.procedure.sector ?? '',
  procedureCode: ({ content }) => content.procedure.code,
  procedureName: ({ content }) => content.procedure.name,
  channel: ({ content }) => CHANNEL_WORDS[content.channel],
  receivedAt: ({ receivedAt }) => moment(receivedAt),
  dueAt: ({ content }) => moment(content.appointment.dueAt),
  ownerType: ownerPart((owner) => (owner.type === 'individual' ? 'Cá nhân' : 'Tổ chức')),
  ownerIdNumber: ownerPart((owner) => owner.idNumber),
  ownerName: ownerPart((owner) => owner.name),
  ownerBirthDate: ownerPart((owner) => owner.birthDate && slashed(owner.birthDate)),
  ownerSex: ownerPart((owner) => owner.sex && (owner.sex === 'male' ? 'Nam' : 'Nữ')),
  ownerPhone: ownerPart((owner) => owner.phone),
  ownerEmail: ownerPart((owner) => owner.email),
  ownerAddress: ownerPart((owner) => owner.address),
  submitterName: submitterPart((submitter) => submitter.name),
  submitterIdNumber: submitterPart((submitter) => submitter.idNumber),
  submitterPhone: submitterPart((submitter) => submitter.phone),
  submitterAddress: submitterPart((submitter) => submitter.address),
  authorisedName: authorisedPart((authorised) => authorised.name),
  authorisedIdNumber: authorisedPart((authorised) => authorised.idNumber),
  authorisedPhone: authorisedPart((authorised) => authorised.phone),
  authorisedAddress: authorisedPart((authorised) => authorised.address),
  request: ({ content }) => content.request,
  sets: ({ content }) => String(content.sets),
  papers: ({ content }) => content.papers.filter(({ missing }) => !missing).map(({ name }) => name).join('; '),
  levy: ({ content }) => dong(content.levy),
  fee: ({ content }) => dong(content.fee),
  delivery: ({ content }) => content.delivery.place ?? DELIVERY_WORDS[content.delivery.by],
  note: ({ content }) => content.note ?? '',
  ownCode: ({ codes }) => codes.find(({ system }) => system === 'own')?.code ?? '',
};

/** Digits alone: a form of another program reads no thousands. A sum that is not known is nothing to copy (settled.md 14). */
function dong({ amount }: DossierContent['fee']): string {
  if (amount.state === 'exempt') return '0';
  return amount.state === 'due' ? String(amount.dong) : '';
}

/** `2026-11-03` -> `03/11/2026`; a year alone stays one. */
function slashed(date: string): string {
  return isIsoDate(date) ? `${date.slice(8)}/${date.slice(5, 7)}/${date.slice(0, 4)}` : date;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
