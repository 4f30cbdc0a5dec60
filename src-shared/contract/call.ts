import type { z } from 'zod';
import type { Result } from '../lib/result.ts';
import type { Role } from '../domain/officers/officer.ts';
import type { COMMON_ERRORS, ErrorCode, WireError } from './errors.ts';

/**
 * One call between a screen (or another program) and the program that answers it, declared once as data (design §5). The HTTP routes, the
 * typed client and the OpenAPI file are made from it.
 */
export interface Call<
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
  Errors extends readonly string[] = readonly ErrorCode[],
  Allowed = Access,
> {
  readonly method: 'GET' | 'POST';
  /** Below the address of its contract (/api for the desk's); `{name}` parts and, for GET, the query are members of the input. */
  readonly path: string;
  readonly summary: string;
  readonly access: Allowed;
  readonly input: Input;
  readonly output: Output;
  readonly errors: Errors;
  /** Bytes of the request's body. */
  readonly sizeBytesMax: number;
}

/**
 * Who may call. `open`: before anybody signed in; `recovery`: somebody who opened with the recovery code, or an
 * administrator; `maintenance`: as `recovery`, or a command-line tool of the same user on this machine; `anyOfficer`:
 * signed in; a list: any one of these roles.
 */
export type Access = 'open' | 'anyOfficer' | 'recovery' | 'maintenance' | readonly Role[];

/** Of whichever contract: who may call is that contract's own. */
export type AnyCall = Call<z.ZodType, z.ZodType, readonly string[], unknown>;

export const SIZE_SMALL = 16_384;
export const SIZE_FORM = 262_144;
export const SIZE_PACK = 8_388_608;

export function defineCall<I extends z.ZodType, O extends z.ZodType, const E extends readonly ErrorCode[], const A extends Access>(
  call: Omit<Call<I, O, E, A>, 'sizeBytesMax'> & { readonly sizeBytesMax?: number },
): Call<I, O, E, A> {
  return { sizeBytesMax: SIZE_SMALL, ...call };
}

export type CallInput<C extends AnyCall> = z.input<C['input']>;
export type CallOutput<C extends AnyCall> = z.output<C['output']>;
export type CallErrorCode<C extends AnyCall> = C['errors'][number] | (typeof COMMON_ERRORS)[number];
export type CallResult<C extends AnyCall> = Result<CallOutput<C>, WireError<CallErrorCode<C>>>;
