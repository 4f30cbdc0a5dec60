import { z } from 'zod';
import { personSchema } from '../persons/person.ts';

/**
 * What happens at the counter without a dossier: guiding somebody whose papers are not complete (Mẫu 02 before reception)
 * and refusing (Mẫu 03). No number and no clock (domain.md §e.2), but recorded, each as a subject of its own.
 */
const turnedAway = z.strictObject({
  procedure: z.strictObject({ code: z.string().max(40), name: z.string().max(2_000) }),
  person: personSchema.optional(),
  missingPapers: z.array(z.string().trim().min(1).max(400)).max(40),
  reason: z.string().trim().min(1).max(600),
  /** UTC milliseconds. */
  happenedAt: z.int(),
});

export const receptionBodySchemas = {
  'reception.guided': turnedAway,
  'reception.refused': turnedAway,
} as const;

export type ReceptionKind = keyof typeof receptionBodySchemas;
export type ReceptionBody = z.infer<typeof turnedAway>;

export const receptionKindVersions: Readonly<Record<ReceptionKind, number>> = { 'reception.guided': 1, 'reception.refused': 1 };
