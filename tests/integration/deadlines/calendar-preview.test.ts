import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InputOf, OutputOf } from '../../../src-shared/contract/contract.ts';
import { defaultOfficeHours, policeOfficeHours } from '../../../src-shared/domain/deadlines/calendar-pack.ts';
import { foldDossier } from '../../../src-shared/domain/dossiers/dossier-fold.ts';
import type { SubjectId } from '../../../src-shared/lib/ids.ts';
import { addDays, officeDate, officeInstant } from '../../../src-shared/lib/office-time.ts';
import { receiveInput, setUpCoreOffice, type CoreOffice } from '../../helpers/core-desk.ts';

type Change = InputOf<'calendar.previewChange'>;
type Preview = OutputOf<'calendar.previewChange'>;

let office: CoreOffice;
beforeEach(async () => {
  // Monday 23/11/2026, 08:00; the day after is a holiday of the shipped calendar.
  office = await setUpCoreOffice();
});
afterEach(() => office.end());

const preview = (change: Change): Promise<Preview> => office.first.must('calendar.previewChange', change);
const closed = (date: string): Change => ({ what: 'day', day: { date, type: 'closed', name: 'Họp dân' } });
const seq = () => office.first.desk.log.head().seq;
const appointment = (value: number) => ({ mode: 'typedTerm', term: { unit: 'working_day', value }, reason: 'Theo văn bản' }) as const;
async function receive(days: number): Promise<string> {
  office.time.ms += 60_000;
  return (await office.first.must('dossiers.receive', receiveInput(office.time, { appointment: appointment(days), receiptWanted: true }))).dossier.id;
}
const dueOf = (id: string) => foldDossier(office.first.desk.log.listSubject(id as SubjectId), office.first.desk.office())!.content.appointment;
const rowsDue = () => office.first.desk.db.all<{ due_at: number | null }>('SELECT due_at FROM dossiers ORDER BY no');

