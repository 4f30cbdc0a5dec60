/** The people of the practice office. Invented, like everything in it. */
export const DEMO_OFFICERS = [
  { name: 'Nguyễn Thị Hạnh', title: 'Công chức Tư pháp – Hộ tịch', formOfAddress: 'chị', roles: ['reception', 'processing'], password: 'nam-khau-hanh', what: 'tiếp nhận, giải quyết' },
  { name: 'Hoàng Ngọc Ánh', title: 'Công chức Văn hóa – Xã hội', formOfAddress: 'chị', roles: ['processing'], password: 'nam-khau-anh', what: 'giải quyết' },
  { name: 'Đặng Văn Lâm', title: 'Giám đốc Trung tâm', formOfAddress: 'anh', roles: ['leader', 'admin', 'processing'], password: 'nam-khau-lam', what: 'lãnh đạo, quản trị' },
] as const;

export type DemoOfficer = (typeof DEMO_OFFICERS)[number];
export const DEMO_LEADER: DemoOfficer = DEMO_OFFICERS[2];

/** Shown on the sign-in screen of the practice office, and nowhere else. */
export function demoAccounts(): { name: string; password: string; what: string }[] {
  return DEMO_OFFICERS.map(({ name, password, what }) => ({ name, password, what }));
}

export const DEMO_OFFICE = {
  attributes: {
    provinceCode: '15',
    provinceName: 'Lào Cai',
    communeName: 'Xã Nậm Khâu',
    superiorName: 'ỦY BAN NHÂN DÂN XÃ NẬM KHÂU',
    unitName: 'TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG',
    placeName: 'Nậm Khâu',
    agencyCode: 'H99.27',
    hotline: '0900 000 900 (giờ hành chính)',
    lookupAddress: 'tracuu.motcua.example',
  },
  numbering: { pattern: '{agency}-{yyMMdd}-{series}{counter:3}', tokenLength: 1, alphabet: 'digitsAndLetters', mode: 'official' },
  deskName: 'Máy 1',
} as const;
