import { hoursInWords } from '../../../../src-shared/domain/deadlines/hours-words.ts';
import { dateInWords } from '../../../../src-shared/domain/deadlines/day-words.ts';
import { FORM_NAMES } from '../../../../src-shared/domain/numbers/form-number.ts';
import { FORM_NUMBER_KINDS } from '../../../../src-shared/domain/numbers/number-series.ts';
import { isOfficeSettingKey, officeSettingSchemas, type OfficeSettingKey, type OfficeSettings } from '../../../../src-shared/domain/settings/office-settings.ts';

/** What a setting of the office is called on the screen; an unknown one by its key, for a newer program wrote it. */
export function settingName(key: string): string {
  return isOfficeSettingKey(key) ? NAMES[key] : key;
}

/** The value in words where there are short ones; else nothing, and the name of the setting says enough. */
export function settingWords(key: string, value: unknown): string {
  if (!isOfficeSettingKey(key)) return '';
  const parsed = officeSettingSchemas[key].safeParse(value);
  const words = WORDS[key] as ((value: unknown) => string) | undefined;
  return parsed.success && words !== undefined ? words(parsed.data) : '';
}

const NAMES: Readonly<Record<OfficeSettingKey, string>> = {
  idleLockMinutes: 'Tự khóa màn hình',
  policeProcedures: 'Nhận hồ sơ của Công an xã',
  receptionOutsideHours: 'Hồ sơ nhận ngoài giờ',
  officeHours: 'Giờ làm việc của cơ quan',
  policeHours: 'Giờ làm việc của Công an xã',
  receipt2025From: 'Ngày dùng mẫu giấy hẹn mới',
  paperSize: 'Cỡ giấy hẹn',
  citizenAddress: 'Cách xưng hô với người dân',
  provinceEntry: 'Hồ sơ nhập hệ thống tỉnh',
  provinceFields: 'Thứ tự ô của hệ thống tỉnh',
  provinceCodeShapes: 'Dạng mã của hệ thống tỉnh',
  importReading: 'Cách đọc tệp nhập hồ sơ',
  zeroTensWord: 'Cách đọc số tiền bằng chữ',
  supplementLimitDays: 'Hạn người dân bổ sung giấy tờ',
  formNumbers: 'Số của phiếu',
};

const WORDS: { readonly [K in OfficeSettingKey]?: (value: OfficeSettings[K]) => string } = {
  idleLockMinutes: (minutes) => `sau ${minutes} phút`,
  policeProcedures: (isOn) => (isOn ? 'có' : 'không'),
  receptionOutsideHours: (rule) => ({ nextWorkingDayIsDayOne: 'ngày làm việc sau là ngày thứ nhất', nextWorkingDayIsReceptionDay: 'coi như nhận ngày làm việc sau', calendarDaysRunOn: 'tính liền theo ngày lịch' })[rule],
  officeHours: hoursInWords,
  policeHours: hoursInWords,
  receipt2025From: (date) => dateInWords(date),
  paperSize: (size) => size,
  citizenAddress: (bands) => bands.map(({ fromAge, male, female, unknown }) => `từ ${fromAge} tuổi: ${male}, ${female}, ${unknown}`).join('; '),
  zeroTensWord: (word) => `một trăm ${word} năm`,
  supplementLimitDays: (days) => `${days} ngày`,
  provinceCodeShapes: (shapes) => shapes.join('; '),
  formNumbers: (numbering) => FORM_NUMBER_KINDS.map((kind) => `${FORM_NAMES[kind]} ${numbering[kind].by === 'hand' ? 'ghi tay' : `máy đánh số${numbering[kind].symbol === '' ? '' : `, sau số có /${numbering[kind].symbol}`}`}`).join('; '),
};
