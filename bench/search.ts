import { existsSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { closeDatabase, openDatabase } from '../src-node/db/open-database.ts';
import type { ReadableDb, WritableDb } from '../src-node/db/sqlite.ts';
import { transaction } from '../src-node/db/transaction.ts';
import type { StoredSummary } from '../src-node/operations/dossier-projection.ts';
import type { OpenDesk } from '../src-main/core/desk/open-desk.ts';
import { assert } from '../src-shared/lib/assert.ts';
import { ok } from '../src-shared/lib/result.ts';
import { foldedWords, foldVietnamese } from '../src-shared/lib/vietnamese-text.ts';
import { percentile, type Figure } from './measure/figure.ts';
import { officeOf, type CachedOffice } from './office/cached-office.ts';
import { call, signIn } from './office/core-calls.ts';
import { createChance, type Chance } from './office/seeded-chance.ts';
import { BENCH_PASSWORD, createRunningClock, openOffice } from './office/set-up-office.ts';
import type { BenchRun } from './measure/bench-run.ts';

/** How long does an officer wait for the newest 50, whatever is typed, and what would a plain look through all rows take? */
const WARM_UP = 200;
const REPETITIONS = 5;
const SEARCHES_PER_REPETITION = 400;
/** The plain look is slow; its share of each repetition is asked with the same mix. */
const PLAIN_PER_REPETITION = 24;
const PAGE = 50;
const PLAIN_TARGET_ROWS = 1_000_000;

export async function benchSearch({ rows, tell }: BenchRun): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [count, targetMs] of rows === undefined ? ([[100_000, 10], [1_000_000, 40]] as const) : [[rows, rows <= 100_000 ? 10 : 40] as const]) {
    figures.push(...(await searchOffice(await officeOf(count, tell), targetMs, tell)));
  }
  return rows === undefined ? figures.filter(({ metric, rows: count }) => metric !== 'vsLike' || count === PLAIN_TARGET_ROWS) : figures;
}

async function searchOffice(office: CachedOffice, targetMs: number, tell: (line: string) => void): Promise<Figure[]> {
  const core = openOffice(office.folder, createRunningClock(office.endMs));
  try {
    const session = await signIn(core, office.officer, BENCH_PASSWORD);
    const desk = core.holder.desk();
    assert(desk, 'open after signing in');
    const plain = openPlainList(desk, office, tell);
    const chance = createChance(30);
    const ask = createQuestions(desk, chance);
    const samples = { ours: [] as number[], plain: [] as number[] };
    for (let index = 0; index < WARM_UP; index += 1) await call(core, session, 'dossiers.search', { query: ask(), limit: PAGE });
    for (let repetition = 0; repetition < REPETITIONS; repetition += 1) {
      for (let index = 0; index < SEARCHES_PER_REPETITION; index += 1) {
        const query = ask();
        const begun = performance.now();
        await call(core, session, 'dossiers.search', { query, limit: PAGE });
        samples.ours.push(performance.now() - begun);
      }
      for (let index = 0; index < PLAIN_PER_REPETITION; index += 1) samples.plain.push(plain.search(ask()));
      tell(`repetition ${repetition + 1}: ours p50 ${percentile(samples.ours, 0.5).toFixed(2)} p99 ${percentile(samples.ours, 0.99).toFixed(2)} ms, plain p50 ${percentile(samples.plain, 0.5).toFixed(1)} p99 ${percentile(samples.plain, 0.99).toFixed(1)} ms`);
    }
    plain.close();
    const ours = percentile(samples.ours, 0.99);
    const like = percentile(samples.plain, 0.99);
    const figure = { bench: 'search', unit: 'ms', rows: office.rows };
    return [
      { ...figure, metric: 'p99Ms', value: ours, target: targetMs, better: 'less' },
      { ...figure, metric: 'likeP99Ms', value: like, target: null, better: 'less' },
      { ...figure, metric: 'vsLike', value: like / ours, unit: 'ratio', target: 15, better: 'more' },
    ];
  } finally {
    await core.close();
  }
}

