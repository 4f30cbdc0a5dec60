import { z } from 'zod';
import { certifiedDocumentSchema, channelSchema, chargeSchema, paperSchema, resultDeliverySchema, type CorrectableField } from '../../../../src-shared/domain/dossiers/dossier-content.ts';
import { formatDong } from '../../../../src-shared/domain/fees/money.ts';
import type { WordLine } from './word-line.ts';

/** What each field of a dossier is called on the screen. */
const FIELD_LABELS: Readonly<Record<CorrectableField, string>> = {
  owner: 'Chủ hồ sơ',
  submitter: 'Người nộp',
  authorised: 'Người được ủy quyền',
  request: 'Nội dung yêu cầu',
  fields: 'Thông tin riêng của thủ tục',
  papers: 'Giấy tờ',
  documents: 'Giấy tờ chứng thực',
  sets: 'Số bộ',
  channel: 'Cách nộp',
  delivery: 'Cách nhận kết quả',
  fee: 'Phí',
  levy: 'Lệ phí',
  note: 'Ghi chú',
};

const CHANNEL_WORDS = { direct: 'trực tiếp', online: 'qua mạng', post: 'qua bưu điện' } as const;
const DELIVERY_WORDS = { counter: 'tại quầy', post: 'qua bưu điện', online: 'qua mạng', elsewhere: 'nơi khác' } as const;
/** Only the parts that tell people apart; a body may hold more. */
const personPartsSchema = z.object({ name: z.string(), birthDate: z.string().optional(), idNumber: z.string().optional(), phone: z.string().optional() });

/** One changed field: what it was, what it is. Where both read the same, the change lies in a part that is not shown. */
export function correctionWords(field: CorrectableField, before: unknown, after: unknown): WordLine {
  const [old, fresh] = [valueWords(field, before), valueWords(field, after)];
  return { label: FIELD_LABELS[field], text: old === fresh ? `${fresh} (sửa chi tiết)` : `${old} → ${fresh}` };
}

function valueWords(field: CorrectableField, value: unknown): string {
  if (value === null || value === undefined || value === '') return 'để trống';
  return VALUE_WORDS[field](value) ?? 'không đọc được';
}

type Words = (value: unknown) => string | null;

const readAs =
  <T>(schema: z.ZodType<T>, words: (value: T) => string): Words =>
  (value) => {
    const parsed = schema.safeParse(value);
    return parsed.success ? words(parsed.data) : null;
  };

const personWords = readAs(personPartsSchema, (person) => [person.name, person.birthDate, person.idNumber, person.phone].filter((part) => part !== undefined).join(' · '));
const chargeWords = readAs(chargeSchema, ({ amount }) =>
  amount.state === 'due' ? formatDong(amount.dong) : amount.state === 'exempt' ? `miễn, ${amount.ground}` : 'chưa rõ',
);

const VALUE_WORDS: Readonly<Record<CorrectableField, Words>> = {
  owner: personWords,
  submitter: personWords,
  authorised: personWords,
  request: readAs(z.string(), (text) => text),
  fields: readAs(z.record(z.string(), z.string()), (fields) => Object.values(fields).join('; ') || 'để trống'),
  papers: readAs(z.array(paperSchema), (papers) => papers.map((paper) => (paper.missing ? `${paper.name} (thiếu)` : paper.name)).join('; ') || 'không có'),
  documents: readAs(z.array(certifiedDocumentSchema), (documents) => documents.map(({ name, pages, copies }) => `${name} ${pages} trang × ${copies} bản`).join('; ') || 'không có'),
  sets: readAs(z.int(), (sets) => `${sets} bộ`),
  channel: readAs(channelSchema, (channel) => CHANNEL_WORDS[channel]),
  delivery: readAs(resultDeliverySchema, ({ by, place }) => DELIVERY_WORDS[by] + (place ? `, ${place}` : '')),
  fee: chargeWords,
  levy: chargeWords,
  note: readAs(z.string(), (text) => text),
};
