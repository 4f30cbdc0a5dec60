import { z } from 'zod';

/**
 * What an officer may do. One person usually holds several roles: a commune has about six dedicated staff.
 * reception = tiếp nhận và trả kết quả, processing = thụ lý, leader = lãnh đạo, admin = quản trị phần mềm.
 */
export const ROLES = ['reception', 'processing', 'leader', 'admin'] as const;
export type Role = (typeof ROLES)[number];
export const roleSchema = z.enum(ROLES);

/** How the screen speaks to the officer ({xưng} in the texts). */
const FORMS_OF_ADDRESS = ['anh', 'chị', 'ông', 'bà', 'cô', 'chú', 'đồng chí', 'anh/chị'] as const;
export const formOfAddressSchema = z.enum(FORMS_OF_ADDRESS);
export type FormOfAddress = z.infer<typeof formOfAddressSchema>;

/**
 * What lets an officer sign in on any desk of the office: a key pair whose private half is wrapped by the password.
 * A desk that is open seals its database key to `publicKey`; the password itself is nowhere.
 */
export const credentialsSchema = z.strictObject({
  publicKey: z.string().max(200),
  wrappedPrivateKey: z.string().max(2_000),
});
export type Credentials = z.infer<typeof credentialsSchema>;
