import { randomUUID } from 'node:crypto';
import type { OpenDesk } from '../../src-main/core/desk/open-desk.ts';
import { projectDossiers } from '../../src-node/operations/dossier-projection.ts';
import { operationId, type Operation } from '../../src-shared/domain/operations/operation.ts';
import type { OfficerId, SubjectId } from '../../src-shared/lib/ids.ts';
import { addDays, officeDate, officeInstant } from '../../src-shared/lib/office-time.ts';
import { ok } from '../../src-shared/lib/result.ts';
import { contentBody, PERSON } from './build-operations.ts';
import { valueOf } from './open-test-desk.ts';

/**
 * Many dossiers of a mountain commune: names as they are there (a few family names carry most people), one code, ID and phone
 * each, most of them returned long ago and the last few hundred open. Seeded: the same seed gives the same people.
 */
export interface Crowd {
  readonly count: number;
  readonly seed: number;
  readonly officer: OfficerId;
  /** How many of the newest stay open. */
  readonly openCount: number;
  readonly perDay: number;
}

export interface CrowdPerson {
  readonly name: string;
  readonly idNumber: string;
  readonly phone: string;
  readonly code: string;
}

export function createChance(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
}

const FAMILIES = [
  ...Array<string>(16).fill('Nguyễn'), ...Array<string>(14).fill('Giàng'), ...Array<string>(12).fill('Vàng'), ...Array<string>(9).fill('Lò'),
  ...Array<string>(8).fill('Sùng'), ...Array<string>(7).fill('Lý'), ...Array<string>(6).fill('Tẩn'), ...Array<string>(5).fill('Hoàng'), ...Array<string>(5).fill('Trần'),
  'Thào', 'Hạng', 'Phàn', 'Lầu', 'Đặng', 'Đỗ', 'Cứ', 'Mùa', 'Chảo', 'Hầu', 'Ly', 'Vũ', 'Bùi', 'Lê', 'Lê', 'Phạm', 'Phạm', 'Nùng', 'Quàng',
];
const GIVEN = [
  'Páo', 'Súa', 'Mỷ', 'Dở', 'Chứ', 'Mai', 'Mẩy', 'Dình', 'Sính', 'Ín', 'Sểnh', 'Hạnh', 'Ánh', 'Lâm', 'Hoa', 'Lan', 'Hùng', 'Dũng', 'Đức', 'Thảo', 'Vàng', 'Chung', 'Tủa', 'Nhà',
  'Sáng', 'Pàng', 'Dế', 'Khua', 'Cở', 'Sua', 'Tráng', 'Thanh', 'Tuấn', 'Nam', 'Hương', 'Linh', 'Phương', 'Quân', 'Bình', 'Yến',
];

function crowdPerson(chance: (below: number) => number): Omit<CrowdPerson, 'code'> {
  const isWoman = chance(2) === 0;
  const middle = isWoman ? 'Thị' : chance(3) === 0 ? 'Văn' : 'A';
  const digits = (count: number) => Array.from({ length: count }, () => chance(10)).join('');
  return {
    name: `${FAMILIES[chance(FAMILIES.length)]} ${middle} ${GIVEN[chance(GIVEN.length)]}`,
    idNumber: `010${isWoman ? 1 : 0}${String(50 + chance(49))}${digits(6)}`,
    phone: `0${['91', '97', '98', '36', '86'][chance(5)]}${digits(7)}`,
  };
}

const SLICE = 5_000;

/** Appends and projects them, `SLICE` to a transaction. Returns who they are, oldest first. */
export function insertCrowd(desk: OpenDesk, crowd: Crowd): CrowdPerson[] {
  const chance = createChance(crowd.seed);
  const people: CrowdPerson[] = [];
  const today = officeDate(desk.clock.nowMs());
  const days = Math.ceil(crowd.count / crowd.perDay);
  for (let from = 0; from < crowd.count; from += SLICE) {
    valueOf(
      desk.log.write((writing) => {
        const subjects: Operation[][] = [];
        for (let index = from; index < Math.min(from + SLICE, crowd.count); index += 1) {
          const date = addDays(today, Math.floor(index / crowd.perDay) - days + 1);
          const counter = (index % crowd.perDay) + 1;
          const person = { ...crowdPerson(chance), code: `H99.99-${date.slice(2).replaceAll('-', '')}-1${String(counter).padStart(3, '0')}` };
          people.push(person);
          const subject = randomUUID() as string as SubjectId;
          const operations: Operation[] = [];
          const append = (kind: string, body: unknown) =>
            operations.push(writing.append({ kind, version: 1, subject, actor: crowd.officer, after: operations.slice(-1).map(({ header }) => ({ device: header.device, seq: header.seq })), body }));
          append('dossier.received', receivedBody(person, date, counter));
          if (index < crowd.count - crowd.openCount) appendEnd(append, operations, person);
          subjects.push(operations);
        }
        projectDossiers(writing.db, writing.names, desk.office(), subjects);
        return ok(undefined);
      }),
    );
  }
  return people;
}

function appendEnd(append: (kind: string, body: unknown) => void, operations: readonly Operation[], person: CrowdPerson): void {
  const { header } = operations[0]!;
  append('dossier.taken', { officer: header.actor });
  append('dossier.finished', { result: { summary: 'Giấy khai sinh' }, finishedAt: header.wall });
  append('dossier.handedOver', { receiver: { ...PERSON, name: person.name }, receiverIs: 'owner', how: 'counter', shown: operationId(header), despiteConflicts: [] });
}

function receivedBody(person: CrowdPerson, date: string, counter: number) {
  const receivedAt = officeInstant(date, 480) + counter * 60_000;
  const content = contentBody();
  return {
    content: {
      ...content,
      owner: { ...PERSON, name: person.name, birthDate: '1980', idNumber: person.idNumber, phone: person.phone },
      appointment: { ...content.appointment, dueAt: officeInstant(addDays(date, 3), 1_020) },
    },
    receivedAt,
    clockUnverified: false,
    codes: [{ system: 'own', code: person.code }],
    number: { kind: 'dossier', token: '1', period: date, counter },
    register: { kind: 'register', token: '1', period: date.slice(0, 4), counter: counter + Math.floor(receivedAt / 86_400_000) * 1_000 },
    codeProvisional: false,
    receiptWanted: true,
  };
}
