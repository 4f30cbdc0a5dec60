/** Invented people and numbers for the gallery; "now" is Friday 20/11/2026, 15:12. */
import { officeInstant } from '../../src-shared/lib/office-time.ts';
import type { Tone } from '../ui/chip.tsx';

export const SAMPLE_TODAY = '2026-11-20';
export const SAMPLE_NOW_MS = officeInstant(SAMPLE_TODAY, 15 * 60 + 12);
export const SAMPLE_OFFICER = { name: 'Nguyễn Thị Hạnh', note: 'Tiếp nhận · Máy 2' };

export interface SampleTask {
  readonly id: string;
  readonly name: string;
  readonly matter: string;
  readonly code: string;
  readonly tone: Tone;
  readonly due: string;
  readonly next: string;
}

export const SAMPLE_TASKS: readonly SampleTask[] = [
  { id: '1', name: 'Vàng Seo Sính', matter: 'Xác nhận tình trạng hôn nhân', code: 'H99.27-261113-2003', tone: 'over', due: 'Quá hạn 2 ngày', next: 'Gửi thư xin lỗi, hẹn lại' },
  { id: '2', name: 'Tẩn Mùi Mẩy', matter: 'Xác nhận tình trạng hôn nhân', code: 'H99.27-261117-2009', tone: 'today', due: 'Hôm nay, 17:00', next: 'Hai máy ghi khác nhau' },
  { id: '3', name: 'Lò Văn Ín', matter: 'Bản sao trích lục hộ tịch', code: 'H99.27-261120-2006', tone: 'today', due: 'Hôm nay, 17:00', next: 'Vào số, đóng dấu' },
  { id: '4', name: 'Phàn Tả Mẩy', matter: 'Đăng ký nhận cha, mẹ, con', code: 'H99.27-261118-2011', tone: 'early', due: 'Thứ Hai 23/11', next: 'Chuyển chị Ánh thẩm tra' },
  { id: '5', name: 'Giàng A Páo', matter: 'Đăng ký khai sinh (cháu Dế)', code: 'H99.27-261118-2004', tone: 'pause', due: 'Chờ bổ sung', next: 'Chờ dân nộp Giấy chứng sinh' },
];

export const SAMPLE_FAVOURITES: readonly string[] = [
  'Chứng thực bản sao', 'Đăng ký khai sinh', 'Bản sao trích lục hộ tịch', 'Xác nhận tình trạng hôn nhân', 'Chứng thực chữ ký',
  'Đăng ký khai tử', 'Trợ cấp hưu trí xã hội', 'Đăng ký kết hôn', 'Xác nhận khuyết tật',
];

export const SAMPLE_DOCUMENTS = [
  { id: 'bang-thpt', label: 'Bằng tốt nghiệp THPT', end: '1 trang' },
  { id: 'bang-dh', label: 'Bằng tốt nghiệp đại học', end: '1 trang' },
  { id: 'hoc-ba', label: 'Học bạ', end: '24 trang' },
  { id: 'giay-khai-sinh', label: 'Giấy khai sinh', note: 'bản chính hoặc bản sao', end: '1 trang' },
  { id: 'dat', label: 'Giấy chứng nhận quyền sử dụng đất', keywords: 'so do', end: '4 trang' },
];
