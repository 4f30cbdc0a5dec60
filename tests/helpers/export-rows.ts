/** An export of the province's system as clerks get it: a title, headings, running dossiers, some of them wrong. */
import type { Cell } from './write-sheet.ts';

export const EXPORT_HEADINGS = ['STT', 'Mã hồ sơ', 'Tên thủ tục', 'Mã TTHC', 'Chủ hồ sơ', 'Số CCCD', 'Ngày sinh', 'Số điện thoại', 'Địa chỉ', 'Ngày tiếp nhận', 'Ngày hẹn trả', 'Trạng thái', 'Hình thức nộp', 'Lệ phí', 'Ghi chú'];
/** Lines of the file before the first dossier: title, blank, headings. */
export const FIRST_LINE = 4;

const NAMES = ['Giàng A Páo', 'Sùng Thị Mỷ', 'Lò Văn Ún', 'Tẩn Mùi Mẩy', 'Nguyễn Đức Thắng', 'Vàng Seo Chín', 'Hoàng Thị Nhình', 'Lý Tả Mẩy'];

export function exportedCode(index: number): string {
  return `H99.27-261103-${String(index + 1).padStart(4, '0')}`;
}

/** A dossier that is all right; days as the system writes them, sums with points. */
export function exportedRow(index: number): Cell[] {
  const day = String((index % 20) + 1).padStart(2, '0');
  return [
    index + 1, exportedCode(index), 'Thủ tục đăng ký khai sinh', '1.001193', NAMES[index % NAMES.length]!, `01009${index % 2 === 0 ? '4' : '5'}${String(index).padStart(6, '0')}`, `${day}/05/1994`,
    `0912${String(index).padStart(6, '0')}`, 'Thôn Háng Tâu, xã Nậm Khâu', `${day}/11/2026 08:30`, '30/11/2026', index % 3 === 0 ? 'Mới tiếp nhận' : 'Đang xử lý', 'Trực tiếp', '8.000', null,
  ];
}

const COLUMN = Object.fromEntries(EXPORT_HEADINGS.map((heading, index) => [heading, index])) as Readonly<Record<string, number>>;

/** What goes wrong in real files, each with the words that the preview must find. */
const MISTAKES: readonly { readonly column: string; readonly value: Cell; readonly reason: RegExp }[] = [
  { column: 'Mã hồ sơ', value: null, reason: /chưa có mã hồ sơ/ },
  { column: 'Mã hồ sơ', value: 'không có', reason: /không phải mã hồ sơ/ },
  { column: 'Chủ hồ sơ', value: null, reason: /chưa có tên chủ hồ sơ/ },
  { column: 'Số CCCD', value: '01009400012', reason: /đủ 12 chữ số, hiện có 11/ },
  { column: 'Ngày sinh', value: '31/02/1994', reason: /không có trên lịch/ },
  { column: 'Ngày tiếp nhận', value: '11/25/2026', reason: /không có trên lịch/ },
  { column: 'Ngày tiếp nhận', value: 'hôm qua', reason: /chưa đúng mẫu ngày\/tháng\/năm/ },
  { column: 'Ngày hẹn trả', value: '30/10/2026', reason: /trước ngày tiếp nhận/ },
  { column: 'Trạng thái', value: 'Đang đi đâu đó', reason: /chưa rõ trạng thái/ },
  { column: 'Lệ phí', value: '8 nghìn', reason: /không đọc được thành số tiền/ },
];

export interface ExportedFile {
  readonly rows: readonly (readonly Cell[])[];
  /** By line of the file. */
  readonly mistakes: ReadonlyMap<number, { readonly heading: string; readonly reason: RegExp }>;
}

/** `count` dossiers of which `bad` are wrong, spread over the file. */
export function exportedFile(count: number, bad: number): ExportedFile {
  const mistakes = new Map<number, { heading: string; reason: RegExp }>();
  const dossiers = Array.from({ length: count }, (_, index) => {
    const row = exportedRow(index);
    const every = Math.floor(count / Math.max(1, bad));
    if (bad === 0 || index % every !== every - 1 || mistakes.size === bad) return row;
    const { column, value, reason } = MISTAKES[mistakes.size % MISTAKES.length]!;
    mistakes.set(FIRST_LINE + index, { heading: column, reason });
    row[COLUMN[column]!] = value;
    return row;
  });
  return { rows: [['DANH SÁCH HỒ SƠ ĐANG GIẢI QUYẾT'], [], EXPORT_HEADINGS, ...dossiers], mistakes };
}