describe('what a change of the calendar would do', () => {
  it('counts what is promised for later, says which new dates move, and writes nothing', async () => {
    const near = await receive(1);
    const far = await receive(3);
    expect([officeDate(dueOf(near).dueAt!), officeDate(dueOf(far).dueAt!)]).toEqual(['2026-11-25', '2026-11-27']);
    const before = seq();
    const answer = await preview(closed('2026-11-26'));
    expect(answer).toMatchObject({ running: 1, whileClosed: 0, from: '2026-11-26', refusal: null });
    expect(answer.moved.map(({ term, before: then, after }) => [term, officeDate(then), officeDate(after)])).toEqual([
      ['02 ngày làm việc', '2026-11-26', '2026-11-27'], ['03 ngày làm việc', '2026-11-27', '2026-11-30'], ['05 ngày làm việc', '2026-12-01', '2026-12-02'],
    ]);
    expect(await preview(closed('2026-11-25'))).toMatchObject({ running: 2, whileClosed: 1 });
    expect(seq()).toBe(before);
    expect((await office.first.must('calendar.list', { year: 2026 })).days.filter(({ own }) => own)).toEqual([]);
  });

  it('speaks of a reception on the eve when no date of today reaches the day', async () => {
    const answer = await preview(closed('2027-03-15'));
    expect(answer.running).toBe(0);
    expect(answer.moved[0]).toMatchObject({ term: '01 ngày làm việc', receivedOn: '2027-03-12', before: officeInstant('2027-03-15', 17 * 60), after: officeInstant('2027-03-16', 17 * 60) });
  });

  it('says that a day changes nothing when it is closed anyway, and refuses what the saving would refuse', async () => {
    expect((await preview(closed('2026-11-28'))).moved).toEqual([]);
    for (let date = '2026-12-01'; date < '2027-01-13'; date = addDays(date, 1)) await office.first.must('calendar.saveDay', { date, type: 'closed', name: 'Lũ' });
    const days = ['2027-01-13', '2027-01-14', '2027-01-15'];
    for (const date of days) {
      const answer = await preview(closed(date));
      const saved = await office.first.call('calendar.saveDay', { date, type: 'closed', name: 'Lũ' });
      expect(answer.refusal).toBe(saved.ok ? null : saved.error.sentence);
    }
    expect((await preview(closed('2027-01-15'))).refusal).toMatch(/nghỉ liền hơn 45 ngày/);
  });

  it('gives a day back to the pack, and turns a Saturday into a working day', async () => {
    await office.first.must('calendar.saveDay', { date: '2026-11-26', type: 'closed', name: 'Họp dân' });
    expect((await preview({ what: 'day', day: { date: '2026-11-26', type: 'asPack' } })).moved[0]).toMatchObject({ before: officeInstant('2026-11-27', 17 * 60), after: officeInstant('2026-11-26', 17 * 60) });
    const made = await preview({ what: 'day', day: { date: '2026-11-28', type: 'makeUpWorkingDay', name: 'Làm bù' } });
    expect(made.moved[0]).toMatchObject({ after: officeInstant('2026-11-28', 17 * 60) });
  });

  it('other hours move the minute of new dates and leave those that stand, though nobody is there at theirs', async () => {
    const id = await receive(2);
    const promised = dueOf(id).dueAt!;
    const short = { ...defaultOfficeHours, byWeekday: defaultOfficeHours.byWeekday.map((day) => day.map(({ from, to }) => ({ from, to: Math.min(to, 16 * 60) }))) };
    const answer = await preview({ what: 'hours', key: 'officeHours', hours: short });
    expect(answer).toMatchObject({ running: 1, whileClosed: 1, from: '2026-11-23' });
    expect(answer.moved[0]!.after - answer.moved[0]!.before).toBe(-60 * 60_000);
    // Nothing that runs here is of Công an xã.
    expect(await preview({ what: 'hours', key: 'policeHours', hours: policeOfficeHours })).toMatchObject({ running: 0, moved: [] });
    await office.first.must('settings.save', { key: 'officeHours', value: short as never });
    expect(dueOf(id).dueAt).toBe(promised);
  });

  it('hours without a working day are refused', async () => {
    expect(await office.first.call('calendar.previewChange', { what: 'hours', key: 'officeHours', hours: { byWeekday: [[], [], [], [], [], [], []], makeUpDay: [{ from: 420, to: 690 }] } })).toMatchObject({ error: { code: 'request.malformed' } });
  });
});

describe('the promise that a printed appointment stays', () => {
  const dayArbitrary = fc.record({ offset: fc.integer({ min: 0, max: 40 }), type: fc.constantFrom('closed', 'dayInLieu', 'makeUpWorkingDay', 'asPack', 'hours') });

  it('whatever days and hours are set, no dossier, list or paper of before has another date, also after a rebuild', async () => {
    const ids = [await receive(1), await receive(5), await receive(20)];
    const dates = () => ids.map((id) => dueOf(id));
    const papers = async () => Promise.all(ids.map(async (id) => {
      const [job] = (await office.first.must('printing.jobs', { dossier: id })).jobs;
      return (await office.first.must('forms.render', { job: job!.id })).html;
    }));
    const before = { dates: dates(), rows: rowsDue(), papers: await papers() };
    await fc.assert(
      fc.asyncProperty(fc.array(dayArbitrary, { minLength: 1, maxLength: 6 }), async (changes) => {
        for (const { offset, type } of changes) {
          const date = addDays('2026-11-23', offset);
          if (type === 'hours') await office.first.must('settings.save', { key: 'officeHours', value: { ...defaultOfficeHours, makeUpDay: [{ from: 480 + offset, to: 900 }] } as never });
          else await office.first.call('calendar.saveDay', type === 'asPack' ? { date, type } : { date, type, name: randomUUID() } as never);
        }
        expect({ dates: dates(), rows: rowsDue() }).toEqual({ dates: before.dates, rows: before.rows });
      }),
      { numRuns: 25, seed: 20261123 },
    );
    await office.first.must('system.rebuild', {});
    expect({ dates: dates(), rows: rowsDue(), papers: await papers() }).toEqual(before);
  });
});
