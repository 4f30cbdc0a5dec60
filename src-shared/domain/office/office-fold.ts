import { isCanonicalValue } from '../../lib/canonical-json.ts';
import type { DeskId, DeviceId, OfficeId, OfficerId, SubjectId } from '../../lib/ids.ts';
import type { IsoDate } from '../../lib/office-time.ts';
import { overlappingBooks, receiptKey, type ReceiptBook, type ReceiptMark } from '../fees/receipt-book.ts';
import type { Role } from '../officers/officer.ts';
import { orderCausally, type CausalOrder } from '../operations/causal-order.ts';
import { operationId, writtenAt, type Operation, type OperationHeader, type OperationId } from '../operations/operation.ts';
import type { AttributeVersion, Delegation, Desk, Device, Erasure, InstalledPack, Office, OfficeConflict, Officer, RecoveryKey, SkippedNumber, TokenClaim } from './office.ts';
import { changesWhoMayAct, officeBodySchemas, officeKindVersions, isOfficeKind, type OfficeBody, type OfficeKind } from './office-operations.ts';
import { admissionText, incarnationText, type SignatureCheck } from './office-proofs.ts';
import { deviceFaultAt, hasAnyRole, mayDelegateFor, rolesAt } from './permissions.ts';

/** Who may do which act of the office. `null`: a desk does it by itself. */
const OFFICE_PERMISSIONS: Readonly<Record<OfficeKind, readonly Role[] | null>> = {
  'office.established': null,
  'office.recoveryRenewed': ['admin'],
  'office.changed': ['admin'],
  'office.logoAdded': ['admin'],
  'desk.admitted': ['admin'],
  'desk.joined': null,
  'desk.incarnated': null,
  'desk.renamed': ['admin'],
  'desk.revoked': ['admin', 'leader'],
  'desk.dateConfirmed': ['reception', 'processing', 'leader', 'admin'],
  'number.tokenPicked': ['reception', 'processing', 'leader', 'admin'],
  'number.tokenReturned': ['admin'],
  'number.skipped': ['admin', 'leader'],
  'receiptBook.saved': ['reception', 'leader', 'admin'],
  'receiptBook.numberMarked': ['reception', 'leader', 'admin'],
  'officer.created': ['admin'],
  'officer.changed': ['admin'],
  'officer.passwordReset': ['admin'],
  'delegation.granted': ['leader', 'admin'],
  'delegation.ended': ['leader', 'admin'],
  'pack.installed': ['admin'],
  'procedure.saved': ['admin'],
  'setting.changed': ['admin'],
  'calendarDay.saved': ['admin'],
  'subject.erased': ['admin'],
};

/**
 * Folds the office's operations: a pure function of their set, in causal order. What does not fit, a forged signature
 * among it, is listed as a conflict and has no effect. Returns undefined while the establishing operation has not arrived.
 */
export function foldOffice(operations: Iterable<Operation>, isSigned: SignatureCheck): Office | undefined {
  const order = orderCausally(operations);
  const draft = new OfficeDraft(isSigned);
  order.operations.forEach((operation, position) => draft.apply(operation, operation.header.kind === 'subject.erased' ? knownToAuthor(order, position, isSigned) : undefined));
  return draft.finish(order.heads);
}

/**
 * The office as the author of an act knew it; undefined where nothing concurrent was read before it that changes who may act. An
 * erasure is judged by that: what is gone cannot come back, whatever is heard of later (decisions/0012).
 */
function knownToAuthor({ operations, areConcurrent }: CausalOrder, position: number, isSigned: SignatureCheck): OfficeDraft | undefined {
  const before = operations.slice(0, position);
  if (!before.some(({ header }, earlier) => changesWhoMayAct(header.kind) && areConcurrent(earlier, position))) return undefined;
  const known = new OfficeDraft(isSigned);
  before.forEach((operation, earlier) => void (areConcurrent(earlier, position) || known.apply(operation)));
  return known;
}

