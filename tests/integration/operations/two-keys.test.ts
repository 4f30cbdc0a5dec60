import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { randomUUID } from 'node:crypto';
import { verifyDesk } from '../../../src-node/operations/verify.ts';
import type { SubjectId } from '../../../src-shared/lib/ids.ts';
import { receivedBody } from '../../helpers/build-operations.ts';
import { closeDesks, exchange, openFirstDesk, openNeighbour, write, type NeighbourDesk } from '../../helpers/neighbour-desks.ts';

/** Both desks imported one file of the province's: one dossier of each row, begun twice, with a key of each desk. */
const SUBJECT = randomUUID() as string as SubjectId;
let desks: readonly [NeighbourDesk, NeighbourDesk, NeighbourDesk];

beforeEach(async () => {
  const first = await openFirstDesk();
  desks = [first, openNeighbour(first), openNeighbour(first)];
  const [one, other] = desks;
  for (const desk of [one, other]) write(desk, SUBJECT, 'dossier.received', receivedBody());
});
afterEach(closeDesks);

/** Their numbers are one, which is another matter. */
const faultsOf = ({ desk }: NeighbourDesk) => verifyDesk(desk.db, desk.log.names, desk.office()).faults.filter(({ code }) => code === 'body.altered');

describe('a dossier that two desks began apart', () => {
  it('is whole on both, and what either wrote can be checked', () => {
    const [one, other] = desks;
    exchange(one, other);
    for (const desk of [one, other]) {
      expect(desk.desk.log.listSubject(SUBJECT)).toHaveLength(2);
      expect(faultsOf(desk)).toEqual([]);
    }
  });

  it('goes on by each desk’s own key, and is handed on by whoever has it', () => {
    const [one, other, third] = desks;
    exchange(one, other);
    for (const desk of [one, other]) write(desk, SUBJECT, 'dossier.taken', {});
    exchange(one, other);
    // The third desk meets only the second one, which hands on the first one's log as well.
    exchange(other, third);
    for (const desk of desks) {
      expect(desk.desk.log.listSubject(SUBJECT)).toHaveLength(4);
      expect(faultsOf(desk)).toEqual([]);
    }
  });
});
