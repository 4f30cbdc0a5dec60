import { describe, expect, it } from 'vitest';
import { openTransfer, transfersOf } from '../../../src-shared/domain/dossiers/dossier-transfers.ts';
import { buildDossier, effectOf, exchange, OFFICERS } from '../../helpers/build-operations.ts';

const A = OFFICERS.reception;
const B = OFFICERS.processing;
const given = (at: number) => ({ from: A, to: B, givenAt: at, takenAt: null });
const taken = (at: number, now: number) => ({ from: A, to: B, givenAt: at, takenAt: now });

describe('hand-overs of the paper dossier', () => {
  it('are open until the taker says so', () => {
    const { desks: [desk], time } = buildDossier(1);
    desk!.write('dossier.transferred', given(time.ms));
    expect(openTransfer(desk!.dossier()!)).toMatchObject({ from: A, to: B, takenAt: null });
    desk!.write('dossier.transferred', taken(time.ms, time.ms + 60_000));
    expect(openTransfer(desk!.dossier()!)).toBeUndefined();
    expect(transfersOf(desk!.dossier()!.history)).toMatchObject([{ givenAt: time.ms, takenAt: time.ms + 60_000 }]);
  });

  it('keep the time of taking though two desks wrote the giving apart', () => {
    const { desks: [one, two], time } = buildDossier(2);
    one!.write('dossier.transferred', given(time.ms));
    two!.write('dossier.transferred', given(time.ms + 30_000));
    const confirmed = two!.write('dossier.transferred', taken(time.ms + 30_000, time.ms + 60_000));
    exchange(one!, two!);
    const dossier = one!.dossier()!;
    expect(two!.dossier()).toEqual(dossier);
    expect(['applied', 'sameFact']).toContain(effectOf(dossier, confirmed));
    expect(transfersOf(dossier.history)).toHaveLength(1);
    expect(transfersOf(dossier.history)[0]?.takenAt).toBe(time.ms + 60_000);
    expect(openTransfer(dossier)).toBeUndefined();
  });

  it('do not count once they are taken back', () => {
    const { desks: [desk], time } = buildDossier(1);
    const act = desk!.write('dossier.transferred', given(time.ms));
    desk!.write('dossier.undone', { operation: `${act.header.device}:${act.header.seq}`, reason: '' });
    expect(transfersOf(desk!.dossier()!.history)).toEqual([]);
  });
});
