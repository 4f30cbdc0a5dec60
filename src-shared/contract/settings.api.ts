import { z } from 'zod';
import { officeHoursSchema } from '../domain/deadlines/calendar-pack.ts';
import { officeAttributesSchema } from '../domain/office/office-operations.ts';
import { paperNamesSchema } from '../domain/office/paper-names.ts';
import { isIsoDate } from '../lib/office-time.ts';
import { defineCall, SIZE_FORM } from './call.ts';

/** What an office says of itself and its machines, what such a change would do, and who changed what. */
const isoDateSchema = z.string().refine(isIsoDate);
const line = (max: number) => z.string().trim().min(1).max(max);
const calendarDaySchema = z.discriminatedUnion('type', [
  z.strictObject({ date: isoDateSchema, type: z.enum(['closed', 'dayInLieu', 'makeUpWorkingDay']), name: z.string().trim().max(120) }),
  z.strictObject({ date: isoDateSchema, type: z.literal('asPack') }),
]);

/** A date as it was promised before a change of the calendar and as it would be promised after it. */
const movedDateSchema = z.object({ term: z.string(), receivedOn: z.string(), before: z.int(), after: z.int() });

export const settingsCalls = {
  'office.change': defineCall({
    method: 'POST', path: '/office/names', summary: 'Names, address, foot and picture of papers; papers of before keep theirs', access: ['admin'], sizeBytesMax: SIZE_FORM,
    input: paperNamesSchema.extend({ reason: z.string().trim().max(300).default('') }),
    output: z.object({ attributes: officeAttributesSchema }), errors: ['office.badLogo'],
  }),
  'office.getLogo': defineCall({
    method: 'GET', path: '/office/logo', summary: 'The picture in the head of papers', access: 'anyOfficer',
    input: z.object({}), output: z.object({ png: z.string().nullable() }), errors: [],
  }),
  'office.history': defineCall({
    method: 'GET', path: '/office/history', summary: 'Who changed what about the office and when, the newest first', access: 'anyOfficer',
    input: z.object({
      /** `next` of the page before. */
      before: z.string().max(80).regex(/^\d+\.\d+\.\d+$/).optional(),
      limit: z.coerce.number().int().min(1).max(50).default(20),
    }),
    output: z.object({
      entries: z.array(z.object({
        id: z.string(), at: z.int(), title: z.string(),
        lines: z.array(z.object({ label: z.string(), text: z.string() })),
        /** Null for what a desk did by itself. */
        actorName: z.string().nullable(), deskName: z.string().nullable(),
        /** False for an act that nobody was allowed, or that cannot be read. */
        applied: z.boolean(),
      })),
      next: z.string().nullable(),
    }),
    errors: [],
  }),
  'forms.preview': defineCall({
    method: 'POST', path: '/forms/preview', summary: 'A receipt with invented content under such a head; shown at /api/papers/{preview} until the next few', access: ['admin'], sizeBytesMax: SIZE_FORM,
    input: paperNamesSchema, output: z.object({ preview: z.uuid() }), errors: ['office.badLogo'],
  }),
  'desks.rename': defineCall({
    method: 'POST', path: '/desks/{desk}/rename', summary: 'Another name for a desk', access: ['admin'],
    input: z.strictObject({ desk: z.uuid(), name: line(40) }), output: z.object({}), errors: ['desks.unknown'],
  }),
  'desks.revoke': defineCall({
    method: 'POST', path: '/desks/{desk}/revoke', summary: 'Nothing that a lost or replaced desk writes from now on counts any more', access: ['leader', 'admin'],
    input: z.strictObject({ desk: z.uuid(), reason: line(300) }), output: z.object({}), errors: ['desks.unknown', 'desks.revokeHere', 'desks.alreadyRevoked'],
  }),
  'calendar.previewChange': defineCall({
    method: 'POST', path: '/calendar/preview', summary: 'What a day or other hours would change, computed and not written', access: ['admin'],
    input: z.discriminatedUnion('what', [
      z.strictObject({ what: z.literal('day'), day: calendarDaySchema }),
      z.strictObject({ what: z.literal('hours'), key: z.enum(['officeHours', 'policeHours']), hours: officeHoursSchema }),
    ]),
    output: z.object({
      /** Dossiers under way that are promised for the day or later; with hours: for now or later. Their dates stay. */
      running: z.int(),
      /** Of these, promised for a time at which nobody would be there. */
      whileClosed: z.int(),
      /** The first date on which the change is felt. */
      from: z.string(),
      /** How dates of new receptions move; none when no usual term reaches the change. */
      moved: z.array(movedDateSchema),
      /** Null unless the day would close the office for too long in one stretch. */
      refusal: z.string().nullable(),
    }),
    errors: [],
  }),
} as const;
