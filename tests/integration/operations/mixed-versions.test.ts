import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { actOnDossier } from '../../../src-main/core/features/dossiers/act-on-dossier.ts';
import { FACT } from '../../../src-main/core/desk/open-desk.ts';
import type { OfficerContext } from '../../../src-main/core/calls/handlers.ts';
import { commitOf, hashOf, signHead } from '../../../src-node/crypto/chain.ts';
import type { SigningPrivateKey, SigningPublicKey } from '../../../src-node/crypto/key-text.ts';
import { readFact } from '../../../src-node/operations/desk-facts.ts';
import { projectDossier } from '../../../src-node/operations/dossier-projection.ts';
import { ingestBranch, type Branch } from '../../../src-node/operations/ingest.ts';
import { getOperation, headerBytes, subjectToBytes, type StoredOperation } from '../../../src-node/operations/operation-rows.ts';
import { rebuildSlices } from '../../../src-node/operations/rebuild.ts';
import { verifyDesk } from '../../../src-node/operations/verify.ts';
import { currentBodyReader, type BodyReader } from '../../../src-shared/domain/dossiers/dossier-acts.ts';
import { foldDossier } from '../../../src-shared/domain/dossiers/dossier-fold.ts';
import { dossierKindVersions } from '../../../src-shared/domain/dossiers/dossier-operations.ts';
import type { SubjectId } from '../../../src-shared/lib/ids.ts';
import { ok } from '../../../src-shared/lib/result.ts';
import { closeDesks, dossierOf, exchange, openFirstDesk, openNeighbour, receive, write, type NeighbourDesk } from '../../helpers/neighbour-desks.ts';
import { writeOffice } from '../../helpers/write-office.ts';
import { codeOf, valueOf } from '../../helpers/open-test-desk.ts';

let first: NeighbourDesk;
let second: NeighbourDesk;
let third: NeighbourDesk;
beforeEach(async () => {
  first = await openFirstDesk();
  second = openNeighbour(first);
  third = openNeighbour(first);
});
afterEach(closeDesks);

/** Next year's program: taking up is at version 2 and names a room, and a kind is there that this one has never heard of. */
const newerReader: BodyReader = {
  versions: { ...dossierKindVersions, 'dossier.taken': 2 },
  upcast: (kind, version, body) => (kind === 'dossier.taken' && version === 1 ? { ...(body as object), room: '' } : body),
  parse: (kind, body) => (kind === 'dossier.taken' ? { success: true, data: body } : currentBodyReader.parse(kind, body)),
};

function writeNewer(desk: NeighbourDesk, subject: SubjectId): StoredOperation {
  const { log, db } = desk.desk;
  const heads = log.listSubject(subject).slice(-1).map(({ header }) => ({ device: header.device, seq: header.seq }));
  const body = { officer: desk.officers.processing, room: 'Phòng 2' };
  const { header } = valueOf(log.write(({ append }) => ok(append({ kind: 'dossier.taken', version: 2, subject, actor: desk.officers.processing, after: heads, body }))));
  return getOperation(db, log.names, header)!;
}

function take(desk: NeighbourDesk, subject: SubjectId) {
  const context = { desk: desk.desk, officer: desk.officers.processing, roles: new Set(['processing']), session: undefined } as unknown as OfficerContext;
  const request = { key: crypto.randomUUID(), call: 'dossiers.act', input: {}, dossier: subject };
  return actOnDossier(context, request, () => ok({ kind: 'dossier.taken', body: { officer: desk.officers.processing } }));
}

const faults = ({ desk }: NeighbourDesk) => verifyDesk(desk.db, desk.log.names, desk.office()).faults.filter(({ code }) => code !== 'number.gap' && code !== 'number.duplicate');

