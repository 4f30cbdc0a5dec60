import { createHash } from 'node:crypto';
import type { Dossier } from '../../src-shared/domain/dossiers/dossier.ts';
import { foldDossier } from '../../src-shared/domain/dossiers/dossier-fold.ts';
import type { Office } from '../../src-shared/domain/office/office.ts';
import { foldOffice } from '../../src-shared/domain/office/office-fold.ts';
import { admissionText, incarnationText, type SignatureCheck } from '../../src-shared/domain/office/office-proofs.ts';
import type { Role } from '../../src-shared/domain/officers/officer.ts';
import { orderCausally } from '../../src-shared/domain/operations/causal-order.ts';
import { operationId, parseOperationId, type Operation, type OperationId, type OperationRef } from '../../src-shared/domain/operations/operation.ts';
import { adoptHlc, nextHlc, type Hlc } from '../../src-shared/lib/hlc.ts';
import type { DeviceId, OfficeId, OfficerId, SubjectId } from '../../src-shared/lib/ids.ts';
import { officeDate } from '../../src-shared/lib/office-time.ts';

/** A tiny model of desks that know, or do not know, each other's operations. No clock and no chance: time is told. */
export const START_MS = Date.UTC(2026, 6, 1, 1, 0);
const OFFICE_ID = 'aaaaaaaa-0000-4000-8000-000000000001' as OfficeId;
export const OFFICE_SUBJECT = OFFICE_ID as unknown as SubjectId;
const DOSSIER_ID = 'dddddddd-0000-4000-8000-000000000001' as SubjectId;

const officerId = (n: number) => `eeeeeeee-0000-4000-8000-00000000000${n}` as OfficerId;
/** Who works in the built office. `all` holds every role but that of the administrator. */
export const OFFICERS = {
  admin: officerId(1),
  reception: officerId(2),
  processing: officerId(3),
  processing2: officerId(4),
  leader: officerId(5),
  all: officerId(6),
  all2: officerId(7),
} as const;
const OFFICER_ROLES: Readonly<Record<keyof typeof OFFICERS, readonly Role[]>> = {
  admin: ['admin'],
  reception: ['reception'],
  processing: ['processing'],
  processing2: ['processing'],
  leader: ['leader'],
  all: ['reception', 'processing', 'leader'],
  all2: ['reception', 'processing', 'leader'],
};

export const deskUuid = (n: number) => `bbbbbbbb-0000-4000-8000-00000000000${n}`;
export const joinUuid = (n: number) => `cccccccc-0000-4000-8000-00000000000${n}`;

/** Stands for a signature: whoever knows the name of a key has the key. */
const fakeSignature = (publicKey: string, text: string) => createHash('sha256').update(`${publicKey}\n${text}`).digest('hex');
export const isFakeSigned: SignatureCheck = (publicKey, text, signature) => signature === fakeSignature(publicKey, text);

export interface WriteOptions {
  readonly actor?: OfficerId | null;
  readonly subject?: SubjectId;
  readonly version?: number;
  /** Only to forge: the honest answer is what the desk knows. */
  readonly after?: readonly OperationRef[];
  readonly at?: Hlc;
  readonly businessDate?: string;
}

/** The common true time; each desk reads it through its own clock. */
export interface TrueTime {
  ms: number;
}

export class TestDesk {
  readonly device: DeviceId;
  readonly known = new Map<OperationId, Operation>();
  /** How far this desk's machine clock is off the true time. */
  wallOffsetMs = 0;
  /** How far this desk's trusted estimate is off the true time. */
  trustedOffsetMs = 0;
  actor: OfficerId = OFFICERS.all;
  #seq = 0;
  #stamp: Hlc = { ms: 0, counter: 0 };
  #office: { readonly count: number; readonly office: Office } | undefined;
  readonly #time: TrueTime;

  constructor(device: string, time: TrueTime) {
    this.device = device as DeviceId;
    this.#time = time;
  }

