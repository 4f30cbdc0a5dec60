import { z } from 'zod';

/**
 * Which procedures are entered into the province's system too, besides being received here. Which system leads for a procedure
 * changes by law and by province (domain.md §b), so it is a setting: all of them but a few, or only those named.
 */
export const provinceEntrySchema = z.strictObject({
  /** True: every procedure, except those listed. False: only those listed. */
  byDefault: z.boolean(),
  exceptions: z.array(z.string().trim().min(1).max(40)).max(1_000),
});
export type ProvinceEntry = z.infer<typeof provinceEntrySchema>;

export const DEFAULT_PROVINCE_ENTRY: ProvinceEntry = { byDefault: true, exceptions: [] };

export function isEnteredThere({ byDefault, exceptions }: ProvinceEntry, procedureCode: string): boolean {
  return byDefault !== exceptions.includes(procedureCode);
}

/** The setting with one procedure put in or taken out. */
export function withEntry(entry: ProvinceEntry, procedureCode: string, isEntered: boolean): ProvinceEntry {
  const others = entry.exceptions.filter((code) => code !== procedureCode);
  return { ...entry, exceptions: isEntered === entry.byDefault ? others : [...others, procedureCode] };
}
