import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deadlineRecordSchema } from '../../../src-shared/domain/deadlines/deadline-record.ts';
import { appointmentSchema } from '../../../src-shared/domain/dossiers/dossier-content.ts';
import type { AppointmentChoice } from '../../../src-shared/domain/deadlines/appointment-choice.ts';
import { dossierContentSchema } from '../../../src-shared/domain/dossiers/dossier-content.ts';
import { foldDossier } from '../../../src-shared/domain/dossiers/dossier-fold.ts';
import { officeInstant } from '../../../src-shared/lib/office-time.ts';
import { buildProcedure } from '../../helpers/build-procedure.ts';
import { closeCatalogueDesks, NOW_MS, openCatalogueDesk, receiveOne, shippedCalendar, shippedCatalogue, shippedPacks, valueOf, type CatalogueDesk } from '../../helpers/catalogue-desk.ts';

const BIRTH = '1.001193';

let at: CatalogueDesk;
beforeAll(async () => {
  at = await openCatalogueDesk();
});
afterAll(closeCatalogueDesks);

const hour = (date: string, time: number) => officeInstant(date, time * 60);
const find = (code: string, desk = at) => {
  const procedure = desk.catalogueOf(desk.desk).find(code);
  if (procedure === undefined) throw new Error(`no entry ${code}`);
  return procedure;
};
const give = (receivedAt: number, choice: AppointmentChoice = { mode: 'computed' }, code = BIRTH, desk = at) =>
  desk.deadlinesOf(desk.desk).appointmentFor({ procedure: find(code, desk), channel: 'direct', receivedAt, choice, officer: desk.officers.reception });
const codeOfTerm = (unit: string, authority = 'commune') =>
  at.catalogueOf(at.desk).current().entries.find(({ procedure }) => procedure.authority === authority && procedure.terms.direct?.term.unit === unit)?.procedure.code ?? '';

describe('the appointment of a reception', () => {
  test('keeps inputs, result and the hashes of the packs it was computed with', () => {
    const { appointment } = valueOf(give(NOW_MS));
    const packs = at.desk.office().packs;
    const record = deadlineRecordSchema.parse(appointment.record);
    expect(appointmentSchema.parse(appointment)).toEqual(appointment);
    expect(record).toMatchObject({ how: 'catalogue', receivedAt: NOW_MS, channel: 'direct', calendarKey: 'office', reason: null });
    expect(record.packs.map((pack) => pack.kind)).toEqual(['calendar', 'officeCalendar', 'catalogue']);
    expect(appointment.packs).toEqual(expect.arrayContaining(packs.map((pack) => pack.hash)));
    expect(record.result.dueAt).toBe(appointment.dueAt);
  });

  test('by a typed term it is computed, with the reason kept', () => {
    const choice = { mode: 'typedTerm', term: { unit: 'working_day', value: 3 }, reason: 'Theo quyết định của tỉnh' } as const;
    const given = valueOf(give(NOW_MS, choice, codeOfTerm('unknown')));
    expect(given.appointment).toMatchObject({ mode: 'byHand', reason: 'Theo quyết định của tỉnh', dueAt: hour('2026-11-26', 17), record: { how: 'typedTerm' } });
    // Sentence 13 of ux.md §8: Tuesday 24/11 is a holiday.
    expect(given.appointment.explanation).toBe('3 ngày làm việc: 23/11, 25/11, 26/11. Thứ Ba 24/11 nghỉ Ngày Văn hóa Việt Nam.');
    expect(given).toMatchObject({ termText: '03 ngày làm việc', termKnown: true });
  });

  test('by hand it is the date that was chosen, and a closed day is said and not refused', () => {
    const given = valueOf(give(NOW_MS, { mode: 'byHand', dueAt: hour('2026-11-22', 9), reason: 'Dân ở xa, xuống chợ' }));
    expect(given.appointment).toMatchObject({ mode: 'byHand', dueAt: hour('2026-11-22', 9), record: { how: 'byHand' } });
    expect(given.appointment.explanation).toContain('Ngày hẹn do chị chọn, lý do: Dân ở xa, xuống chợ.');
    expect(given.appointment.explanation).toContain('Chủ nhật');
  });

  test('without a date it keeps the reason', () => {
    expect(valueOf(give(NOW_MS, { mode: 'none', reason: 'Chờ văn bản' })).appointment).toMatchObject({ mode: 'none', dueAt: null, reason: 'Chờ văn bản' });
  });

  test('an unknown term gives no date, in words', () => {
    expect(give(NOW_MS, { mode: 'computed' }, codeOfTerm('unknown'))).toMatchObject({ ok: false, error: { code: 'dossiers.termUnknown', sentence: 'Danh mục không ghi rõ thời hạn. Chị chọn ngày hẹn theo văn bản của thủ tục.' } });
  });

  test('a date before the reception is refused', () => {
    expect(give(NOW_MS, { mode: 'byHand', dueAt: NOW_MS - 60_000, reason: 'x' })).toMatchObject({ ok: false, error: { code: 'dossiers.badAppointment' } });
  });

  test('Công an xã counts by its own hours: a Saturday morning is worked', async () => {
    const desk = await openCatalogueDesk();
    const typed = { mode: 'typedTerm', term: { unit: 'working_day', value: 1 }, reason: 'x' } as const;
    const police = desk.catalogueOf(desk.desk).current().entries.find(({ procedure }) => procedure.authority === 'police')?.procedure.code ?? '';
    expect(valueOf(give(NOW_MS, typed, police, desk)).appointment).toMatchObject({ dueAt: officeInstant('2026-11-21', 11 * 60 + 30), record: { calendarKey: 'police' } });
    expect(valueOf(give(NOW_MS, typed, BIRTH, desk)).appointment.dueAt).toBe(hour('2026-11-23', 17));
    const { officeHours } = valueOf(await desk.call('reception', 'settings.get', {})).settings;
    valueOf(await desk.call('admin', 'settings.save', { key: 'policeHours', value: officeHours as never }));
    expect(valueOf(give(NOW_MS, typed, police, desk)).appointment.dueAt).toBe(hour('2026-11-23', 17));
  });

  test('hours of the office and reception after closing follow the settings', async () => {
    const desk = await openCatalogueDesk();
    const typed = { mode: 'typedTerm', term: { unit: 'working_day', value: 1 }, reason: 'x' } as const;
    const late = officeInstant('2026-11-19', 17 * 60 + 20);
    expect(valueOf(give(late, typed, BIRTH, desk)).appointment.dueAt).toBe(hour('2026-11-20', 17));
    valueOf(await desk.call('admin', 'settings.save', { key: 'receptionOutsideHours', value: 'nextWorkingDayIsReceptionDay' }));
    const shifted = valueOf(give(late, typed, BIRTH, desk)).appointment;
    expect(shifted).toMatchObject({ dueAt: hour('2026-11-23', 17), record: { settings: { receptionOutsideHours: 'nextWorkingDayIsReceptionDay' } } });
    const day = [{ from: 480, to: 960 }];
    valueOf(await desk.call('admin', 'settings.save', { key: 'officeHours', value: { byWeekday: [[], day, day, day, day, day, []], makeUpDay: day } }));
    expect(valueOf(give(late, typed, BIRTH, desk)).appointment.dueAt).toBe(hour('2026-11-23', 16));
  });
});

