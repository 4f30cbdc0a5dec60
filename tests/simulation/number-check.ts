/** Are the numbers that citizens were told each given once, in rows without a hole, and all known once the machines have met? */
import type { IssuedNumber } from '../../src-shared/domain/numbers/number-series.ts';
import type { CoreDesk } from '../helpers/core-desk.ts';

/** A reception as its citizen knows it. */
export interface Told {
  readonly id: string;
  readonly code: string;
  readonly register: IssuedNumber;
}

export interface NumberFindings {
  readonly duplicates: string[];
  readonly gaps: string[];
  readonly faults: string[];
  /** Held by a folder that came in, and not there afterwards. */
  readonly missing: string[];
}

/** Every series counts 1, 2, 3 …; a hole needs an act that passed the number over. */
export function checkNumbersTold(told: readonly Told[], skipped: readonly IssuedNumber[], findings: NumberFindings): void {
  const explained = new Set(skipped.map(nameOf));
  const counters = new Map<string, number[]>();
  for (const { code, register } of told) {
    const [, day, token, counter] = /-(\d{6})-(\w\w)(\d{3,})$/.exec(code) ?? [];
    push(counters, `dossier ${token} 20${day!.slice(0, 2)}-${day!.slice(2, 4)}-${day!.slice(4)}`, Number(counter));
    push(counters, `register ${register.token} ${register.period}`, register.counter);
  }
  for (const [series, given] of counters) {
    given.sort((left, right) => left - right);
    for (const [index, counter] of given.entries()) {
      const previous = given[index - 1] ?? 0;
      if (counter === previous) findings.duplicates.push(`${series} ${counter}`);
      for (let hole = previous + 1; hole < counter; hole += 1) if (!explained.has(`${series} ${hole}`)) findings.gaps.push(`${series} ${hole}`);
    }
  }
}

export async function checkMetLog(first: CoreDesk, held: readonly Told[], findings: NumberFindings): Promise<void> {
  const { desk } = first;
  const { faults, ok } = await first.must('system.verify', {});
  findings.faults.push(...faults.map(({ code, detail }) => `verify: ${code} ${detail}`));
  if (!ok && faults.length === 0) findings.faults.push('verify is not clean');
  const { conflicts } = await first.must('conflicts.list', {});
  findings.faults.push(...conflicts.map(({ title, reason }) => `conflict: ${title}: ${reason}`));
  findings.faults.push(...desk.office().conflicts.map(({ reason, detail }) => `office: ${reason} ${detail}`));
  const present = new Map(desk.db.all<{ summary: string }>('SELECT summary FROM dossiers').map(({ summary }) => JSON.parse(summary) as { id: string; code: string }).map(({ id, code }) => [id, code]));
  for (const { id, code } of held) if (present.get(id) !== code) findings.missing.push(`${code}, listed as ${present.get(id)}`);
  const codes = [...present.values()];
  if (new Set(codes).size < codes.length) findings.duplicates.push(`${codes.length - new Set(codes).size} codes are listed twice`);
  const issued = desk.db.all<IssuedNumber>('SELECT kind, token, period, counter FROM issued_numbers').map(nameOf);
  if (new Set(issued).size < issued.length) findings.duplicates.push(`${issued.length - new Set(issued).size} numbers stand twice in the log`);
}

const nameOf = ({ kind, token, period, counter }: IssuedNumber): string => `${kind} ${token} ${period} ${counter}`;

function push(map: Map<string, number[]>, key: string, value: number): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
