import { z } from 'zod';
import { isIsoDate } from '../../lib/office-time.ts';
import { defaultOfficeHours, officeHoursSchema, policeOfficeHours } from '../deadlines/calendar-pack.ts';
import { defaultDeadlineSettings } from '../deadlines/deadline.ts';
import type { DeadlineSettings } from '../deadlines/deadline.ts';
import { SUPPLEMENT_LIMIT_DAYS } from '../dossiers/supplement-limit.ts';
import { ZERO_TENS_WORDS } from '../fees/money.ts';
import { DEFAULT_IMPORT_READING, importReadingSchema } from '../imports/import-columns.ts';
import { DEFAULT_FORM_NUMBERING, formNumberingSchema } from '../numbers/form-number.ts';
import { addressBandsSchema, DEFAULT_ADDRESS_BANDS } from '../persons/citizen-address.ts';
import { codeShapeSchema } from '../province/foreign-code.ts';
import { DEFAULT_PROVINCE_ENTRY, provinceEntrySchema } from '../province/province-entry.ts';
import { DEFAULT_PROVINCE_FIELDS, provinceFieldOrderSchema } from '../province/province-fields.ts';

/**
 * The closed list of what an office may set, each with its shape and its default. Facts of the field that the sources
 * leave open are here and nowhere in the code (settled.md, rule 15). Keys are stored in operations: never renamed.
 */
export const officeSettingSchemas = {
  /** The screen locks after this many minutes without a key or a touch. */
  idleLockMinutes: z.int().min(1).max(240),
  /** Công an xã procedures are received only where the office says so. */
  policeProcedures: z.boolean(),
  /** settled.md 1. */
  receptionOutsideHours: z.enum(['nextWorkingDayIsDayOne', 'nextWorkingDayIsReceptionDay', 'calendarDaysRunOn'] satisfies DeadlineSettings['receptionOutsideHours'][]),
  /** domain.md §f: hours with a lunch break. */
  officeHours: officeHoursSchema,
  /** settled.md 9: Công an xã keeps its own hours, e.g. Saturday morning. */
  policeHours: officeHoursSchema,
  /** The first office day whose receipts follow Mẫu 01 of TT 03/2025/TT-VPCP (domain.md §b). */
  receipt2025From: z.string().refine(isIsoDate, { error: 'phải là một ngày có thật' }),
  /** What the receive form offers first. */
  paperSize: z.enum(['A4', 'A5']),
  /** How one speaks to a citizen by age and sex; differs from place to place (ux.md §12, 5). */
  citizenAddress: addressBandsSchema,
  /** Which dossiers are typed into the province's system too. */
  provinceEntry: provinceEntrySchema,
  /** The form of the province's system, from top to bottom. */
  provinceFields: provinceFieldOrderSchema,
  /** How codes of the province look; another one is asked about, never refused. Empty: nobody asks. */
  provinceCodeShapes: z.array(codeShapeSchema).max(10),
  /** How this office reads the exports that it imports; whoever imports adds to it. */
  importReading: importReadingSchema,
  /** Sums in words: một trăm linh năm, or một trăm lẻ năm. */
  zeroTensWord: z.enum(ZERO_TENS_WORDS),
  /** settled.md 8: after so many calendar days without the papers that were asked for, closing is proposed. */
  supplementLimitDays: z.int().min(1).max(366),
  /** Which forms the desk numbers, and the sign behind each number. */
  formNumbers: formNumberingSchema,
} as const;

export type OfficeSettingKey = keyof typeof officeSettingSchemas;
export type OfficeSettings = { readonly [K in OfficeSettingKey]: z.infer<(typeof officeSettingSchemas)[K]> };

export const defaultOfficeSettings: OfficeSettings = {
  idleLockMinutes: 10,
  policeProcedures: false,
  receptionOutsideHours: defaultDeadlineSettings.receptionOutsideHours,
  officeHours: defaultOfficeHours,
  policeHours: policeOfficeHours,
  receipt2025From: '2025-07-01',
  paperSize: 'A5',
  citizenAddress: DEFAULT_ADDRESS_BANDS,
  provinceEntry: DEFAULT_PROVINCE_ENTRY,
  provinceFields: DEFAULT_PROVINCE_FIELDS,
  provinceCodeShapes: ['{agency}-{yyMMdd}-{digits:4}'],
  importReading: DEFAULT_IMPORT_READING,
  zeroTensWord: 'linh',
  supplementLimitDays: SUPPLEMENT_LIMIT_DAYS,
  formNumbers: DEFAULT_FORM_NUMBERING,
};

export function isOfficeSettingKey(key: string): key is OfficeSettingKey {
  return Object.hasOwn(officeSettingSchemas, key);
}

/**
 * The settings in force, from what the office's operations say. A value this program cannot read (written by another
 * version, say) leaves the default standing: one bad setting never blocks the rest (rule 7).
 */
export function readOfficeSettings(stored: ReadonlyMap<string, unknown>): OfficeSettings {
  const entries = (Object.keys(officeSettingSchemas) as OfficeSettingKey[]).map((key) => {
    const parsed = stored.has(key) ? officeSettingSchemas[key].safeParse(stored.get(key)) : undefined;
    return [key, parsed?.success === true ? parsed.data : defaultOfficeSettings[key]] as const;
  });
  return Object.fromEntries(entries) as OfficeSettings;
}
