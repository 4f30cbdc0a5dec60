import { z } from 'zod';

/** An office is admitted once, by a code that the upper tier hands out; its desks follow from the office's own operations. */
export const ADMISSION_PATH = '/sync/v1/admission';
/** Who the server is: its id, its key, its life. Asked before anything else. */
export const SERVER_PATH = '/sync/v1/server';

/** Without letters and digits that are mistaken for each other (0 O 1 I L). */
export const ADMISSION_CODE_PATTERN = /^[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$/;

export const serverViewSchema = z.object({
  protocol: z.int().min(1),
  oldestProtocol: z.int().min(1),
  server: z.uuid(),
  epoch: z.string().max(40),
  /** Ed25519, base64url. */
  publicKey: z.string().max(60),
  name: z.string().max(120),
});
export type ServerView = z.infer<typeof serverViewSchema>;

/** The one device whose `office.established` counts, by its key: whoever merely knows the office cannot establish it first. */
const founderSchema = z.strictObject({ device: z.string().min(1).max(40), publicKey: z.string().max(60) });
export type Founder = z.infer<typeof founderSchema>;

export const admissionRequestSchema = z.strictObject({
  protocol: z.int().min(2),
  code: z.string().regex(ADMISSION_CODE_PATTERN),
  office: z.uuid(),
  officePublicKey: z.string().max(60),
  founder: founderSchema,
  /** Ed25519 by the office's key over `officeAdmissionText`. */
  signature: z.string().regex(/^[\w-]{86}$/),
});
export type AdmissionRequest = z.infer<typeof admissionRequestSchema>;

export function officeAdmissionText(server: string, { office, code, founder }: Pick<AdmissionRequest, 'office' | 'code' | 'founder'>): string {
  return `motcua-office-admission-v2\n${server}\n${office}\n${founder.device}\n${founder.publicKey}\n${code}`;
}
