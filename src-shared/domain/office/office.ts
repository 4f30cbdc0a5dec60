import { compareHlc, type Hlc } from '../../lib/hlc.ts';
import type { DeskId, DeviceId, OfficeId, OfficerId, SubjectId } from '../../lib/ids.ts';
import type { IsoDate } from '../../lib/office-time.ts';
import type { ReceiptBook, ReceiptMark } from '../fees/receipt-book.ts';
import type { Credentials, FormOfAddress, Role } from '../officers/officer.ts';
import type { OperationHeader, OperationId } from '../operations/operation.ts';
import type { Numbering, OfficeAttributes, OfficeBody } from './office-operations.ts';

/** The folded state of the office: what every desk of it knows about names, desks, officers, packs and settings. */
export interface Office {
  readonly id: OfficeId;
  readonly publicKey: string;
  readonly recovery: RecoveryKey;
  readonly training: boolean;
  /** In the order in which they take effect; see `attributesOn`. */
  readonly attributeVersions: readonly AttributeVersion[];
  /** Pictures for the head of papers by the operation that brought each, as base64 of a PNG; none is ever taken away. */
  readonly logos: ReadonlyMap<OperationId, string>;
  readonly desks: ReadonlyMap<DeskId, Desk>;
  readonly devices: ReadonlyMap<DeviceId, Device>;
  readonly officers: ReadonlyMap<OfficerId, Officer>;
  readonly delegations: ReadonlyMap<string, Delegation>;
  readonly packs: readonly InstalledPack[];
  /** Every change the office made to its catalogue, in causal order: a later one replaces only the parts it names. */
  readonly procedureSaves: readonly OfficeBody<'procedure.saved'>[];
  readonly settings: ReadonlyMap<string, unknown>;
  readonly calendarDays: ReadonlyMap<IsoDate, OfficeBody<'calendarDay.saved'>>;
  /** Tokens nobody may take: working, reserved or used. A returned token leaves this map; see `tokensNotFree`. */
  readonly heldTokens: ReadonlyMap<string, TokenClaim>;
  /** Tokens that came back, with the business date of the last act that returned them. */
  readonly returnedTokens: ReadonlyMap<string, IsoDate>;
  readonly skippedNumbers: readonly SkippedNumber[];
  readonly receiptBooks: ReadonlyMap<string, ReceiptBook>;
  /** By series and number. */
  readonly receiptMarks: ReadonlyMap<string, ReceiptMark>;
  /** What was erased, with the numbers that it had been given. */
  readonly erasures: ReadonlyMap<SubjectId, Erasure>;
  readonly conflicts: readonly OfficeConflict[];
  readonly unknown: readonly OperationId[];
  /** Roles and admissions are refolded into the dossiers when these change (design §1). */
  readonly heads: readonly OperationId[];
}

/** `at`: UTC milliseconds as the office counts. */
export type SkippedNumber = OfficeBody<'number.skipped'> & { readonly at: number; readonly by: OfficerId | null };

export type Erasure = Pick<OfficeBody<'subject.erased'>, 'issued'>;

/** What the recovery code in the safe opens: every desk's key is sealed to it. The code itself is nowhere but on paper. */
export interface RecoveryKey {
  readonly publicKey: string;
  readonly madeOn: IsoDate;
  readonly device: DeviceId;
  /** `recovery`: by whoever opened with the code before. */
  readonly by: 'setUp' | OfficeBody<'office.recoveryRenewed'>['by'];
  /** Null unless an administrator made it. */
  readonly actor: OfficerId | null;
}

/** Whose a token is; the device is null while it only lies ready for the desk. */
export interface TokenClaim {
  readonly desk: DeskId;
  readonly device: DeviceId | null;
  readonly operation: OperationId;
}

export interface AttributeVersion {
  readonly effectiveFrom: IsoDate;
  /** The operation that says so, and when it was written. */
  readonly operation: OperationId;
  readonly decidedAt: Hlc;
  readonly attributes: OfficeAttributes;
  readonly numbering: Numbering;
}

