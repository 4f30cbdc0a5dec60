import type { DeskId, DeviceId, OfficeId, OfficerId } from '../../lib/ids.ts';
import type { Role } from '../officers/officer.ts';
import { orderCausally } from '../operations/causal-order.ts';
import { operationId, type Operation, type OperationHeader } from '../operations/operation.ts';
import type { AttributeVersion, Delegation, Desk, Device, InstalledPack, Office, OfficeConflict, Officer } from './office.ts';
import { officeBodySchemas, officeKindVersions, isOfficeKind, type OfficeBody, type OfficeKind } from './office-operations.ts';
import { hasAnyRole, rolesAt } from './permissions.ts';

/** Who may do which act of the office. `null`: a desk does it by itself. */
const OFFICE_PERMISSIONS: Readonly<Record<OfficeKind, readonly Role[] | null>> = {
  'office.established': null,
  'office.changed': ['admin'],
  'desk.admitted': ['admin'],
  'desk.joined': null,
  'desk.incarnated': null,
  'desk.renamed': ['admin'],
  'desk.revoked': ['admin'],
  'desk.dateConfirmed': ['reception', 'processing', 'leader', 'admin'],
  'number.tokenPicked': ['reception', 'processing', 'leader', 'admin'],
  'number.tokenReturned': ['admin'],
  'number.skipped': ['admin', 'leader'],
  'officer.created': ['admin'],
  'officer.changed': ['admin'],
  'officer.passwordReset': ['admin'],
  'delegation.granted': ['leader', 'admin'],
  'delegation.ended': ['leader', 'admin'],
  'pack.installed': ['admin'],
  'procedure.saved': ['admin'],
  'setting.changed': ['admin'],
  'calendarDay.saved': ['admin'],
};

/**
 * Folds the office's operations: a pure function of their set, in causal order. What does not fit is listed as a conflict
 * and has no effect. Returns undefined while the establishing operation has not arrived.
 */
export function foldOffice(operations: Iterable<Operation>): Office | undefined {
  const order = orderCausally(operations);
  const draft = new OfficeDraft();
  for (const operation of order.operations) draft.apply(operation);
  return draft.finish(order.heads);
}

