import type { Person } from '../../src-shared/domain/persons/person.ts';
import type { Chance } from './seeded-chance.ts';

/**
 * Family names in parts of a thousand. The large ones as in the whole country, where three names carry over half of all
 * people: that is what makes a search by name hard. The rest as in a commune of the north-west.
 */
const FAMILIES: readonly (readonly [string, number])[] = [
  ['Nguyễn', 380], ['Trần', 110], ['Lê', 90], ['Phạm', 65], ['Hoàng', 45], ['Phan', 30], ['Vũ', 30], ['Đặng', 20], ['Bùi', 20], ['Đỗ', 14], ['Ngô', 12], ['Dương', 10],
  ['Lò', 28], ['Giàng', 22], ['Vàng', 20], ['Sùng', 16], ['Lý', 14], ['Tẩn', 12], ['Thào', 10], ['Quàng', 8], ['Hạng', 7], ['Phàn', 7], ['Lầu', 6], ['Mùa', 5], ['Chảo', 5], ['Hầu', 4], ['Ma', 4], ['Cháng', 3], ['Cứ', 3],
];
const LOWLAND_FAMILIES = 12;
const FAMILY_BY_PART = FAMILIES.flatMap(([, parts], index) => Array<number>(parts).fill(index));

const WOMEN = ['Hạnh', 'Hoa', 'Lan', 'Hương', 'Linh', 'Phương', 'Thảo', 'Mai', 'Yến', 'Ánh', 'Nhung', 'Thu', 'Hằng', 'Nga', 'Trang', 'Ngọc', 'Huệ', 'Thúy', 'Loan', 'Xuân', 'Quỳnh', 'Dung'];
const MEN = ['Hùng', 'Dũng', 'Đức', 'Tuấn', 'Nam', 'Lâm', 'Quân', 'Bình', 'Thắng', 'Sơn', 'Hải', 'Minh', 'Long', 'Cường', 'Thành', 'Tùng', 'Hiếu', 'Trung', 'Kiên', 'Tiến', 'Phúc', 'Đạt'];
const MOUNTAIN_WOMEN = ['Mỷ', 'Dở', 'Mẩy', 'Súa', 'Chở', 'Sua', 'Pàng', 'Máy', 'Dợ', 'Khua', 'Ín', 'Nhình', 'Cở', 'Xúa'];
const MOUNTAIN_MEN = ['Páo', 'Chứ', 'Dình', 'Sính', 'Sểnh', 'Tủa', 'Sáng', 'Dế', 'Vàng', 'Chìa', 'Sử', 'Lử', 'Pánh', 'Tráng', 'Lềnh', 'Dơ'];
const MIDDLES_WOMEN = ['Thị', 'Thị', 'Thị', 'Thị', 'Ngọc', 'Thu', 'Thanh', 'Minh'];
const MIDDLES_MEN = ['Văn', 'Văn', 'Văn', 'Đức', 'Ngọc', 'Quang', 'Minh', 'Hữu', 'Xuân', 'Công'];
const MIDDLES_MOUNTAIN_MEN = ['A', 'A', 'A', 'Văn', 'Seo', 'Láo', 'Tả'];
const VILLAGES = ['Thôn Háng Tâu', 'Bản Phùng', 'Thôn Séo Pờ Hồ', 'Bản Nậm Mít', 'Thôn Lùng Phình', 'Bản Tả Van', 'Thôn Sín Chải', 'Bản Nà Khương', 'Thôn Bản Qua', 'Thôn Cốc Lầu'];
const PHONE_BEGINNINGS = ['091', '097', '098', '036', '086', '038', '083', '035'];

/** Somebody of the commune, as written on a dossier: an ID always, a phone with four of five. */
export function makePerson(chance: Chance): Person {
  const sex = chance.isHit(0.52) ? 'female' : 'male';
  const birthYear = 1945 + chance.below(61);
  const century = birthYear < 2000 ? 0 : 2;
  const idNumber = `010${century + (sex === 'female' ? 1 : 0)}${String(birthYear % 100).padStart(2, '0')}${chance.digits(6)}`;
  return {
    type: 'individual',
    name: makeName(chance, sex),
    birthDate: `${birthYear}-${two(1 + chance.below(12))}-${two(1 + chance.below(28))}`,
    sex,
    idKind: 'citizenId',
    idNumber,
    ...(chance.isHit(0.8) ? { phone: `${chance.pick(PHONE_BEGINNINGS)}${chance.digits(7)}` } : {}),
    address: `${chance.pick(VILLAGES)}, xã Nậm Khâu, tỉnh Lào Cai`,
    source: 'typed',
  };
}

export function makeName(chance: Chance, sex: 'female' | 'male'): string {
  const family = FAMILY_BY_PART[chance.below(FAMILY_BY_PART.length)]!;
  const isMountain = family >= LOWLAND_FAMILIES;
  const middles = sex === 'female' ? MIDDLES_WOMEN : isMountain ? MIDDLES_MOUNTAIN_MEN : MIDDLES_MEN;
  const given = sex === 'female' ? (isMountain ? MOUNTAIN_WOMEN : WOMEN) : isMountain ? MOUNTAIN_MEN : MEN;
  return `${FAMILIES[family]![0]} ${chance.pick(middles)} ${chance.pick(given)}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
