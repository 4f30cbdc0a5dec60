import type { Chance } from '../seeded-chance.ts';
import type { FuzzOffice } from './fuzz-office.ts';
import { ATTRIBUTES, NUMBERING } from '../../helpers/build-operations.ts';

/** Kinds of acts about the office that a run writes. None of them ends the run: a desk that is revoked by name would. */
const BUILDERS: Readonly<Record<string, (chance: Chance, fuzz: FuzzOffice) => unknown>> = {
  'office.changed': () => ({ effectiveFrom: '2026-12-01', attributes: ATTRIBUTES, numbering: NUMBERING, reason: '' }),
  'officer.created': (chance) => ({ officer: id(chance), name: 'Lý Tả Mẩy', title: '', formOfAddress: 'chị', roles: ['reception'], credentials: { publicKey: 'none', wrappedPrivateKey: 'none' } }),
  'officer.changed': (chance, { desk }) => ({ officer: chance.pick([desk.officers.reception, id(chance)]), name: 'Lý Tả Mẩy', title: '', formOfAddress: 'chị', roles: ['reception', 'processing'], retired: chance.isHit(0.1) }),
  'delegation.granted': (chance, { desk }) => ({ delegation: id(chance), from: desk.officers.leader, to: desk.officers.processing, roles: ['leader'], firstDate: '2026-11-01', lastDate: '2026-12-31', reason: '' }),
  'setting.changed': (chance) => ({ key: chance.pick(['deadlines', 'x', '__proto__']), value: chance.pick([null, 1, { a: [] }, 'x']) }),
  'calendarDay.saved': (chance) => ({ date: chance.pick(['2026-11-24', '9999-12-31', '0000-01-01']), type: 'closed', name: '' }),
  'desk.renamed': (_chance, { desk }) => ({ desk: desk.desk.office().devices.get(desk.desk.device)!.desk, name: 'Máy khác' }),
  'desk.revoked': (chance) => ({ desk: id(chance), reason: 'Mất máy' }),
  'desk.admitted': (chance) => ({ grant: { desk: id(chance), name: 'Máy 9', token: 'Z', reserves: [] }, joinId: id(chance), signature: 'x' }),
  'desk.joined': (chance, { hostile }) => ({ desk: id(chance), joinId: id(chance), device: { device: chance.pick(['d9', hostile.device]), publicKey: 'x' } }),
  'office.established': (_chance, { hostile }) => ({ attributes: ATTRIBUTES, numbering: NUMBERING, officePublicKey: 'x', recoveryPublicKey: 'x', training: false, desk: { desk: '00000000-0000-0000-0000-000000000000', name: 'x', token: '1', reserves: [] }, device: { device: hostile.device, publicKey: 'x' } }),
  'number.skipped': () => ({ number: { kind: 'dossier', token: '1', period: '2026-11-23', counter: 9 }, reason: 'x' }),
  'receiptBook.saved': (chance, { desk }) => ({ book: id(chance), series: 'AB/26P', first: 1, last: 50, desk: desk.desk.office().devices.get(desk.desk.device)!.desk, officer: desk.officers.all, closed: false }),
  'subject.erased': (chance, { hostile }) => ({ subject: chance.pick([...hostile.subjectKeys.keys()]), issued: [], reason: 'x' }),
};
export const OFFICE_KINDS_HERE = Object.keys(BUILDERS);

export function buildOfficeBody(kind: string, chance: Chance, fuzz: FuzzOffice): unknown {
  return BUILDERS[kind]!(chance, fuzz);
}

function id(chance: Chance): string {
  return `eeeeeeee-0000-4000-8000-${String(chance.between(0, 50)).padStart(12, '0')}`;
}