/** What people type: 40 % names without diacritics, 20 % with, 20 % codes, 10 % ID numbers, 10 % the last digits of a phone. */
function createQuestions({ db }: OpenDesk, chance: Chance): () => string {
  const last = db.value<number>('SELECT max(no) FROM dossiers') ?? 0;
  const first = db.value<number>('SELECT min(no) FROM dossiers') ?? 0;
  const somebody = (): StoredSummary => {
    const no = first + Math.floor((chance.below(1_000_000) / 1_000_000) * (last - first));
    const row = db.get<{ summary: string }>('SELECT summary FROM dossiers WHERE no >= ? ORDER BY no LIMIT 1', no);
    assert(row, 'an office has dossiers');
    return JSON.parse(row.summary) as StoredSummary;
  };
  const name = () => {
    const words = somebody().ownerName.split(' ');
    // Whole, the last two words, or a family name and the beginning of the next word.
    const typed = [words.join(' '), words.slice(1).join(' '), `${words[0]} ${words.at(-1)!.slice(0, 2)}`, words[0]!];
    return chance.pick(typed);
  };
  return () => {
    const kind = chance.below(10);
    if (kind < 4) return foldVietnamese(name());
    if (kind < 6) return name();
    if (kind < 8) return chance.isHit(0.5) ? somebody().code : somebody().code.slice(-8);
    if (kind < 9) return somebody().ownerIdNumber ?? '';
    const phone = somebody().ownerPhone;
    return phone === null ? '0912' : phone.slice(-chance.pick([4, 5, 6, 9]));
  };
}

interface PlainList {
  /** Milliseconds for the newest 50. */
  search(typed: string): number;
  close(): void;
}

/** The same people without an index: one row of folded words each in an encrypted table, searched by LIKE '%…%'. */
function openPlainList(desk: OpenDesk, office: CachedOffice, tell: (line: string) => void): PlainList {
  const file = path.join(office.folder, 'plain-list.db');
  if (!existsSync(file)) fillPlainList(desk, file, tell);
  const opened = openDatabase({ file, key: desk.databaseKey, mode: 'read' });
  assert(opened.ok, 'the plain list opens');
  const db: ReadableDb = opened.value;
  return {
    search: (typed) => {
      const words = foldedWords(typed).slice(0, 4);
      const where = words.map(() => 'words LIKE ?').join(' AND ');
      const begun = performance.now();
      db.all(`SELECT no, words FROM people WHERE ${where} ORDER BY no DESC LIMIT ${PAGE}`, ...words.map((word) => `%${word}%`));
      return performance.now() - begun;
    },
    close: () => closeDatabase(db),
  };
}

function fillPlainList(desk: OpenDesk, file: string, tell: (line: string) => void): void {
  tell('writing the plain list');
  const unfinished = `${file}.new`;
  rmSync(unfinished, { force: true });
  const opened = openDatabase({ file: unfinished, key: desk.databaseKey, mode: 'write', create: true });
  assert(opened.ok, 'a new plain list');
  const db: WritableDb = opened.value;
  db.exec('CREATE TABLE people (no INTEGER PRIMARY KEY, words TEXT NOT NULL)');
  const filled = transaction(db, () => {
    for (const { no, summary } of desk.db.iterate<{ no: number; summary: string }>('SELECT no, summary FROM dossiers')) {
      const { ownerName, submitterName, code, ownerIdNumber, ownerPhone } = JSON.parse(summary) as StoredSummary;
      db.run('INSERT INTO people (no, words) VALUES (?, ?)', no, foldedWords([ownerName, submitterName, code, ownerIdNumber, ownerPhone].join(' ')).join(' '));
    }
    return ok(undefined);
  });
  assert(filled.ok, 'the plain list is written');
  closeDatabase(db);
  renameSync(unfinished, file);
}
