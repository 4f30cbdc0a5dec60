import { z } from 'zod';
import { headerToCanonical, type OperationHeader } from '../../../src-shared/domain/operations/operation.ts';
import { foldOffice } from '../../../src-shared/domain/office/office-fold.ts';
import { admissionText } from '../../../src-shared/domain/office/office-proofs.ts';
import type { Office } from '../../../src-shared/domain/office/office.ts';
import { err, ok, type Result } from '../../../src-shared/lib/result.ts';
import type { DeviceId, OfficeId, OfficerId, SubjectId } from '../../../src-shared/lib/ids.ts';
import { commitOf } from '../../../src-node/crypto/chain.ts';
import { isTextSigned, randomKeyBytes } from '../../../src-node/crypto/keys.ts';
import { unwrapByPassword, wrapByPassword, type PasswordParameters, type WrappedSecret } from '../../../src-node/crypto/password-wrap.ts';
import { toOperation, type StoredOperation } from '../../../src-node/operations/operation-rows.ts';

/**
 * What an existing desk gives a new one on a USB stick: the office's operations (names, officers, desks, packs), its keys
 * and the grant of a number series. Sealed by a code that is told apart from the file; it serves one desk (design §3).
 */
const FORMAT = 'motcua-join/1';
const PURPOSE = 'motcua-join-file-v1';
const CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 12;

const bytesText = z.string().transform((text) => Buffer.from(text, 'base64url'));
const headerSchema = z.strictObject({
  actor: z.string().nullable(),
  after: z.array(z.tuple([z.string(), z.int().min(1)])),
  at: z.tuple([z.int(), z.int()]),
  businessDate: z.string(),
  device: z.string(),
  kind: z.string(),
  office: z.string(),
  seq: z.int().min(1),
  subject: z.string(),
  version: z.int().min(1),
  wall: z.int(),
});
const contentSchema = z.strictObject({
  office: z.uuid(),
  joinId: z.uuid(),
  grant: z.strictObject({ desk: z.uuid(), name: z.string(), token: z.string(), reserves: z.array(z.string()) }),
  signature: z.string(),
  officePrivateKey: z.string(),
  subjectKey: bytesText,
  operations: z.array(z.strictObject({ header: headerSchema, body: bytesText, commitment: bytesText, hash: bytesText })).min(1),
});
const fileSchema = z.strictObject({ format: z.literal(FORMAT), sealed: z.record(z.string(), z.union([z.string(), z.number()])) });

export interface JoinContent {
  readonly office: OfficeId;
  readonly joinId: string;
  readonly grant: { readonly desk: string; readonly name: string; readonly token: string; readonly reserves: readonly string[] };
  readonly signature: string;
  readonly officePrivateKey: string;
  readonly subjectKey: Uint8Array;
  readonly operations: readonly StoredOperation[];
}

/** 58 random bits, shown in three groups: enough behind Argon2id for a file that lives a few minutes. */
export function generateJoinCode(): string {
  const symbols = [...randomKeyBytes(CODE_LENGTH * 4)].map((byte) => byte & 31).filter((value) => value < CODE_ALPHABET.length);
  const text = symbols.slice(0, CODE_LENGTH).map((value) => CODE_ALPHABET.charAt(value)).join('');
  return `${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8)}`;
}

export async function writeJoinFile(content: JoinContent, code: string, parameters?: PasswordParameters): Promise<string> {
  const plain = JSON.stringify({
    ...content,
    subjectKey: base64(content.subjectKey),
    operations: content.operations.map((operation) => ({
      header: headerToCanonical(operation.header),
      body: base64(operation.body ?? new Uint8Array()),
      commitment: base64(operation.commitment),
      hash: base64(operation.hash),
    })),
  });
  const sealed = await wrapByPassword(Buffer.from(plain, 'utf8'), plainCode(code), PURPOSE, parameters);
  return `${JSON.stringify({ format: FORMAT, sealed })}\n`;
}

/** Reads, opens and checks a join file: the code, the office's signature, every body against its commitment. */
export async function readJoinFile(text: string, code: string): Promise<Result<{ content: JoinContent; office: Office }, 'office.badJoinFile'>> {
  const file = fileSchema.safeParse(parseJson(text));
  if (!file.success) return err('office.badJoinFile');
  const opened = await unwrapByPassword(file.data.sealed as unknown as WrappedSecret, plainCode(code), PURPOSE);
  if (!opened.ok) return err('office.badJoinFile');
  const parsed = contentSchema.safeParse(parseJson(opened.value.toString('utf8')));
  if (!parsed.success) return err('office.badJoinFile');
  const content = toContent(parsed.data);
  if (content.operations.some(({ header, body, commitment }) => header.office !== content.office || !body || Buffer.compare(commitOf(content.subjectKey, body), commitment) !== 0)) {
    return err('office.badJoinFile');
  }
  const office = foldOffice(content.operations.map(toOperation), isTextSigned);
  if (!office) return err('office.badJoinFile');
  const proof = admissionText({ office: content.office, joinId: content.joinId, grant: content.grant });
  return isTextSigned(office.publicKey, proof, content.signature) ? ok({ content, office }) : err('office.badJoinFile');
}

function toContent(data: z.output<typeof contentSchema>): JoinContent {
  return {
    ...data,
    office: data.office as string as OfficeId,
    operations: data.operations.map(({ header, body, commitment, hash }) => ({ header: toHeader(header), body, commitment, hash })),
  };
}

function toHeader(header: z.output<typeof headerSchema>): OperationHeader {
  return {
    ...header,
    device: header.device as DeviceId,
    office: header.office as OfficeId,
    subject: header.subject as SubjectId,
    actor: header.actor as OfficerId | null,
    at: { ms: header.at[0], counter: header.at[1] },
    after: header.after.map(([device, seq]) => ({ device: device as DeviceId, seq })),
  };
}

function plainCode(code: string): string {
  return code.toUpperCase().replace(/[^0-9A-Z]/g, '');
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: the schema that follows refuses undefined.
    return undefined;
  }
}
