// Adds up what the reporters of the tests and the check wrote, for `.ci/run`. A suite that left no report, or executed no test,
// or a step that failed without a failed test, counts as one failure: nothing that did not run can look like success.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SuiteCount {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  /** Why a failure was added that no test reported. */
  readonly notes: readonly string[];
  /** Why nothing was run where the machine lacks what it needs: neither a success nor a failure, and said aloud. */
  readonly notRun?: string;
}

/** The part of vitest's JSON report that is counted. */
export interface VitestReport {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly { readonly name: string; readonly status: string; readonly assertionResults: readonly unknown[] }[];
}

/** The part of Playwright's JSON report that is counted. */
export interface PlaywrightReport {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number };
  readonly errors: readonly unknown[];
}

/** What tests that need an Electron leave: their report, or why this machine could not run them. */
export type ReportOrNotRun<Report> = Report | { readonly notRun: string };

/** What `check.ts` writes: guards, not findings. */
export interface CheckReport {
  readonly passed: number;
  readonly failed: number;
}

export function countVitest(name: string, report: VitestReport | undefined): SuiteCount {
  if (!report) return missing(name);
  // A test file that breaks while it is loaded holds no tests, so vitest counts no failed test for it.
  const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  const notes = broken.map((file) => `${file.name} could not be loaded`);
  const failed = report.numFailedTests + broken.length;
  if (!report.success && failed === 0) notes.push('the run failed outside its tests');
  return counted(name, report.numPassedTests, Math.max(failed, notes.length), notes);
}

/** A flaky test passed only when it was repeated, and is counted as failed. */
export function countPlaywright(name: string, report: PlaywrightReport | undefined): SuiteCount {
  if (!report) return missing(name);
  const { expected, unexpected, flaky } = report.stats;
  const notes = report.errors.length > 0 ? ['errors outside the tests'] : [];
  return counted(name, expected, unexpected + flaky + report.errors.length, notes);
}

/** Tests that need an Electron. Without one they are not run, which must be seen and never looks like a success. */
export function countUnlessNotRun<Report extends object>(name: string, report: ReportOrNotRun<Report> | undefined, count: (name: string, report: Report | undefined) => SuiteCount): SuiteCount {
  if (report && 'notRun' in report) return { name, passed: 0, failed: 0, notes: [], notRun: report.notRun };
  return count(name, report);
}

export function countCheck(name: string, report: CheckReport | undefined): SuiteCount {
  return report ? counted(name, report.passed, report.failed, []) : missing(name);
}

/** A step such as `npm test`: one failure when it ended badly although every suite it runs counted no failure. */
export function countStep(name: string, exitCode: string | undefined, suites: readonly SuiteCount[]): SuiteCount {
  const isExplained = suites.some((suite) => suite.failed > 0);
  const isFailed = exitCode?.trim() !== '0' && !isExplained;
  return { name, passed: 0, failed: isFailed ? 1 : 0, notes: isFailed ? [`exit code ${exitCode?.trim() ?? 'unknown'}`] : [] };
}

export function lastLine(counts: readonly SuiteCount[]): string {
  const passed = counts.reduce((sum, count) => sum + count.passed, 0);
  const failed = counts.reduce((sum, count) => sum + count.failed, 0);
  return `${passed} passed, ${failed} failed`;
}

/** One line about a suite for people. */
export function describeSuite({ name, passed, failed, notes, notRun }: SuiteCount): string {
  return notRun === undefined ? [`${name}: ${passed} passed, ${failed} failed`, ...notes].join('; ') : `${name}: NOT RUN: ${notRun}`;
}

function counted(name: string, passed: number, failed: number, notes: readonly string[]): SuiteCount {
  if (passed + failed > 0) return { name, passed, failed, notes };
  return { name, passed: 0, failed: 1, notes: [...notes, 'executed nothing'] };
}

function missing(name: string): SuiteCount {
  return { name, passed: 0, failed: 1, notes: ['left no report'] };
}

// A report that was cut off counts as none.
function readReport<T>(path: string): T | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch {
    return undefined;
  }
}

function readExitCode(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function main(folder: string): void {
  const tests = [
    countVitest('unit and integration tests', readReport(join(folder, 'vitest.json'))),
    countVitest('the same rules in New York', readReport(join(folder, 'vitest-new-york.json'))),
    countPlaywright('end-to-end tests', readReport(join(folder, 'playwright.json'))),
  ];
  const electron = countUnlessNotRun<PlaywrightReport>('tests of the window in Electron', readReport(join(folder, 'electron.json')), countPlaywright);
  const packed = [
    countVitest('contents of the packed program', readReport(join(folder, 'package-contents.json'))),
    countUnlessNotRun<VitestReport>('start of the packed program', readReport(join(folder, 'package-start.json')), countVitest),
  ];
  const check = countCheck('npm run check', readReport(join(folder, 'check.json')));
  const steps = [
    countStep('npm ci', readExitCode(join(folder, 'install.exit')), []),
    countStep('npm test', readExitCode(join(folder, 'test.exit')), tests),
    countStep('npm run test:electron', readExitCode(join(folder, 'electron.exit')), [electron]),
    countStep('npm run test:package', readExitCode(join(folder, 'package.exit')), packed),
    countStep('npm run check', readExitCode(join(folder, 'check.exit')), [check]),
  ];
  const counts = [...tests, electron, ...packed, check, ...steps.filter((step) => step.failed > 0)];
  for (const count of counts) console.log(describeSuite(count));
  const line = lastLine(counts);
  console.log(line);
  process.exitCode = line.endsWith(' 0 failed') ? 0 : 1;
}

if (import.meta.main) main(process.argv[2] ?? 'out/reports');