describe('a clock that stands still', () => {
  const received = () => valueOf(give(hour('2026-11-20', 9), { mode: 'typedTerm', term: { unit: 'working_day', value: 5 }, reason: 'x' })).appointment;

  test('what was left of the term is left after the wait', () => {
    const deadlines = at.deadlinesOf(at.desk);
    const appointment = received();
    expect(appointment.dueAt).toBe(hour('2026-11-30', 17));
    const pausedAt = hour('2026-11-25', 10);
    const pause = deadlines.stopClock(appointment, pausedAt);
    expect(pause).toEqual({ unit: 'working_day', remaining: 3, stoppedAt: pausedAt, dueAt: appointment.dueAt, calendarKey: 'office' });
    const resumed = deadlines.resumeClock({ appointment, pause, pausedAt, resumedAt: hour('2026-12-04', 9), officer: at.officers.reception });
    expect(resumed).toMatchObject({ mode: 'computed', dueAt: hour('2026-12-09', 17), record: { how: 'resumed' } });
    expect(resumed.explanation).toBe('Thời gian chờ không tính. Còn 3 ngày làm việc, chạy tiếp từ thứ Sáu 04/12. Thứ Bảy và Chủ nhật nghỉ.');
    expect(appointmentSchema.parse(JSON.parse(JSON.stringify(resumed)))).toEqual(resumed);
    expect(deadlineRecordSchema.safeParse(resumed.record).success).toBe(true);
    // A second stop goes on counting in the unit of the first.
    expect(deadlines.stopClock(resumed, hour('2026-12-07', 9))).toMatchObject({ unit: 'working_day', remaining: 2 });
  });

  test('a pause this program cannot read is made again from the stop', () => {
    const deadlines = at.deadlinesOf(at.desk);
    const appointment = received();
    const wait = { appointment, pausedAt: hour('2026-11-25', 10), resumedAt: hour('2026-12-04', 9), officer: null };
    expect(deadlines.resumeClock({ ...wait, pause: { newer: true } }).dueAt).toBe(hour('2026-12-09', 17));
    expect(deadlines.resumeClock({ ...wait, pause: undefined }).dueAt).toBe(hour('2026-12-09', 17));
  });

  test('where no date stood, none is stopped and none appears', () => {
    const deadlines = at.deadlinesOf(at.desk);
    const { appointment } = valueOf(give(NOW_MS, { mode: 'none', reason: 'Chờ' }));
    expect(deadlines.stopClock(appointment, NOW_MS)).toBeUndefined();
    expect(deadlines.resumeClock({ appointment, pause: undefined, pausedAt: NOW_MS, resumedAt: NOW_MS + 1, officer: null })).toEqual(appointment);
  });
});

