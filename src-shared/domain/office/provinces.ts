/**
 * The 34 provincial units since 01/7/2025 with their codes (domain.md §j). Codes stay when a unit is renamed or becomes a
 * centrally-run city, so the code is what counts; what stands on papers is the name that the office keeps for itself.
 */
export interface Province {
  readonly code: string;
  readonly name: string;
  /** Three units became cities in the course of 2026 (domain.md §j); the type is what they are since. */
  readonly type: 'city' | 'province';
}

const city = (code: string, name: string): Province => ({ code, name, type: 'city' });
const province = (code: string, name: string): Province => ({ code, name, type: 'province' });

export const PROVINCES: readonly Province[] = [
  city('01', 'Hà Nội'), province('04', 'Cao Bằng'), province('08', 'Tuyên Quang'), province('11', 'Điện Biên'), province('12', 'Lai Châu'),
  province('14', 'Sơn La'), province('15', 'Lào Cai'), province('19', 'Thái Nguyên'), province('20', 'Lạng Sơn'), city('22', 'Quảng Ninh'),
  city('24', 'Bắc Ninh'), province('25', 'Phú Thọ'), city('31', 'Hải Phòng'), province('33', 'Hưng Yên'), province('37', 'Ninh Bình'),
  province('38', 'Thanh Hóa'), province('40', 'Nghệ An'), province('42', 'Hà Tĩnh'), province('44', 'Quảng Trị'), city('46', 'Huế'),
  city('48', 'Đà Nẵng'), province('51', 'Quảng Ngãi'), province('52', 'Gia Lai'), province('56', 'Khánh Hòa'), province('66', 'Đắk Lắk'),
  province('68', 'Lâm Đồng'), city('75', 'Đồng Nai'), city('79', 'Hồ Chí Minh'), province('80', 'Tây Ninh'), province('82', 'Đồng Tháp'),
  province('86', 'Vĩnh Long'), province('91', 'An Giang'), city('92', 'Cần Thơ'), province('96', 'Cà Mau'),
];

export function provinceByCode(code: string): Province | undefined {
  return PROVINCES.find((one) => one.code === code);
}

/** `Tỉnh Lào Cai`, `Thành phố Huế`: as a form addresses the unit. */
export function provinceFullName(one: Province): string {
  return `${one.type === 'city' ? 'Thành phố' : 'Tỉnh'} ${one.name}`;
}