  write(kind: string, body: unknown, options: WriteOptions = {}): Operation {
    const subject = options.subject ?? DOSSIER_ID;
    const wall = this.#time.ms + this.wallOffsetMs;
    this.#stamp = nextHlc(this.#stamp, wall, this.trustedMs());
    this.#seq += 1;
    const operation: Operation = {
      header: {
        device: this.device,
        seq: this.#seq,
        at: options.at ?? this.#stamp,
        after: options.after ?? orderCausally(this.about(subject)).heads.map(parseOperationId),
        wall,
        businessDate: options.businessDate ?? officeDate(this.#time.ms),
        actor: options.actor === undefined ? this.actor : options.actor,
        kind,
        version: options.version ?? 1,
        office: OFFICE_ID,
        subject,
      },
      body,
    };
    this.known.set(operationId(operation.header), operation);
    return operation;
  }

  learn(from: TestDesk | Iterable<Operation>): void {
    for (const operation of from instanceof TestDesk ? from.known.values() : from) {
      const id = operationId(operation.header);
      if (this.known.has(id)) continue;
      this.known.set(id, operation);
      if (operation.header.device === this.device) this.#seq = Math.max(this.#seq, operation.header.seq);
      this.#stamp = adoptHlc(this.#stamp, operation.header.at, this.trustedMs());
    }
  }

  about(subject: SubjectId = DOSSIER_ID): Operation[] {
    return [...this.known.values()].filter((operation) => operation.header.subject === subject);
  }

  office(): Office {
    const operations = this.about(OFFICE_SUBJECT);
    // The log only grows, so as many operations are the same operations.
    if (this.#office?.count !== operations.length) this.#office = { count: operations.length, office: foldOffice(operations, isFakeSigned)! };
    return this.#office.office;
  }

  dossier(subject: SubjectId = DOSSIER_ID): Dossier | undefined {
    return foldDossier(this.about(subject), this.office());
  }

  trustedMs(): number {
    return this.#time.ms + this.trustedOffsetMs;
  }
}

export interface TestOffice {
  readonly time: TrueTime;
  readonly desks: readonly TestDesk[];
}

/** An office with its officers and desks; every desk knows all of that, and nothing else has happened. */
export function buildOffice(deskCount = 3): TestOffice {
  const time = { ms: START_MS };
  const desks = Array.from({ length: deskCount }, (_, index) => new TestDesk(`d${index + 1}`, time));
  const first = desks[0]!;
  const about = { subject: OFFICE_SUBJECT, actor: OFFICERS.admin };
  first.write('office.established', establishedBody(), { ...about, actor: null });
  for (const [name, officer] of Object.entries(OFFICERS)) {
    const isFirst = officer === OFFICERS.admin;
    first.write('officer.created', officerBody(officer, OFFICER_ROLES[name as keyof typeof OFFICERS]), { ...about, actor: isFirst ? null : OFFICERS.admin });
  }
  for (const [index, desk] of desks.entries()) {
    if (index === 0) continue;
    first.write('desk.admitted', admittedBody(index + 1), about);
    desk.learn(first);
    desk.write('desk.joined', joinedBody(index + 1, desk.device), { ...about, actor: null });
    first.learn(desk);
  }
  exchange(...desks);
  time.ms += 3_600_000;
  return { time, desks };
}

/** Everybody learns everything, twice round so that the order of desks does not matter. */
export function exchange(...desks: readonly TestDesk[]): void {
  for (const from of desks) for (const to of desks) to.learn(from);
}

/** An office in which the first desk has received a dossier and all know it. */
export function buildDossier(deskCount = 3): TestOffice & { readonly received: Operation } {
  const built = buildOffice(deskCount);
  const received = built.desks[0]!.write('dossier.received', receivedBody());
  exchange(...built.desks);
  built.time.ms += 60_000;
  return { ...built, received };
}

export const idOf = (operation: Operation): OperationId => operationId(operation.header);

/** What happened to an operation, as the desk sees it. */
export function effectOf(dossier: Dossier | undefined, operation: Operation): string | undefined {
  return dossier?.history.find((entry) => entry.id === idOf(operation))?.effect;
}

export const openConflicts = (dossier: Dossier | undefined) => (dossier?.conflicts ?? []).filter((conflict) => conflict.settledBy === null);

/* Bodies of the office's operations. */

const TOKENS = [...'1234567890'];
export function grantBody(n: number) {
  const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ'.slice((n - 1) * 3, n * 3);
  return { desk: deskUuid(n), name: `Quầy ${n}`, token: TOKENS[n - 1]!, reserves: [...letters] };
}
export const deviceBody = (device: string) => ({ device, publicKey: `key-${device}` });
export const admittedBody = (n: number) => ({ grant: grantBody(n), joinId: joinUuid(n), signature: 'signed' });
/** What the office's key vouches for, as a desk that joins carries it since version 2 of `desk.joined`. */
export const admissionBody = (n: number, joinId = joinUuid(n), key = 'office-key') => ({
  grant: grantBody(n),
  signature: fakeSignature(key, admissionText({ office: OFFICE_ID, joinId, grant: grantBody(n) })),
});
export function incarnatedBody(device: string, token: string | null, previousDevice = 'd1') {
  const proof = { desk: deskUuid(1), previousDevice, previousSeq: 3 };
  const text = incarnationText({ ...proof, office: OFFICE_ID, ...deviceBody(device) });
  return { ...proof, device: deviceBody(device), reason: 'folderCopied', token, signature: fakeSignature(deviceBody(previousDevice).publicKey, text) };
}
export const joinedBody = (n: number, device: string) => ({ desk: deskUuid(n), joinId: joinUuid(n), device: deviceBody(device) });

export const ATTRIBUTES = {
  provinceCode: '15',
  provinceName: 'Lào Cai',
  communeCode: '02647',
  communeName: 'Nậm Khâu',
  superiorName: 'UBND XÃ NẬM KHÂU',
  unitName: 'Trung tâm Phục vụ hành chính công',
  placeName: 'Nậm Khâu',
  agencyCode: 'H99.99',
};
export const NUMBERING = { pattern: '{agency}-{yyMMdd}-{series}{counter:3}', tokenLength: 1, alphabet: 'digitsAndLetters', mode: 'official' };

export function establishedBody() {
  return {
    attributes: ATTRIBUTES,
    numbering: NUMBERING,
    officePublicKey: 'office-key',
    recoveryPublicKey: 'recovery-key',
    training: false,
    desk: grantBody(1),
    device: deviceBody('d1'),
  };
}

export function officerBody(officer: OfficerId, roles: readonly Role[]) {
  return {
    officer,
    name: 'Lò Thị Mẩy',
    title: 'Công chức',
    formOfAddress: 'chị',
    roles,
    credentials: { publicKey: 'public', wrappedPrivateKey: 'wrapped' },
  };
}

export function officerChangedBody(officer: OfficerId, roles: readonly Role[], retired = false) {
  const { credentials: _credentials, ...body } = officerBody(officer, roles);
  return { ...body, retired };
}

/* Bodies of the dossier's operations: see build-dossier-bodies.ts for one of each kind. */

export const PERSON = { type: 'individual', name: 'Giàng A Páo', birthDate: '1979', idKind: 'citizenId', idNumber: '015079000123' };
export const PAPER = { name: 'Giấy chứng sinh', original: 1, certified: 0, photo: 0, seen: false, missing: false, compulsory: true };
const CHARGE = { amount: { state: 'unknown', note: 'chưa có biểu phí' } };

export function appointmentBody(day = 7) {
  return { mode: 'computed', dueAt: START_MS + day * 86_400_000, explanation: `${day} ngày`, calendarUnconfirmed: false, packs: [] };
}

/** Only the second has a term. */
export const STEPS = [
  { name: 'Tiếp nhận', role: 'reception', term: null },
  { name: 'Thẩm định', role: 'specialist', term: { unit: 'working_day', value: 2 } },
  { name: 'Phê duyệt', role: 'leader', term: null },
  { name: 'Trả kết quả', role: 'reception', term: null },
] as const;

export function contentBody() {
  return {
    procedure: { code: '1.001193', name: 'Đăng ký khai sinh', pack: 'a'.repeat(64), localVersion: 0, confirmed: true, steps: STEPS.map((step) => ({ ...step })) },
    owner: PERSON,
    request: 'Đăng ký khai sinh cho con',
    fields: {},
    papers: [PAPER],
    documents: [],
    sets: 1,
    channel: 'direct',
    delivery: { by: 'counter' },
    fee: CHARGE,
    levy: CHARGE,
    appointment: appointmentBody(),
    warnings: [],
  };
}

export function receivedBody() {
  return {
    content: contentBody(),
    receivedAt: START_MS,
    clockUnverified: false,
    codes: [{ system: 'own', code: 'H99.99-260701-1001' }],
    number: { kind: 'dossier', token: '1', period: '2026-07-01', counter: 1 },
    register: { kind: 'register', token: '1', period: '2026', counter: 1 },
    codeProvisional: false,
    receiptWanted: true,
  };
}
