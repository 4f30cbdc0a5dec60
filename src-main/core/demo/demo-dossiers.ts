import type { ReceiveInput } from '../../../src-shared/contract/dossiers.api.ts';

/** What happened in the practice office: who came when, for what, and how far it has got. */
export interface DemoDossier {
  /** Days before today, 0 = today; only days on which the office works are used. */
  readonly daysAgo: number;
  readonly time: string;
  readonly person: { readonly name: string; readonly idNumber: string; readonly birthDate: string; readonly phone?: string; readonly address: string };
  readonly procedureCode: string;
  readonly request: string;
  readonly fields?: ReceiveInput['fields'];
  readonly documents?: ReceiveInput['documents'];
  readonly papers?: readonly string[];
  readonly workingDays?: number;
  readonly until: 'received' | 'taken' | 'supplement' | 'finished' | 'returned';
  readonly result?: string;
}

/** Procedures whose steps have terms of their own in the practice office, so that late steps can be looked at. */
export const DEMO_FLOWS = {
  codes: ['1.004873', '1.004837', '1.001699', '1.008004'],
  flow: [
    { name: 'Tiếp nhận', role: 'reception', term: { unit: 'hour', value: 4 } },
    { name: 'Thẩm định', role: 'specialist', term: { unit: 'working_day', value: 1 } },
    { name: 'Phê duyệt', role: 'leader', term: { unit: 'hour', value: 4 } },
    { name: 'Trả kết quả', role: 'reception', term: null },
  ],
} as const;

const village = (name: string) => `${name}, xã Nậm Khâu, tỉnh Lào Cai`;

