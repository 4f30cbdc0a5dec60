import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeTracesGently, writeErasure, finishErasures } from '../../../src-main/core/desk/erasures.ts';
import { openDesk } from '../../../src-main/core/desk/open-desk.ts';
import { leftOfErased } from '../../../src-node/operations/erase-subject.ts';
import { getOperation } from '../../../src-node/operations/operation-rows.ts';
import { verifyDesk } from '../../../src-node/operations/verify.ts';
import type { SubjectId } from '../../../src-shared/lib/ids.ts';
import { ok } from '../../../src-shared/lib/result.ts';
import { decryptPages, textsFoundIn } from '../../helpers/decrypted-pages.ts';
import { closeDesks, dossierOf, exchange, openFirstDesk, openNeighbour, receive, write, type NeighbourDesk } from '../../helpers/neighbour-desks.ts';
import { valueOf } from '../../helpers/open-test-desk.ts';
import { writeOffice } from '../../helpers/write-office.ts';

let first: NeighbourDesk;
let second: NeighbourDesk;
beforeEach(async () => {
  first = await openFirstDesk();
  second = openNeighbour(first);
});
afterEach(closeDesks);

const OWNER = { type: 'individual', name: 'Sầm Thị Xuyến', idKind: 'citizenId', idNumber: '015188777123' };

function receiveXuyen(desk: NeighbourDesk): SubjectId {
  return receive(desk, (body) => ({ ...body, content: { ...body.content, owner: OWNER } }));
}

function erase(test: NeighbourDesk, subject: SubjectId, actor = test.officers.admin): void {
  valueOf(
    test.desk.log.write((writing) => {
      writeErasure(test.desk, writing, { subject, actor, reason: 'Theo yêu cầu' });
      return ok(undefined);
    }),
  );
  test.desk.reloadOffice();
}

const traces = ({ desk, dep }: NeighbourDesk) =>
  textsFoundIn(decryptPages(path.join(dep.dataDir, 'desk.db'), desk.databaseKey).map(({ content }) => content), ['Sầm Thị Xuyến', '015188777123', 'xuyen', '777123']);
const finish = (test: NeighbourDesk) => valueOf(finishErasures(test.desk.db, test.desk.log.names, test.desk.office()));
const faults = ({ desk }: NeighbourDesk) => verifyDesk(desk.db, desk.log.names, desk.office()).faults.filter(({ code }) => code !== 'number.gap');
const isListed = ({ desk }: NeighbourDesk, subject: SubjectId) => desk.db.all<{ summary: string }>('SELECT summary FROM dossiers').some(({ summary }) => summary.includes(subject));