describe('what a newer program wrote', () => {
  it('is stored and relayed byte for byte by desks that do not understand it, and their chains verify', () => {
    const subject = receive(first);
    const strange = [write(first, subject, 'dossier.teleported', { to: 'Bản Phùng', heo: [1, { lợn: true }] }), write(first, subject, 'toString', { a: null })];
    const office = writeOffice(first.desk, first.officers.admin, 'office.twinned', { with: 'Xã Y Tý' });
    const newer = writeNewer(first, subject);
    exchange(first, second);
    exchange(second, third);
    const stored = (desk: NeighbourDesk) => [...strange.map(({ header }) => header), office.header, newer.header].map((header) => getOperation(desk.desk.db, desk.desk.log.names, header));
    expect(stored(third)).toEqual(stored(first));
    for (const desk of [first, second, third]) {
      expect(desk.desk.office().unknown).toContain(`${office.header.device}:${office.header.seq}`);
      expect(faults(desk)).toEqual([]);
    }
  });

  it('shows as needing an update and blocks acts on that dossier alone', () => {
    const [subject, other] = [receive(first), receive(first)];
    write(first, subject, 'dossier.teleported', { to: 'x' });
    exchange(first, second);
    expect(dossierOf(second, subject)).toMatchObject({ needsUpdate: true, status: 'received', conflicts: [] });
    expect(second.desk.db.value('SELECT json_extract(summary, ?) FROM dossiers WHERE id = ?', '$.needsReview', subjectToBytes(subject))).toBe(1);
    const seq = second.desk.log.head().seq;
    expect(codeOf(take(second, subject))).toBe('dossiers.needsUpdate');
    expect(second.desk.log.head().seq).toBe(seq);
    valueOf(take(second, other));
    expect(dossierOf(second, other).status).toBe('processing');
  });

  it('is folded by the newer program from the very bytes that the older one kept, through a rebuild', () => {
    const subject = receive(first);
    writeNewer(first, subject);
    exchange(first, second);
    expect(dossierOf(second, subject)).toMatchObject({ needsUpdate: true, status: 'received' });
    for (const slice of rebuildSlices(second.desk.db, second.desk.log.names, second.desk.office())) valueOf(slice);
    const upgraded = foldDossier(second.desk.log.listSubject(subject), second.desk.office(), newerReader)!;
    expect(upgraded).toMatchObject({ needsUpdate: false, status: 'processing', holder: second.officers.processing });
    expect(upgraded.history.at(-1)!.body).toEqual({ officer: second.officers.processing, room: 'Phòng 2' });
  });

  it('need not be canonical: floats, other orders and even what is no JSON travel as they were written', () => {
    const subject = receive(first);
    exchange(first, second);
    const bodies = [Buffer.from('{ "z": 1.50,\n "a": "\\u0041" }'), Buffer.from([0xff, 0xfe, 0x00, 0x41])];
    const branch = branchWith(first, subject, bodies);
    valueOf(
      second.desk.log.write((writing) => {
        const taken = ingestBranch(writing, second.desk.office().id, branch);
        projectDossier(writing.db, writing.names, second.desk.office(), second.desk.log.listSubject(subject));
        return taken;
      }),
    );
    exchange(second, third);
    for (const desk of [second, third]) {
      const kept = branch.operations.map(({ header }) => getOperation(desk.desk.db, desk.desk.log.names, header)!.body!);
      expect(kept.map((body) => Buffer.from(body).toString('hex'))).toEqual(bodies.map((body) => body.toString('hex')));
      expect(dossierOf(desk, subject)).toMatchObject({ needsUpdate: true, status: 'received' });
      expect(faults(desk)).toEqual([]);
    }
  });
});

/** What a newer program at the first desk would hand on after these bodies. */
function branchWith({ desk, officers }: NeighbourDesk, subject: SubjectId, bodies: readonly Buffer[]): Branch {
  const office = desk.office();
  const key = desk.db.value<Uint8Array>('SELECT key FROM subject_keys WHERE subject = ?', subjectToBytes(subject))!;
  let { seq, hash } = desk.log.head();
  const [{ header: model }] = desk.log.listSubject(subject) as [ReturnType<typeof desk.log.listSubject>[number]];
  const operations = bodies.map((body): StoredOperation => {
    seq += 1;
    const header = { ...model, seq, after: [{ device: model.device, seq: model.seq }], actor: officers.all, kind: 'dossier.dreamed' };
    const commitment = commitOf(key, body);
    hash = hashOf(hash, headerBytes(header), commitment);
    return { header, body, commitment, hash };
  });
  const privateKey = readFact<SigningPrivateKey>(desk.db, FACT.devicePrivateKey)!;
  const publicKey = office.devices.get(desk.device)!.publicKey as SigningPublicKey;
  const signature = signHead(privateKey, { office: office.id, device: desk.device, seq, hash });
  return { office: office.id, device: desk.device, publicKey, operations, head: { seq, hash, signature }, subjectKeys: new Map([[subject, key]]) };
}