describe('what a dossier was received under', () => {
  test('a later calendar, catalogue and setting change what comes next and never what was received', async () => {
    const desk = await openCatalogueDesk();
    const ask = { procedureCode: BIRTH, channel: 'direct', fields: {}, documents: [], appointment: { mode: 'typedTerm', term: { unit: 'working_day', value: 1 }, reason: 'x' } } as const;
    const terms = valueOf(desk.receptionTerms(desk.desk, ask, NOW_MS, desk.officers.reception));
    const subject = receiveOne(desk, { receivedAt: NOW_MS, content: terms });
    const stored = () => foldDossier(desk.desk.log.listSubject(subject), desk.desk.office())?.content;
    const before = stored();
    expect(dossierContentSchema.parse(before)).toEqual(before);
    expect(before).toMatchObject(terms);

    const calendar = shippedCalendar();
    const days = [...calendar.days, { date: '2026-11-23', type: 'closed' as const, name: 'Ngày thử' }];
    valueOf(await desk.call('admin', 'packs.install', { pack: 'calendar', text: JSON.stringify({ ...calendar, version: calendar.version + 1, days }) }));
    const catalogue = shippedCatalogue();
    const procedures = catalogue.procedures.map((entry) => (entry.code === BIRTH ? { ...entry, name: 'Tên mới' } : entry));
    valueOf(await desk.call('admin', 'packs.install', { pack: 'catalogue', text: JSON.stringify({ ...catalogue, version: catalogue.version + 1, procedures }) }));
    valueOf(await desk.call('admin', 'settings.save', { key: 'receptionOutsideHours', value: 'calendarDaysRunOn' }));

    const after = valueOf(desk.receptionTerms(desk.desk, ask, NOW_MS, desk.officers.reception));
    expect(after.procedure).toMatchObject({ name: 'Tên mới' });
    expect(after.appointment.dueAt).toBe(hour('2026-11-25', 17));
    expect(after.appointment.packs).not.toEqual(terms.appointment.packs);
    expect(stored()).toEqual(before);
  });

  test('every shipped entry can be kept by a dossier on every channel', () => {
    const appointment = { mode: 'none', reason: 'x' } as const;
    for (const { procedure, received } of at.catalogueOf(at.desk).current().entries) {
      if (!received) continue;
      for (const channel of ['direct', 'online', 'post'] as const) {
        const terms = valueOf(at.receptionTerms(at.desk, { procedureCode: procedure.code, channel, fields: {}, documents: [], appointment }, NOW_MS, at.officers.reception));
        const parsed = dossierContentSchema.pick({ procedure: true, appointment: true, fee: true, levy: true }).safeParse(terms);
        expect(parsed.success, `${procedure.code} ${channel}`).toBe(true);
      }
    }
  });
});

describe('a procedure of the office itself', () => {
  test('is kept by a dossier with its 900-letter name cut at a word, and with the term of the channel', async () => {
    const desk = await openCatalogueDesk();
    const terms = {
      direct: { term: { unit: 'working_day', value: 1 }, confirmed: true },
      online: { term: { unit: 'working_day', value: 4 }, confirmed: true },
    } as const;
    const { code: _code, ...entry } = buildProcedure({ name: 'xác nhận '.repeat(100).trim(), terms });
    valueOf(await desk.call('admin', 'procedures.save', { code: 'DP.5', entry: entry as never, reason: 'x' }));
    const receive = (channel: 'direct' | 'online') =>
      valueOf(desk.receptionTerms(desk.desk, { procedureCode: 'DP.5', channel, fields: {}, documents: [], appointment: { mode: 'computed' } }, NOW_MS, desk.officers.reception));
    const direct = receive('direct');
    expect(dossierContentSchema.shape.procedure.safeParse(direct.procedure).success).toBe(true);
    expect(direct.procedure.name).toMatch(/^xác nhận .*(xác|nhận)…$/);
    expect(direct).toMatchObject({ procedure: { termText: '01 ngày làm việc', pack: '', localVersion: 1 }, appointment: { dueAt: hour('2026-11-23', 17) } });
    expect(receive('online')).toMatchObject({ procedure: { termText: '04 ngày làm việc' }, appointment: { dueAt: hour('2026-11-27', 17) } });
  });
});

