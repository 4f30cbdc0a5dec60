import { defineConfig } from 'vitest/config';

/** The packed program. `--mode contents` looks at it, `--mode start` starts it; `package-run.ts` packs it before. */
export default defineConfig(({ mode }) => ({
  test: {
    include: [`tests/packaging/${mode}.test.ts`],
    environment: 'node',
    testTimeout: 90_000,
    hookTimeout: 90_000,
    reporters: ['default', 'json'],
    outputFile: { json: `out/reports/package-${mode}.json` },
  },
}));
