import { dateInWords, dayInWords } from '../../../../src-shared/domain/deadlines/day-words.ts';
import { officeBodySchemas, type OfficeBody, type OfficeKind } from '../../../../src-shared/domain/office/office-operations.ts';
import { printedNumber, receiptWords } from '../../../../src-shared/domain/fees/fee-words.ts';
import type { Role } from '../../../../src-shared/domain/officers/officer.ts';
import type { Naming } from './naming.ts';
import { settingName, settingWords } from './setting-words.ts';
import type { OperationWords, WordLine } from './word-line.ts';

/** Acts of the office in words, for the conflicts in which they appear. Keys, hashes and passwords are never shown. */
export function officeOperationWords(kind: OfficeKind, body: unknown, naming: Naming): OperationWords {
  const parsed = officeBodySchemas[kind].safeParse(body);
  const lines = parsed.success ? WORDS[kind](parsed.data as never, naming) : [];
  return { title: TITLES[kind], lines: lines.filter(({ text }) => text !== '') };
}

export const ROLE_WORDS: Readonly<Record<Role, string>> = { reception: 'người tiếp nhận', processing: 'người thụ lý', leader: 'lãnh đạo', admin: 'quản trị' };

const TITLES: Readonly<Record<OfficeKind, string>> = {
  'office.established': 'Lập cơ quan trên máy đầu tiên',
  'office.recoveryRenewed': 'Làm mã khôi phục mới',
  'office.changed': 'Sửa tên, đầu giấy, cuối giấy',
  'office.logoAdded': 'Thêm hình ở đầu giấy',
  'desk.admitted': 'Tạo tệp thêm máy',
  'desk.joined': 'Thêm máy vào cơ quan',
  'desk.incarnated': 'Máy mở từ thư mục được chép hoặc khôi phục',
  'desk.renamed': 'Đổi tên máy',
  'desk.revoked': 'Ngừng một máy',
  'desk.dateConfirmed': 'Xác nhận ngày',
  'number.tokenPicked': 'Chọn ký hiệu dãy số',
  'number.tokenReturned': 'Trả lại ký hiệu dãy số',
  'number.skipped': 'Bỏ trống một số',
  'receiptBook.saved': 'Ghi quyển biên lai',
  'receiptBook.numberMarked': 'Ghi số biên lai hỏng',
  'officer.created': 'Thêm cán bộ',
  'officer.changed': 'Sửa thông tin cán bộ',
  'officer.passwordReset': 'Đặt lại mật khẩu',
  'delegation.granted': 'Giao quyền thay',
  'delegation.ended': 'Thôi giao quyền thay',
  'pack.installed': 'Cài gói danh mục, gói lịch',
  'procedure.saved': 'Sửa thủ tục của cơ quan',
  'setting.changed': 'Đổi cài đặt',
  'calendarDay.saved': 'Sửa một ngày của lịch',
  'subject.erased': 'Xóa hẳn một hồ sơ',
};

type WordsOf<K extends OfficeKind> = (body: OfficeBody<K>, naming: Naming) => readonly WordLine[];
/** What stands in place of a line that was taken out. */
const NOTHING = 'không ghi';
const DAY_TYPES: Readonly<Record<OfficeBody<'calendarDay.saved'>['type'], string>> = { closed: 'nghỉ', dayInLieu: 'nghỉ bù', makeUpWorkingDay: 'làm bù', asPack: 'theo gói lịch' };
const line = (label: string, text: string | null | undefined): WordLine => ({ label, text: text ?? '' });