describe('an erased dossier', () => {
  it('goes from every desk that learns of it', async () => {
    const subject = receiveXuyen(first);
    exchange(first, second);
    expect(dossierOf(second, subject).content.owner.name).toBe('Sầm Thị Xuyến');
    erase(first, subject);
    await removeTracesGently(first.desk, async () => undefined);
    exchange(first, second);
    finish(second);
    for (const desk of [first, second]) {
      expect(isListed(desk, subject)).toBe(false);
      expect(leftOfErased(desk.desk.db, subject)).toBeUndefined();
      expect(faults(desk)).toEqual([]);
      expect(traces(desk)).toEqual([]);
    }
  });

  it('is relayed without its body to a desk that never had it, and that desk goes on', () => {
    const third = openNeighbour(first);
    const subject = receiveXuyen(first);
    const other = receive(first);
    erase(first, subject);
    exchange(first, third);
    const header = first.desk.log.listSubject(subject)[0]!.header;
    expect(getOperation(third.desk.db, third.desk.log.names, header)).toMatchObject({ body: null });
    expect(dossierOf(third, other).id).toBe(other);
    expect(isListed(third, subject)).toBe(false);
    expect(faults(third)).toEqual([]);
    exchange(third, second);
    expect(faults(second)).toEqual([]);
  });

  it('is not brought back by a copy that another desk hands on later', () => {
    const subject = receiveXuyen(second);
    exchange(first, second);
    // The third desk knows the erasure alone: the dossier itself still stands in a chain that it has not met.
    const third = openNeighbour(first);
    erase(first, subject);
    finish(first);
    exchange(first, third);
    write(second, subject, 'dossier.finished', { result: { summary: 'Giấy của Sầm Thị Xuyến' }, finishedAt: second.clock.wallMs() });
    expect(traces(second)).not.toEqual([]);
    exchange(second, third);
    exchange(second, first);
    for (const desk of [first, second, third]) {
      finish(desk);
      expect(leftOfErased(desk.desk.db, subject)).toBeUndefined();
      expect(isListed(desk, subject)).toBe(false);
      expect(faults(desk)).toEqual([]);
      expect(traces(desk)).toEqual([]);
    }
  });

  it('keeps its numbers issued on a desk that never saw its body', () => {
    const third = openNeighbour(first);
    const subject = receiveXuyen(first);
    const { number, register } = dossierOf(first, subject);
    erase(first, subject);
    exchange(first, third);
    for (const issued of [number!, register!]) {
      expect(third.desk.db.value('SELECT count(*) FROM issued_numbers WHERE kind = ? AND token = ? AND period = ? AND counter = ?', issued.kind, issued.token, issued.period, issued.counter)).toBe(1);
    }
  });

  it('stays when somebody who is no administrator says so', () => {
    const subject = receiveXuyen(first);
    erase(first, subject, first.officers.leader);
    expect(first.desk.office().conflicts.map(({ reason }) => reason)).toEqual(['operation.notPermitted']);
    expect(dossierOf(first, subject).content.owner.name).toBe('Sầm Thị Xuyến');
  });

  it('goes from every desk, whichever act each heard of first, when whoever erased it had lost the right without its desk having heard', () => {
    const third = openNeighbour(first);
    const subject = receiveXuyen(first);
    exchange(first, second, third);
    writeOffice(first.desk, first.officers.admin, 'officer.changed', { officer: first.officers.admin, name: 'Quản Trị', title: 'Công chức', formOfAddress: 'anh', roles: ['reception'], retired: false });
    first.clock.advance(60_000);
    erase(second, subject);
    exchange(second, third);
    exchange(first, second, third);
    for (const desk of [first, second, third]) {
      finish(desk);
      expect(leftOfErased(desk.desk.db, subject)).toBeUndefined();
      expect(isListed(desk, subject)).toBe(false);
      expect(faults(desk)).toEqual([]);
      expect([...desk.desk.office().erasures.keys()]).toEqual([subject]);
    }
    const other = receiveXuyen(third);
    exchange(second, third);
    erase(second, other);
    exchange(second, third);
    expect(isListed(third, other)).toBe(true);
  });

  it('cannot be the office itself', () => {
    erase(first, first.desk.officeSubject);
    expect(first.desk.office().erasures.size).toBe(0);
    expect(faults(first)).toEqual([]);
  });

  it('is erased to the end at the next start after a power cut', () => {
    const subject = receiveXuyen(first);
    erase(first, subject);
    const root = mkdtempSync(path.join(tmpdir(), 'motcua-cut-'));
    const folder = path.join(root, 'data');
    // The files as they lie there at this moment; the lock and the index of the log are not on the disk of a machine that is off.
    cpSync(first.dep.dataDir, folder, { recursive: true, filter: (source) => !/lock|-shm$/.test(path.basename(source)) });
    const cut = { ...first, dep: { ...first.dep, dataDir: folder, stateDir: path.join(root, 'state') } };
    expect(traces(cut)).not.toEqual([]);
    const desk = valueOf(openDesk(cut.dep, first.databaseKey));
    expect(traces({ ...cut, desk })).toEqual([]);
    expect(faults({ ...cut, desk })).toEqual([]);
    desk.close();
    rmSync(root, { recursive: true });
  });
});
