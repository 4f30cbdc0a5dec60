import { createChance } from '../seeded-chance.ts';
import { checkCase, Finding } from './fuzz-check.ts';
import { makeCase } from './fuzz-case.ts';
import { openFuzzOffice } from './fuzz-office.ts';

export interface FuzzReport {
  readonly runs: number;
  /** Signed throughout by an admitted device's key. */
  signed: number;
  signedDecoded: number;
  signedFolded: number;
  unsigned: number;
  unsignedAccepted: number;
  /** Most of this process's own time that one input took. */
  slowestMs: number;
  slowest: string;
  /** Family -> what became of it -> how often. */
  readonly outcomes: Map<string, Map<string, number>>;
  readonly findings: string[];
}

/** Inputs for one office, whose log would grow for ever. */
const RUNS_PER_OFFICE = 400;
/** Of this process's processor time, whatever else the machine does: thousands of times what an honest frame takes. */
const WORK_MS_MAX = 3_000;
const FINDINGS_MAX = 20;

export async function runFuzz({ runs, seed, tell }: { readonly runs: number; readonly seed: number; readonly tell: (line: string) => void }): Promise<FuzzReport> {
  const report: FuzzReport = { runs, signed: 0, signedDecoded: 0, signedFolded: 0, unsigned: 0, unsignedAccepted: 0, slowestMs: 0, slowest: '', outcomes: new Map(), findings: [] };
  for (let from = 0; from < runs && report.findings.length < FINDINGS_MAX; from += RUNS_PER_OFFICE) {
    await runOffice(report, seed + from / RUNS_PER_OFFICE, Math.min(RUNS_PER_OFFICE, runs - from));
    tell(`${Math.min(from + RUNS_PER_OFFICE, runs)} of ${runs}: ${report.signedFolded} folded of ${report.signed} signed, ${report.findings.length} findings`);
  }
  return report;
}

async function runOffice(report: FuzzReport, seed: number, runs: number): Promise<void> {
  const chance = createChance(Math.imul(seed, 0x9e37_79b1));
  const fuzz = await openFuzzOffice();
  try {
    for (let index = 0; index < runs; index += 1) {
      const one = makeCase(fuzz, chance);
      const begun = process.cpuUsage();
      try {
        const { code, isDecoded, isFolded } = await checkCase(fuzz, one);
        count(report, one.family, code);
        report.signed += Number(one.isSigned);
        report.signedDecoded += Number(one.isSigned && isDecoded);
        report.signedFolded += Number(one.isSigned && isFolded);
        report.unsigned += Number(!one.isSigned);
        report.unsignedAccepted += Number(!one.isSigned && code === 'accepted');
      } catch (error) {
        report.findings.push(`${one.family} (office ${seed}, input ${index}): ${error instanceof Finding ? error.message : String((error as Error).stack)}`);
        // What follows would only find the same again.
        return;
      }
      const { user, system } = process.cpuUsage(begun);
      const ms = (user + system) / 1_000;
      if (ms > report.slowestMs) Object.assign(report, { slowestMs: ms, slowest: one.family });
      if (ms > WORK_MS_MAX) report.findings.push(`${one.family} (office ${seed}, input ${index}) took ${ms} ms of work`);
    }
  } finally {
    await fuzz.end();
  }
}

function count({ outcomes }: FuzzReport, family: string, code: string): void {
  const codes = outcomes.get(family) ?? new Map<string, number>();
  codes.set(code, (codes.get(code) ?? 0) + 1);
  outcomes.set(family, codes);
}