export const DEMO_DOSSIERS: readonly DemoDossier[] = [
  { daysAgo: 9, time: '08:12', person: { name: 'Vàng Seo Sính', idNumber: '010088000451', birthDate: '1988-02-17', phone: '0900000451', address: village('Thôn Lùng Phình') }, procedureCode: '1.004873', request: 'Xác nhận tình trạng hôn nhân để đăng ký kết hôn', papers: ['Tờ khai cấp Giấy xác nhận tình trạng hôn nhân'], workingDays: 3, until: 'taken' },
  { daysAgo: 8, time: '09:40', person: { name: 'Hạng Thị Dở', idNumber: '010179000232', birthDate: '1979-06-01', address: village('Thôn Háng Tâu') }, procedureCode: '2.000635', request: 'Cấp bản sao trích lục khai sinh', fields: { extractOf: 'Khai sinh', registeredName: 'Hạng A Chìa', copies: '2' }, papers: ['Tờ khai cấp bản sao trích lục hộ tịch'], until: 'returned', result: 'Bản sao trích lục khai sinh, 02 bản' },
  { daysAgo: 8, time: '14:05', person: { name: 'Lý Tả Mẩy', idNumber: '010165000118', birthDate: '1965-01-01', address: village('Bản Phùng') }, procedureCode: '2.002516', request: 'Xác nhận thông tin hộ tịch', papers: ['Tờ khai xác nhận thông tin hộ tịch'], until: 'finished', result: 'Văn bản xác nhận thông tin hộ tịch' },
  { daysAgo: 7, time: '10:20', person: { name: 'Phàn Tả Mẩy', idNumber: '010192000377', birthDate: '1992-11-20', phone: '0900000377', address: village('Bản Phùng') }, procedureCode: '1.004837', request: 'Đăng ký giám hộ cho cháu Phàn A Lềnh', papers: ['Tờ khai đăng ký giám hộ'], until: 'taken' },
  { daysAgo: 6, time: '08:35', person: { name: 'Giàng A Páo', idNumber: '010094000123', birthDate: '1994-03-12', phone: '0900000123', address: village('Thôn Háng Tâu') }, procedureCode: '1.001193', request: 'Đăng ký khai sinh cho cháu Giàng A Dế', fields: { childName: 'Giàng A Dế', childBirthDate: '2026-10-28', childSex: 'male' }, papers: ['Tờ khai đăng ký khai sinh'], until: 'supplement' },
  { daysAgo: 6, time: '15:20', person: { name: 'Tẩn Mùi Mẩy', idNumber: '010199000789', birthDate: '1999-08-09', phone: '0900000218', address: village('Thôn Séo Pờ Hồ') }, procedureCode: '1.001612', request: 'Đăng ký thành lập hộ kinh doanh tạp hóa', papers: ['Giấy đề nghị đăng ký hộ kinh doanh'], until: 'finished', result: 'Giấy chứng nhận đăng ký hộ kinh doanh số 12C8000112' },
  { daysAgo: 5, time: '09:05', person: { name: 'Lò Văn Ín', idNumber: '010071000640', birthDate: '1971-05-30', address: village('Bản Nậm Mít') }, procedureCode: '2.000635', request: 'Cấp bản sao trích lục khai tử', fields: { extractOf: 'Khai tử', registeredName: 'Lò Văn Pánh', copies: '1' }, papers: ['Tờ khai cấp bản sao trích lục hộ tịch'], until: 'finished', result: 'Bản sao trích lục khai tử, 01 bản' },
  { daysAgo: 5, time: '10:45', person: { name: 'Sùng A Vàng', idNumber: '010083000905', birthDate: '1983-09-14', address: village('Thôn Háng Tâu') }, procedureCode: '2.001035', request: 'Chứng thực hợp đồng tặng cho xe máy', papers: ['Dự thảo giao dịch'], until: 'returned', result: 'Hợp đồng đã chứng thực' },
  { daysAgo: 4, time: '08:15', person: { name: 'Lò Thị Mai', idNumber: '010304000456', birthDate: '2004-06-08', phone: '0900000456', address: village('Bản Phùng') }, procedureCode: '2.000815', request: 'Chứng thực bản sao bằng tốt nghiệp THPT', documents: [{ name: 'Bằng tốt nghiệp THPT', pages: 1, copies: 3 }], until: 'returned', result: 'Bản sao đã chứng thực, 03 bản' },
  { daysAgo: 4, time: '13:50', person: { name: 'Cháng Seo Lử', idNumber: '010058000077', birthDate: '1958', address: village('Thôn Séo Pờ Hồ') }, procedureCode: '1.001699', request: 'Xác nhận mức độ khuyết tật', fields: { beneficiaryName: 'Cháng Seo Lử' }, papers: ['Đơn đề nghị xác định mức độ khuyết tật'], until: 'taken' },
  { daysAgo: 3, time: '09:30', person: { name: 'Ma Thị Pàng', idNumber: '010190000812', birthDate: '1990-12-02', phone: '0900000812', address: village('Bản Nậm Mít') }, procedureCode: '1.000656', request: 'Đăng ký khai tử cho cụ Ma Văn Sài', fields: { deceasedName: 'Ma Văn Sài', deathDate: '2026-11-10' }, papers: ['Tờ khai đăng ký khai tử', 'Giấy báo tử'], until: 'returned', result: 'Trích lục khai tử' },
  { daysAgo: 3, time: '15:40', person: { name: 'Thào A Sử', idNumber: '010096000333', birthDate: '1996-07-19', phone: '0900000333', address: village('Thôn Lùng Phình') }, procedureCode: '2.001019', request: 'Chứng thực di chúc', papers: ['Dự thảo di chúc'], until: 'received' },
  { daysAgo: 2, time: '08:05', person: { name: 'Lầu Thị Súa', idNumber: '010162000540', birthDate: '1962-04-25', address: village('Thôn Háng Tâu') }, procedureCode: '2.000884', request: 'Chứng thực chữ ký giấy ủy quyền nhận lương hưu', documents: [{ name: 'Giấy ủy quyền', pages: 1, copies: 1 }], until: 'returned', result: 'Giấy ủy quyền đã chứng thực chữ ký' },
  { daysAgo: 2, time: '10:10', person: { name: 'Lý Láo Tả', idNumber: '010085000266', birthDate: '1985-10-10', phone: '0900000266', address: village('Bản Phùng') }, procedureCode: '1.008004', request: 'Chuyển đổi cơ cấu cây trồng trên đất lúa', papers: ['Bản đăng ký chuyển đổi'], until: 'taken' },
  { daysAgo: 1, time: '08:25', person: { name: 'Hoàng Thị Nhình', idNumber: '010195000618', birthDate: '1995-02-03', phone: '0900000618', address: village('Bản Nậm Mít') }, procedureCode: '2.000913', request: 'Sửa đổi hợp đồng thuê đất đã chứng thực', papers: ['Dự thảo văn bản sửa đổi'], until: 'taken' },
  { daysAgo: 1, time: '14:30', person: { name: 'Giàng Thị Chở', idNumber: '010198000729', birthDate: '1998-01-15', address: village('Thôn Séo Pờ Hồ') }, procedureCode: '1.001193', request: 'Đăng ký khai sinh cho cháu Vàng Thị Sua', fields: { childName: 'Vàng Thị Sua', childBirthDate: '2026-11-02', childSex: 'female' }, papers: ['Tờ khai đăng ký khai sinh', 'Giấy chứng sinh'], until: 'finished', result: 'Giấy khai sinh, 01 bản chính' },
];