/** May this officer do this act of the office now? The core asks before writing, the fold when reading. */
export function mayActOnOffice(office: Office, kind: OfficeKind, header: Pick<OperationHeader, 'actor' | 'at' | 'businessDate'>, body: unknown): boolean {
  const allowed = OFFICE_PERMISSIONS[kind];
  if (allowed === null) return true;
  if (header.actor === null) return isByRecoveryCode(kind, body) || isWordOfErased(kind, body);
  if (kind === 'officer.passwordReset' && (body as OfficeBody<'officer.passwordReset'>).officer === header.actor) return true;
  if (kind === 'delegation.granted') return mayDelegateFor(office, header.actor, header.at, (body as OfficeBody<'delegation.granted'>).from as OfficerId);
  if (kind === 'delegation.ended') {
    return mayDelegateFor(office, header.actor, header.at, office.delegations.get((body as OfficeBody<'delegation.ended'>).delegation)?.from);
  }
  const alsoByReception = kind === 'setting.changed' && RECEPTION_SETTINGS.has((body as OfficeBody<'setting.changed'>).key);
  return hasAnyRole(rolesAt(office, header.actor, header), alsoByReception ? [...allowed, 'reception'] : allowed);
}

/** Notes of how work was done, which whoever did it leaves for the next time. */
const RECEPTION_SETTINGS: ReadonlySet<string> = new Set(['importReading']);

/** What whoever opened a desk with the recovery code may do without being an officer. */
function isByRecoveryCode(kind: OfficeKind, body: unknown): boolean {
  if (kind !== 'officer.passwordReset' && kind !== 'office.recoveryRenewed') return false;
  return (body as OfficeBody<'officer.passwordReset' | 'office.recoveryRenewed'>).by === 'recovery';
}

/** A desk says it by itself of what goes with a dossier that the office has erased. */
function isWordOfErased(kind: OfficeKind, body: unknown): boolean {
  return kind === 'receiptBook.numberMarked' && (body as OfficeBody<'receiptBook.numberMarked'>).mark === 'erased';
}

/**
 * Reserves are taken in order. One passed over was taken by an incarnation that a restore has forgotten, and only that
 * machine knows of it; so it is no reserve any more wherever the folder goes.
 */
function reservesAfter(reserves: readonly string[], taken: string | null): readonly string[] {
  if (taken === null) return [];
  return reserves.slice(reserves.indexOf(taken) + 1);
}

type BirthBody = OfficeBody<'office.established' | 'desk.joined' | 'desk.incarnated'>;
type Admission = NonNullable<OfficeBody<'desk.joined'>['admission']>;