const WORDS: { readonly [K in OfficeKind]: WordsOf<K> } = {
  'office.established': (body) => [line('Cơ quan', body.attributes.unitName), line('Máy', body.desk.name), line('Ký hiệu dãy số', body.desk.token)],
  'office.recoveryRenewed': () => [],
  'office.changed': ({ attributes, effectiveFrom, reason }) => [
    line('Xã, phường', attributes.communeName),
    line('Dòng trên đầu giấy', attributes.superiorName),
    line('Dòng dưới đầu giấy', attributes.unitName),
    line('Địa danh', attributes.placeName),
    line('Điện thoại', attributes.hotline ?? NOTHING),
    line('Trang tra cứu', attributes.lookupAddress ?? NOTHING),
    line('Địa chỉ', attributes.address ?? NOTHING),
    line('Dòng cuối giấy', attributes.footer ?? NOTHING),
    line('Hình ở đầu giấy', attributes.logo === undefined ? NOTHING : `đã thêm (hình số ${attributes.logo.slice(attributes.logo.lastIndexOf(':') + 1)})`),
    line('Dùng từ ngày', dateInWords(effectiveFrom)),
    line('Lý do', reason),
  ],
  'office.logoAdded': () => [],
  'desk.admitted': (body) => [line('Máy', body.grant.name), line('Ký hiệu dãy số', body.grant.token)],
  'desk.joined': ({ admission }) => (admission ? [line('Máy', admission.grant.name), line('Ký hiệu dãy số', admission.grant.token)] : []),
  'desk.incarnated': (body) => [line('Ký hiệu dãy số', body.token ?? 'chưa có')],
  // The desk goes by its present name; where that is the very one it got here, it need not be said twice.
  'desk.renamed': ({ desk, name }, naming) => [line('Máy', naming.deskNameById(desk) === name ? '' : naming.deskNameById(desk)), line('Tên mới', name)],
  'desk.revoked': (body, naming) => [line('Máy', naming.deskNameById(body.desk)), line('Lý do', body.reason)],
  'desk.dateConfirmed': (body) => [line('Ngày', dateInWords(body.date))],
  'number.tokenPicked': (body) => [line('Ký hiệu dãy số', body.token)],
  'number.tokenReturned': (body) => [line('Ký hiệu dãy số', body.token), line('Lý do', body.reason)],
  'number.skipped': (body) => [line('Số', `${body.number.token}${body.number.counter}, ${body.number.period}`), line('Lý do', body.reason)],
  'receiptBook.saved': (body, naming) => [
    line('Quyển', `${body.series}, số ${printedNumber(body.first)} đến ${printedNumber(body.last)}`),
    line('Người giữ', naming.officerName(body.officer)),
    line('Tình trạng', body.closed ? 'đã hết hoặc đã trả' : ''),
  ],
  'receiptBook.numberMarked': (body) => [line('Biên lai', receiptWords(body)), line('Lý do', body.reason)],
  'officer.created': (body) => [line('Cán bộ', body.name), line('Quyền', roleList(body.roles))],
  'officer.changed': (body) => [line('Cán bộ', body.name), line('Chức danh', body.title), line('Quyền', body.retired ? 'đã nghỉ' : roleList(body.roles))],
  'officer.passwordReset': (body, naming) => [line('Cán bộ', naming.officerName(body.officer))],
  'delegation.granted': (body, naming) => [
    line('Người giao', naming.officerName(body.from)),
    line('Người được giao', naming.officerName(body.to)),
    line('Quyền', roleList(body.roles)),
    line('Thời gian', `${dateInWords(body.firstDate)} đến ${dateInWords(body.lastDate)}`),
  ],
  'delegation.ended': () => [],
  'pack.installed': (body) => [line('Gói', body.id), line('Bản', body.version)],
  'procedure.saved': (body) => [line('Thủ tục', body.code), line('Lý do', body.reason)],
  'setting.changed': ({ key, value }) => [line('Mục', settingName(key)), line('Đặt là', settingWords(key, value))],
  'calendarDay.saved': (body) => [line('Ngày', dayInWords(body.date)), line('Là ngày', DAY_TYPES[body.type]), line('Vì sao', body.name)],
  'subject.erased': (body) => [line('Lý do', body.reason)],
};

function roleList(roles: readonly Role[]): string {
  return roles.map((role) => ROLE_WORDS[role]).join(', ');
}