/** May this officer do this act of the office now? The core asks before writing, the fold when reading. */
export function mayActOnOffice(office: Office, kind: OfficeKind, header: Pick<OperationHeader, 'actor' | 'at' | 'businessDate'>, body: unknown): boolean {
  const allowed = OFFICE_PERMISSIONS[kind];
  if (allowed === null) return true;
  if (header.actor === null) return kind === 'officer.passwordReset' && (body as OfficeBody<'officer.passwordReset'>).by === 'recovery';
  if (kind === 'officer.passwordReset' && (body as OfficeBody<'officer.passwordReset'>).officer === header.actor) return true;
  return hasAnyRole(rolesAt(office, header.actor, header), allowed);
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

class OfficeDraft {
  #established: { id: OfficeId; body: OfficeBody<'office.established'> } | undefined;
  readonly #versions: AttributeVersion[] = [];
  readonly #desks = new Map<DeskId, Mutable<Desk>>();
  readonly #devices = new Map<DeviceId, Mutable<Device>>();
  readonly #officers = new Map<OfficerId, Mutable<Officer>>();
  readonly #delegations = new Map<string, Mutable<Delegation>>();
  readonly #packs: InstalledPack[] = [];
  readonly #procedureSaves: OfficeBody<'procedure.saved'>[] = [];
  readonly #settings = new Map<string, unknown>();
  readonly #days = new Map<string, OfficeBody<'calendarDay.saved'>>();
  readonly #held = new Set<string>();
  readonly #claims = new Map<string, { device: DeviceId; operation: string }>();
  readonly #joins = new Map<string, string>();
  readonly #skipped: OfficeBody<'number.skipped'>[] = [];
  readonly #conflicts: OfficeConflict[] = [];
  readonly #unknown: string[] = [];

  apply(operation: Operation): void {
    const { header } = operation;
    const id = operationId(header);
    if (!isOfficeKind(header.kind) || header.version > officeKindVersions[header.kind]) {
      this.#unknown.push(id);
      return;
    }
    const parsed = officeBodySchemas[header.kind].safeParse(operation.body);
    if (!parsed.success) {
      this.#conflict('operation.malformed', [id], header.kind);
      return;
    }
    // The very first administrator is created by the set-up itself, before anybody holds a role.
    const first = header.kind === 'officer.created' && this.#officers.size === 0;
    if (!first && !mayActOnOffice(this.#view([]), header.kind, header, parsed.data)) {
      this.#conflict('operation.notPermitted', [id], header.kind);
      return;
    }
    const effect = this.#effects[header.kind] as (body: unknown, header: OperationHeader) => void;
    effect(parsed.data, header);
  }

  finish(heads: readonly string[]): Office | undefined {
    return this.#established && this.#view(heads);
  }

  readonly #effects: { readonly [K in OfficeKind]: (body: OfficeBody<K>, header: OperationHeader) => void } = {
    'office.established': (body, header) => {
      if (this.#established) return;
      this.#established = { id: header.office, body };
      this.#versions.push({ effectiveFrom: header.businessDate, attributes: body.attributes, numbering: body.numbering });
      this.#grantDesk(body.desk);
      this.#addDevice(body.device, body.desk.desk as DeskId, body.desk.token, null, header);
    },
    'office.changed': (body) => {
      this.#versions.push({ effectiveFrom: body.effectiveFrom, attributes: body.attributes, numbering: body.numbering });
      this.#versions.sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : a.effectiveFrom > b.effectiveFrom ? 1 : 0));
    },
    'desk.admitted': (body) => this.#grantDesk(body.grant, body.joinId),
    'desk.joined': (body, header) => {
      const used = this.#joins.get(body.joinId);
      if (used) this.#conflict('join.usedTwice', [used, operationId(header)], body.desk);
      this.#joins.set(body.joinId, operationId(header));
      this.#addDevice(body.device, body.desk as DeskId, this.#workingToken(body.desk as DeskId), null, header);
    },
    'desk.incarnated': (body, header) => {
      const desk = this.#desks.get(body.desk as DeskId);
      if (desk && body.token !== null) desk.reserves = desk.reserves.filter((token) => token !== body.token);
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
      this.#claim(body.token, header);
    },
    'number.tokenReturned': (body) => {
      this.#held.delete(body.token);
      this.#claims.delete(body.token);
    },
    'number.skipped': (body) => void this.#skipped.push(body),
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
        grantedAt: header.at,
        endedAt: null,
      }),
    'delegation.ended': (body, header) => {
      const delegation = this.#delegations.get(body.delegation);
      if (delegation) delegation.endedAt ??= header.at;
    },
    'pack.installed': (body, header) => void this.#packs.push({ ...body, operation: operationId(header) }),
    'procedure.saved': (body) => void this.#procedureSaves.push(body),
    'setting.changed': (body) => void this.#settings.set(body.key, body.value),
    'calendarDay.saved': (body) => void this.#days.set(body.date, body),
  };

  readonly #grants = new Map<DeskId, string>();

  #grantDesk(grant: OfficeBody<'desk.admitted'>['grant'], joinId?: string): void {
    void joinId;
    this.#desks.set(grant.desk as DeskId, { id: grant.desk as DeskId, name: grant.name, reserves: grant.reserves, revokedAt: null });
    this.#grants.set(grant.desk as DeskId, grant.token);
    for (const token of [grant.token, ...grant.reserves]) this.#held.add(token);
  }

  #workingToken(desk: DeskId): string | null {
    return this.#grants.get(desk) ?? null;
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
    if (token !== null) this.#claim(token, header, id);
  }

  /** Two devices on one token is what a folder copied twice looks like: visible, and both codes stay (rule 4). */
  #claim(token: string, header: OperationHeader, device: DeviceId = header.device): void {
    this.#held.add(token);
    const claim = this.#claims.get(token);
    const operation = operationId(header);
    if (claim && claim.device !== device) this.#conflict('token.claimedTwice', [claim.operation, operation], token);
    else this.#claims.set(token, { device, operation });
  }

  #conflict(reason: OfficeConflict['reason'], operations: readonly string[], detail: string): void {
    this.#conflicts.push({ reason, operations: [...operations].sort(), detail });
  }

  #view(heads: readonly string[]): Office {
    const established = this.#established;
    return {
      id: established?.id ?? ('' as OfficeId),
      publicKey: established?.body.officePublicKey ?? '',
      recoveryPublicKey: established?.body.recoveryPublicKey ?? '',
      training: established?.body.training ?? false,
      attributeVersions: this.#versions,
      desks: this.#desks,
      devices: this.#devices,
      officers: this.#officers,
      delegations: this.#delegations,
      packs: this.#packs,
      procedureSaves: this.#procedureSaves,
      settings: this.#settings,
      calendarDays: this.#days,
      heldTokens: this.#held,
      skippedNumbers: this.#skipped,
      conflicts: this.#conflicts,
      unknown: this.#unknown,
      heads,
    };
  }
}