function recoveryKey(publicKey: string, by: RecoveryKey['by'], { businessDate, device, actor }: OperationHeader): RecoveryKey {
  return { publicKey, by, madeOn: businessDate, device, actor };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

class OfficeDraft {
  readonly #isSigned: SignatureCheck;
  #established: { id: OfficeId; body: OfficeBody<'office.established'> } | undefined;
  #recovery: RecoveryKey | undefined;
  readonly #versions: AttributeVersion[] = [];
  readonly #logos = new Map<OperationId, string>();
  readonly #desks = new Map<DeskId, Mutable<Desk>>();
  readonly #devices = new Map<DeviceId, Mutable<Device>>();
  readonly #officers = new Map<OfficerId, Mutable<Officer>>();
  readonly #delegations = new Map<string, Mutable<Delegation>>();
  readonly #packs: InstalledPack[] = [];
  readonly #procedureSaves: OfficeBody<'procedure.saved'>[] = [];
  readonly #settings = new Map<string, unknown>();
  readonly #days = new Map<string, OfficeBody<'calendarDay.saved'>>();
  readonly #returned = new Map<string, IsoDate>();
  /** Held by whoever claimed it first. */
  readonly #claims = new Map<string, TokenClaim>();
  readonly #grants = new Map<DeskId, string>();
  readonly #admissions = new Map<string, DeskId>();
  readonly #joins = new Map<string, string>();
  readonly #skipped: SkippedNumber[] = [];
  readonly #books = new Map<string, ReceiptBook>();
  /** What each book is by now was said last by this act. */
  readonly #bookActs = new Map<string, OperationId>();
  readonly #marks = new Map<string, ReceiptMark>();
  readonly #erasures = new Map<SubjectId, Erasure>();
  readonly #conflicts: OfficeConflict[] = [];
  readonly #unknown: string[] = [];

  constructor(isSigned: SignatureCheck) {
    this.#isSigned = isSigned;
  }

  /** `judge`: the office that says whether the act is allowed, where that is not this one. */
  apply(operation: Operation, judge: OfficeDraft = this): void {
    const { header } = operation;
    const id = operationId(header);
    if (!isOfficeKind(header.kind) || header.version > officeKindVersions[header.kind]) {
      this.#unknown.push(id);
      return;
    }
    // Bottomless nesting is refused before the schema descends into it.
    const parsed = isCanonicalValue(operation.body) ? officeBodySchemas[header.kind].safeParse(operation.body) : undefined;
    if (!parsed?.success) {
      this.#conflict('operation.malformed', [id], header.kind);
      return;
    }
    if (!judge.#isAllowed(header.kind, header, parsed.data)) {
      this.#conflict('operation.notPermitted', [id], header.kind);
      return;
    }
    const effect = this.#effects[header.kind] as (body: unknown, header: OperationHeader) => void;
    effect(parsed.data, header);
  }

  finish(heads: readonly string[]): Office | undefined {
    if (!this.#established) return undefined;
    for (const [one, other] of overlappingBooks([...this.#books.values()])) this.#conflict('receiptBook.overlaps', [this.#bookActs.get(one.id)!, this.#bookActs.get(other.id)!], one.series);
    return this.#view(heads);
  }

  #isAllowed(kind: OfficeKind, header: OperationHeader, body: unknown): boolean {
    const birth = this.#births[kind] as ((body: unknown) => boolean) | undefined;
    if (birth) return this.#isOwnBirth(body as BirthBody, header) && birth(body);
    if (deviceFaultAt({ desks: this.#desks, devices: this.#devices }, header.device, header.at) !== null) return false;
    // The office's own acts are no subject that anybody may wipe out.
    if (kind === 'subject.erased' && (body as OfficeBody<'subject.erased'>).subject === header.subject) return false;
    // What was granted once is ended or runs out; nobody puts other dates or people in its place.
    if (kind === 'delegation.granted' && this.#delegations.has((body as OfficeBody<'delegation.granted'>).delegation)) return false;
    if (kind === 'officer.created') {
      if (this.#officers.has((body as OfficeBody<'officer.created'>).officer as OfficerId)) return false;
      // The very first administrator is created by the set-up itself, before anybody holds a role.
      if (this.#officers.size === 0) return true;
    }
    return mayActOnOffice(this.#view([]), kind, header, body);
  }

  /** The acts by which devices come to be: written by a device that the office does not know yet, so judged by what they name. */
  readonly #births: { readonly [K in OfficeKind]?: (body: OfficeBody<K>) => boolean } = {
    'office.established': () => !this.#established,
    'desk.joined': (body) => (body.admission ? this.#isAdmission(body, body.admission) : this.#admissions.get(body.joinId) === body.desk),
    'desk.incarnated': (body) => this.#isSuccession(body),
  };

  /** A device is told of by its own first act: nobody, itself included, gives its name another key later, whatever the stamp. */
  #isOwnBirth({ device: { device } }: BirthBody, { device: author, seq }: OperationHeader): boolean {
    return device === author && seq === 1;
  }

  #isAdmission({ joinId, desk }: OfficeBody<'desk.joined'>, { grant, signature }: Admission): boolean {
    const office = this.#established;
    return office !== undefined && grant.desk === desk && this.#isSigned(office.body.officePublicKey, admissionText({ office: office.id, joinId, grant }), signature);
  }

  #isSuccession({ desk, device: { device, publicKey }, previousDevice, previousSeq, signature }: OfficeBody<'desk.incarnated'>): boolean {
    const previous = this.#devices.get(previousDevice as DeviceId);
    if (!this.#established || previous?.desk !== desk) return false;
    return this.#isSigned(previous.publicKey, incarnationText({ office: this.#established.id, desk, device, publicKey, previousDevice, previousSeq }), signature);
  }

  readonly #effects: { readonly [K in OfficeKind]: (body: OfficeBody<K>, header: OperationHeader) => void } = {
    'office.established': (body, header) => {
      this.#established = { id: header.office, body };
      this.#recovery = recoveryKey(body.recoveryPublicKey, 'setUp', header);
      this.#addVersion({ ...body, effectiveFrom: header.businessDate }, header);
      this.#grantDesk(body.desk, header);
      this.#addDevice(body.device, body.desk.desk as DeskId, body.desk.token, null, header);
    },
    'office.recoveryRenewed': (body, header) => {
      this.#recovery = recoveryKey(body.recoveryPublicKey, body.by, header);
    },
    'office.changed': (body, header) => this.#addVersion(body, header),
    'office.logoAdded': ({ png }, header) => void this.#logos.set(operationId(header), png),
    'desk.admitted': (body, header) => this.#admit(body, header),
    'desk.joined': (body, header) => {
      // The desk that admitted it may be lost with its act: then the grant that the newcomer brings is all there is.
      if (body.admission && !this.#admissions.has(body.joinId)) this.#admit({ joinId: body.joinId, grant: body.admission.grant }, header);
      const used = this.#joins.get(body.joinId);
      if (used) this.#conflict('join.usedTwice', [used, operationId(header)], body.desk);
      this.#joins.set(body.joinId, operationId(header));
      this.#addDevice(body.device, body.desk as DeskId, this.#grants.get(body.desk as DeskId) ?? null, null, header);
    },
    'desk.incarnated': (body, header) => {
      const desk = this.#desks.get(body.desk as DeskId);
      if (desk) desk.reserves = reservesAfter(desk.reserves, body.token);
      this.#addDevice(body.device, body.desk as DeskId, body.token, body.previousDevice as DeviceId, header);
    },
    'desk.renamed': (body) => {
      const desk = this.#desks.get(body.desk as DeskId);
      if (desk) desk.name = body.name;
    },
    'desk.revoked': (body, header) => {
      const desk = this.#desks.get(body.desk as DeskId);
      if (desk) desk.revokedAt ??= header.at;
    },
    'desk.dateConfirmed': () => undefined,
    'number.tokenPicked': (body, header) => {
      const device = this.#devices.get(header.device);
      if (!device) return;
      device.token = body.token;
      device.tokenProvisional = true;
      this.#claim(body.token, device.desk, device.id, header);
    },
    // From now on another desk may get it, so nobody who had it may go on numbering with it.
    'number.tokenReturned': ({ token }, header) => {
      this.#returned.set(token, header.businessDate);
      this.#claims.delete(token);
      for (const desk of this.#desks.values()) desk.reserves = desk.reserves.filter((reserve) => reserve !== token);
      for (const device of this.#devices.values()) if (device.token === token) device.token = null;
    },
    'number.skipped': (body, header) => void this.#skipped.push({ ...body, at: writtenAt(header), by: header.actor }),
    'receiptBook.saved': ({ book: id, desk, officer, ...book }, header) => {
      this.#books.set(id, { ...book, id, desk: desk as DeskId, officer: officer as OfficerId });
      this.#bookActs.set(id, operationId(header));
    },
    // What stood on an erased dossier stays used up, whatever somebody said of it who did not know.
    'receiptBook.numberMarked': ({ mark, ...number }) => {
      if (this.#marks.get(receiptKey(number))?.mark === 'erased') return;
      if (mark === null) this.#marks.delete(receiptKey(number));
      else this.#marks.set(receiptKey(number), { ...number, mark });
    },
    'officer.created': (body, header) =>
      void this.#officers.set(body.officer as OfficerId, {
        id: body.officer as OfficerId,
        name: body.name,
        title: body.title,
        formOfAddress: body.formOfAddress,
        retired: false,
        roles: body.roles,
        credentials: body.credentials,
        roleChanges: [{ at: header.at, roles: body.roles }],
      }),
    'officer.changed': (body, header) => {
      const officer = this.#officers.get(body.officer as OfficerId);
      if (!officer) return;
      const roles = body.retired ? [] : body.roles;
      Object.assign(officer, { name: body.name, title: body.title, formOfAddress: body.formOfAddress, retired: body.retired, roles });
      officer.roleChanges = [...officer.roleChanges, { at: header.at, roles }];
    },
    'officer.passwordReset': (body) => {
      const officer = this.#officers.get(body.officer as OfficerId);
      if (officer) officer.credentials = body.credentials;
    },
    'delegation.granted': (body, header) =>
      void this.#delegations.set(body.delegation, {
        id: body.delegation,
        from: body.from as OfficerId,
        to: body.to as OfficerId,
        roles: body.roles,
        firstDate: body.firstDate,
        lastDate: body.lastDate,
        reason: body.reason,
        grantedAt: header.at,
        grantedBy: header.actor,
        endedAt: null,
        endedOn: null,
      }),
    'delegation.ended': (body, header) => {
      const delegation = this.#delegations.get(body.delegation);
      if (delegation?.endedAt === null) Object.assign(delegation, { endedAt: header.at, endedOn: header.businessDate });
    },
    'pack.installed': (body, header) => void this.#packs.push({ ...body, operation: operationId(header) }),
    'procedure.saved': (body) => void this.#procedureSaves.push(body),
    'setting.changed': (body) => void this.#settings.set(body.key, body.value),
    'calendarDay.saved': (body) => void this.#days.set(body.date, body),
    // Erased by two desks that did not know of each other: what either knew of its numbers counts.
    'subject.erased': ({ subject, issued }) => {
      const known = this.#erasures.get(subject as SubjectId)?.issued ?? [];
      const added = issued.filter((one) => !known.some((other) => other.operation === one.operation && other.number.kind === one.number.kind));
      this.#erasures.set(subject as SubjectId, { issued: [...known, ...added] });
    },
  };

  #addVersion({ effectiveFrom, attributes, numbering }: Pick<AttributeVersion, 'effectiveFrom' | 'attributes' | 'numbering'>, header: OperationHeader): void {
    this.#versions.push({ effectiveFrom, attributes, numbering, operation: operationId(header), decidedAt: header.at });
    this.#versions.sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : a.effectiveFrom > b.effectiveFrom ? 1 : 0));
  }

  #admit({ joinId, grant }: Pick<OfficeBody<'desk.admitted'>, 'joinId' | 'grant'>, header: OperationHeader): void {
    this.#admissions.set(joinId, grant.desk as DeskId);
    this.#grantDesk(grant, header);
  }

  #grantDesk(grant: OfficeBody<'desk.admitted'>['grant'], header: OperationHeader): void {
    const id = grant.desk as DeskId;
    // A desk once revoked stays so: else a stolen machine would come back with the next grant for its desk.
    const revokedAt = this.#desks.get(id)?.revokedAt ?? null;
    this.#desks.set(id, { id, name: grant.name, reserves: grant.reserves, revokedAt });
    this.#grants.set(id, grant.token);
    for (const token of [grant.token, ...grant.reserves]) this.#claim(token, id, null, header);
  }

  #addDevice(
    device: { device: string; publicKey: string },
    desk: DeskId,
    token: string | null,
    previousDevice: DeviceId | null,
    header: OperationHeader,
  ): void {
    const id = device.device as DeviceId;
    this.#devices.set(id, { id, desk, publicKey: device.publicKey, token, tokenProvisional: false, previousDevice });
    if (token !== null) this.#claim(token, desk, id, header);
  }

  /**
   * Two devices on one token is what a folder copied twice looks like: visible, and both codes stay (rule 4). One token
   * granted to two desks is shown as soon as both grants are known, before either desk numbers with it.
   */
  #claim(token: string, desk: DeskId, device: DeviceId | null, header: OperationHeader): void {
    const claim = this.#claims.get(token);
    const operation = operationId(header);
    const isTaken = claim && (claim.desk !== desk || (claim.device !== null && device !== null && claim.device !== device));
    if (isTaken) this.#conflict('token.claimedTwice', [claim.operation, operation], token);
    else this.#claims.set(token, { desk, device: device ?? claim?.device ?? null, operation });
  }

  #conflict(reason: OfficeConflict['reason'], operations: readonly string[], detail: string): void {
    this.#conflicts.push({ reason, operations: [...operations].sort(), detail });
  }

  #view(heads: readonly string[]): Office {
    const established = this.#established;
    return {
      id: established?.id ?? ('' as OfficeId),
      publicKey: established?.body.officePublicKey ?? '',
      recovery: this.#recovery ?? { publicKey: '', madeOn: '', device: '' as DeviceId, by: 'setUp', actor: null },
      training: established?.body.training ?? false,
      attributeVersions: this.#versions,
      logos: this.#logos,
      desks: this.#desks,
      devices: this.#devices,
      officers: this.#officers,
      delegations: this.#delegations,
      packs: this.#packs,
      procedureSaves: this.#procedureSaves,
      settings: this.#settings,
      calendarDays: this.#days,
      heldTokens: this.#claims,
      returnedTokens: this.#returned,
      skippedNumbers: this.#skipped,
      receiptBooks: this.#books,
      receiptMarks: this.#marks,
      erasures: this.#erasures,
      conflicts: this.#conflicts,
      unknown: this.#unknown,
      heads,
    };
  }
}