describe('deadlines.preview', () => {
  const ask = { procedureCode: BIRTH, channel: 'direct', openedAt: NOW_MS } as const;

  test('answers every role while the officer chooses', async () => {
    for (const as of ['reception', 'processing', 'leader', 'admin'] as const) {
      expect(valueOf(await at.call(as, 'deadlines.preview', ask)).appointment.dueAt).toBe(hour('2026-11-20', 17));
    }
    const choice = { mode: 'typedTerm', term: { unit: 'calendar_day', value: 2 }, reason: 'x' } as const;
    expect(valueOf(await at.call('reception', 'deadlines.preview', { ...ask, choice })).appointment.dueAt).toBe(hour('2026-11-23', 17));
  });

  test('shows an unknown term without a date', async () => {
    expect(valueOf(await at.call('reception', 'deadlines.preview', { ...ask, procedureCode: codeOfTerm('unknown') }))).toMatchObject({ termKnown: false, appointment: { mode: 'none' } });
  });

  test.each([
    ['procedures.unknown', { procedureCode: 'x' }],
    ['dossiers.badAppointment', { choice: { mode: 'byHand', dueAt: NOW_MS - 86_400_000, reason: 'x' } }],
    ['request.malformed', { choice: { mode: 'byHand', dueAt: NOW_MS, reason: ' ' } }],
    ['request.malformed', { choice: { mode: 'typedTerm', term: { unit: 'unknown', note: 'x' }, reason: 'x' } }],
    ['request.malformed', { openedAt: 9e15 }],
  ])('refuses with %s: %j', async (code, change) => {
    expect(await at.callRaw('reception', 'deadlines.preview', { ...ask, ...change })).toMatchObject({ ok: false, error: { code } });
  });

  test('nobody who is not signed in', async () => {
    expect(await at.callRaw(null, 'deadlines.preview', ask)).toMatchObject({ error: { code: 'session.required' } });
  });
});

describe('the office\'s own days', () => {
  test('a day added moves dates and is listed as the office\'s own; given back, the pack counts again', async () => {
    const desk = await openCatalogueDesk({ packs: shippedPacks() });
    const typed = { mode: 'typedTerm', term: { unit: 'working_day', value: 1 }, reason: 'x' } as const;
    valueOf(await desk.call('admin', 'calendar.saveDay', { date: '2026-11-23', type: 'closed', name: 'Hội làng' }));
    expect(desk.events.at(-1)).toEqual({ type: 'office' });
    const moved = valueOf(give(NOW_MS, typed, BIRTH, desk)).appointment;
    expect(moved.dueAt).toBe(hour('2026-11-25', 17));
    expect(moved.explanation).toContain('Thứ Hai 23/11 nghỉ Hội làng.');
    const listed = valueOf(await desk.call('reception', 'calendar.list', { year: 2026 }));
    expect(listed.days).toContainEqual({ date: '2026-11-23', type: 'closed', name: 'Hội làng', source: null, confirmed: true, own: true });
    expect(listed.validTo).toBe('2026-12-31');
    valueOf(await desk.call('admin', 'calendar.saveDay', { date: '2026-11-23', type: 'asPack' }));
    expect(valueOf(give(NOW_MS, typed, BIRTH, desk)).appointment.dueAt).toBe(hour('2026-11-23', 17));
  });

  test('a closure without end is refused before it can push every date away', async () => {
    const desk = await openCatalogueDesk();
    const start = Date.UTC(2026, 6, 1);
    let refused: unknown;
    for (let day = 0; day < 60 && refused === undefined; day += 1) {
      const date = new Date(start + day * 86_400_000).toISOString().slice(0, 10);
      const saved = await desk.callRaw('admin', 'calendar.saveDay', { date, type: 'closed', name: 'Nghỉ' });
      if (!saved.ok) refused = saved.error;
    }
    expect(refused).toMatchObject({ code: 'calendar.badDay' });
    expect(give(NOW_MS, { mode: 'computed' }, BIRTH, desk).ok).toBe(true);
  });

  test.each(['reception', 'processing', 'leader'] as const)('%s may not change the calendar', async (as) => {
    expect(await at.callRaw(as, 'calendar.saveDay', { date: '2026-11-23', type: 'closed', name: 'x' })).toMatchObject({ error: { code: 'session.notPermitted' } });
  });

  test.each([{ date: '2026-02-30', type: 'closed', name: 'x' }, { date: '2026-11-23', type: 'closed', name: ' ' }, { date: '2026-11-23', type: 'maybe', name: 'x' }])('%j is malformed', async (input) => {
    expect(await at.callRaw('admin', 'calendar.saveDay', input)).toMatchObject({ error: { code: 'request.malformed' } });
  });
});
