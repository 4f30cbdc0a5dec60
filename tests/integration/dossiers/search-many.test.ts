import { afterAll, beforeAll, expect, test } from 'vitest';
import { searchDossiers } from '../../../src-main/core/features/dossiers/dossier-list-queries.ts';
import type { LIST_TABS } from '../../../src-shared/contract/dossiers.api.ts';
import { foldedWords } from '../../../src-shared/lib/vietnamese-text.ts';
import { closeDesks, openFirstDesk, receive, type NeighbourDesk } from '../../helpers/neighbour-desks.ts';
import { createChance, insertCrowd, type CrowdPerson } from '../../helpers/many-dossiers.ts';
import { PERSON } from '../../helpers/build-operations.ts';
import { DAY_MS } from '../../../src-shared/lib/office-time.ts';

const COUNT = 2_500;
const OPEN = 120;
const OLD_CODE = 'H99.99-240607-9001';
let desk: NeighbourDesk;
let people: CrowdPerson[];

beforeAll(async () => {
  desk = await openFirstDesk();
  // Open for longer than anybody else is in the book: the search has to pass over everything between.
  receive(desk, (body) => ({ ...body, receivedAt: desk.clock.wallMs() - 900 * DAY_MS, codes: [{ system: 'own', code: OLD_CODE }], content: { ...body.content, owner: { ...PERSON, name: 'Nguyễn Thị Xưa' } } }));
  people = insertCrowd(desk.desk, { count: COUNT, seed: 11, officer: desk.officers.all, openCount: OPEN, perDay: 60 });
});
afterAll(closeDesks);

function codesFound(query: string, tab: (typeof LIST_TABS)[number], limit = 200): string[] {
  return searchDossiers(desk.desk, { query, tab, limit, officer: desk.officers.all }, () => null).dossiers.map(({ code }) => code);
}

test('finds exactly whom a plain look through all names finds, newest first, for 400 random beginnings of names', () => {
  const chance = createChance(5);
  const indexed = people.map((person, index) => ({ ...person, words: foldedWords(`${person.name} ${person.code}`), isOpen: index >= COUNT - OPEN })).reverse();
  for (let round = 0; round < 400; round += 1) {
    const words = [...people[chance(people.length)]!.name.split(' ')].sort(() => chance(3) - 1).slice(0, 1 + chance(3));
    const typed = words.map((word) => word.slice(0, 1 + chance(word.length)));
    const folded = typed.flatMap(foldedWords);
    const matching = indexed.filter((person) => folded.every((begin) => person.words.some((word) => word.startsWith(begin))));
    const tab = chance(2) === 0 ? 'all' : 'open';
    const expected = matching.filter(({ isOpen }) => tab === 'all' || isOpen).map(({ code }) => code);
    // The old one, which comes last if at all, is the next test's matter.
    const found = codesFound(typed.join(' '), tab, 50).filter((code) => code !== OLD_CODE);
    expect(found, `${typed.join(' ')} in ${tab}`).toEqual(expected.slice(0, 50));
  }
});

test('an open dossier of long ago is found among open work although thousands of closed ones lie between', () => {
  const found = codesFound('thi', 'open');
  expect(found).toHaveLength(people.filter(({ name }, index) => index >= COUNT - OPEN && name.includes(' Thị ')).length + 1);
  expect(searchDossiers(desk.desk, { query: 'nguyen thi xua', tab: 'open', limit: 50, officer: desk.officers.all }, () => null).dossiers).toHaveLength(1);
});
