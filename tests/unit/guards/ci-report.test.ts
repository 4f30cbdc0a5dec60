import { describe, expect, it } from 'vitest';
import { countCheck, countPlaywright, countStep, countUnlessNotRun, countVitest, describeSuite, lastLine, type VitestReport } from '../../../.ci/report.ts';

const good: VitestReport = {
  success: true,
  numPassedTests: 3,
  numFailedTests: 0,
  testResults: [{ name: 'a.test.ts', status: 'passed', assertionResults: [{}, {}, {}] }],
};

describe('the count of the continuous run', () => {
  it('adds up what the reporters wrote', () => {
    const counts = [
      countVitest('unit', { ...good, numFailedTests: 1, success: false }),
      countPlaywright('e2e', { stats: { expected: 2, unexpected: 1, flaky: 1 }, errors: [] }),
      countCheck('check', { passed: 3, failed: 1 }),
    ];

    expect(lastLine(counts)).toBe('8 passed, 4 failed');
  });

  it('is without failure when everything ran and passed', () => {
    const tests = [countVitest('unit', good), countPlaywright('e2e', { stats: { expected: 2, unexpected: 0, flaky: 0 }, errors: [] })];

    expect(lastLine([...tests, countCheck('check', { passed: 4, failed: 0 }), countStep('npm test', '0\n', tests)])).toBe('9 passed, 0 failed');
  });

  it.each([
    ['left no report', countVitest('unit', undefined)],
    ['left no report', countPlaywright('e2e', undefined)],
    ['left no report', countCheck('check', undefined)],
    ['executed nothing', countVitest('unit', { ...good, numPassedTests: 0, testResults: [] })],
    ['executed nothing', countPlaywright('e2e', { stats: { expected: 0, unexpected: 0, flaky: 0 }, errors: [] })],
    ['the run failed outside its tests', countVitest('unit', { ...good, success: false })],
    ['errors outside the tests', countPlaywright('e2e', { stats: { expected: 2, unexpected: 0, flaky: 0 }, errors: [{}] })],
  ])('counts one failure when a suite %s', (note, count) => {
    expect([count.failed, count.notes]).toEqual([1, [note]]);
  });

  it('shows tests of the window that could not run here, as neither passed nor failed', () => {
    const count = countUnlessNotRun('window', { notRun: 'no Electron' }, countPlaywright);

    expect(describeSuite(count)).toBe('window: NOT RUN: no Electron');
    expect(lastLine([countVitest('unit', good), count])).toBe('3 passed, 0 failed');
    expect(countStep('npm run test:electron', '0', [count]).failed).toBe(0);
  });

  it.each([
    ['a failed test of the window', countUnlessNotRun('window', { stats: { expected: 3, unexpected: 1, flaky: 0 }, errors: [] }, countPlaywright), 1],
    ['no report of the window', countUnlessNotRun('window', undefined, countPlaywright), 1],
    ['a report of the window without a test', countUnlessNotRun('window', { stats: { expected: 0, unexpected: 0, flaky: 0 }, errors: [] }, countPlaywright), 1],
  ])('counts %s as a failure', (_what, count, failed) => {
    expect([count.failed, count.notRun]).toEqual([failed, undefined]);
    expect(describeSuite(count)).toContain(`${failed} failed`);
  });

  it('shows a packed program that could not be started here, and never instead of a package that was not looked at', () => {
    const packed = [countVitest('contents', undefined), countUnlessNotRun<VitestReport>('start', { notRun: 'no display' }, countVitest)];

    expect(packed.map(describeSuite)).toEqual(['contents: 0 passed, 1 failed; left no report', 'start: NOT RUN: no display']);
    expect(countUnlessNotRun('start', good, countVitest)).toEqual(countVitest('start', good));
  });

  it('counts a run of the window that broke off although it had said that nothing could run', () => {
    expect(countStep('npm run test:electron', '1', [countUnlessNotRun('window', { notRun: 'no Electron' }, countPlaywright)]).failed).toBe(1);
  });

  it('counts a test file that could not be loaded', () => {
    const count = countVitest('unit', { ...good, success: false, testResults: [{ name: 'b.test.ts', status: 'failed', assertionResults: [] }] });

    expect([count.failed, count.notes]).toEqual([1, ['b.test.ts could not be loaded']]);
  });

  it('counts a step that failed although its suites did not, once', () => {
    const [passed, failed] = [countVitest('unit', good), countVitest('unit', undefined)];

    expect(countStep('npm test', '1\n', [passed]).failed).toBe(1);
    expect(countStep('npm test', undefined, [passed]).failed).toBe(1);
    expect(countStep('npm test', '1\n', [failed]).failed).toBe(0);
  });
});
