import { dateInWords } from '../deadlines/day-words.ts';
import type { IdNumberFinding } from './id-number.ts';
import type { Person } from './person.ts';

const SEX_WORDS = { male: 'nam', female: 'nữ' } as const;

/** A finding about an ID number as the officer reads it (ux.md §8, 3 and 4). `address` is the officer's {xưng}. */
export function explainIdFinding(finding: IdNumberFinding, address: string): string {
  const look = `${capital(address)} xem lại thẻ; đúng rồi thì cứ làm tiếp.`;
  switch (finding.code) {
    case 'idNumber.length':
      return `Số căn cước phải đủ 12 chữ số, hiện có ${finding.digits}.`;
    case 'idNumber.sex':
      return `Số căn cước cho thấy là ${SEX_WORDS[finding.fromNumber]}, ô Giới tính ghi ${SEX_WORDS[finding.fromNumber === 'male' ? 'female' : 'male']}. ${look}`;
    case 'idNumber.year':
      return `Số căn cước cho thấy sinh năm ${finding.fromNumber}, ô Ngày sinh ghi ${finding.written}. ${look}`;
    case 'idNumber.foreignBirth':
      return `Ba số đầu của số căn cước không phải mã tỉnh nào trong nước. ${look}`;
  }
}

/** The sentence for a birth date that has not come yet (ux.md §8, 11), else null. `today` is the business date. */
export function explainFutureBirth(person: Pick<Person, 'birthDate'>, today: string, address: string): string | null {
  const { birthDate } = person;
  if (birthDate === undefined || birthDate <= today.slice(0, birthDate.length)) return null;
  const written = birthDate.length === 4 ? `Năm sinh ${birthDate}` : `Ngày sinh ${dateInWords(birthDate)}`;
  return `${written} chưa tới. ${capital(address)} xem lại.`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
