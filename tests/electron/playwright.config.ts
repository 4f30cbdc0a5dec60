import { defineConfig } from '@playwright/test';

/** The window in a real Electron with the real core. Started by `electron-run.ts`, which finds the runtime. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.test.ts',
  outputDir: '../../out/electron',
  fullyParallel: false,
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: '../../out/reports/electron.json' }]],
});