export interface Desk {
  readonly id: DeskId;
  readonly name: string;
  /** Tokens still unused; the next incarnation takes the first one. */
  readonly reserves: readonly string[];
  readonly revokedAt: Hlc | null;
}

export interface Device {
  readonly id: DeviceId;
  readonly desk: DeskId;
  readonly publicKey: string;
  /** The token this device numbers with; null until the officer picks one. */
  readonly token: string | null;
  /** True for a picked token: papers call the number provisional. */
  readonly tokenProvisional: boolean;
  readonly previousDevice: DeviceId | null;
}

export interface Officer {
  readonly id: OfficerId;
  readonly name: string;
  readonly title: string;
  readonly formOfAddress: FormOfAddress;
  readonly retired: boolean;
  readonly roles: readonly Role[];
  readonly credentials: Credentials;
  /** Every change of roles with its stamp, oldest first: permission is judged at the time of the act. */
  readonly roleChanges: readonly { readonly at: Hlc; readonly roles: readonly Role[] }[];
}

export interface Delegation {
  readonly id: string;
  readonly from: OfficerId;
  readonly to: OfficerId;
  readonly roles: readonly Role[];
  readonly firstDate: IsoDate;
  readonly lastDate: IsoDate;
  readonly reason: string;
  readonly grantedAt: Hlc;
  readonly grantedBy: OfficerId | null;
  readonly endedAt: Hlc | null;
  /** The business day on which it was ended early. */
  readonly endedOn: IsoDate | null;
}

export interface InstalledPack {
  readonly pack: 'catalogue' | 'calendar';
  readonly id: string;
  readonly version: string;
  readonly hash: string;
  readonly text: string;
  readonly operation: OperationId;
}

/** Something about the office that two machines wrote against each other, or an act that nobody was allowed. */
export interface OfficeConflict {
  readonly reason: 'token.claimedTwice' | 'join.usedTwice' | 'receiptBook.overlaps' | 'operation.notPermitted' | 'operation.malformed';
  readonly operations: readonly OperationId[];
  readonly detail: string;
}

/** The attributes in force on an office day. */
export function attributesOn(office: Office, date: IsoDate): AttributeVersion {
  const inForce = office.attributeVersions.filter((version) => version.effectiveFrom <= date);
  return inForce.at(-1) ?? office.attributeVersions[0]!;
}

/**
 * The attributes that an act was done under: those in force on its day, as far as they had been decided by then. A name
 * changed at noon stands on no paper of the morning, however late that paper is made (design §5).
 */
export function attributesOfAct(office: Office, { at, businessDate }: Pick<OperationHeader, 'at' | 'businessDate'>): AttributeVersion {
  const inForce = office.attributeVersions.filter((version) => version.effectiveFrom <= businessDate && compareHlc(version.decidedAt, at) <= 0);
  return inForce.at(-1) ?? office.attributeVersions[0]!;
}

/** The picture that a head of papers or the office's names speak of, as base64 of a PNG; null without one. */
export function logoOf({ logos }: Pick<Office, 'logos'>, { logo }: { readonly logo?: string | undefined }): string | null {
  return logos.get(logo ?? '') ?? null;
}

/**
 * Tokens that no desk may be given or pick on this day. A returned one rests until the year is over: who gets it cannot
 * know how far the lost desk had counted in the day's codes and the year's register (rule 4).
 */
export function tokensNotFree(office: Office, today: IsoDate): ReadonlySet<string> {
  const resting = [...office.returnedTokens].filter(([, returnedOn]) => firstFreeDay(returnedOn) > today);
  return new Set([...office.heldTokens.keys(), ...resting.map(([token]) => token)]);
}

/** When a token that came back on a day may be given again. */
export function firstFreeDay(returnedOn: IsoDate): IsoDate {
  return `${Number(returnedOn.slice(0, 4)) + 1}-01-01`;
}
