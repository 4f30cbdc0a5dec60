// Finds files, exports and dependencies that nothing uses. The paths are relative to the folder that is checked, so the seeded
// faults in tests/fixtures/bad-imports are judged by this same file.
import type { KnipConfig } from 'knip';

const config: KnipConfig = {
  entry: [
    'src-main/*.ts',
    // Built as a program of its own, which only a page loads.
    'src-main/shell/preload.ts',
    'src-main/start/build-shell.ts',
    'src-{main,node}/**/*-worker.ts',
    'src-renderer/{desk,console,gallery}.tsx',
    'src-renderer/**/*-worker.ts',
    'src-server/server.ts',
    'tests/**/*.test.ts',
    'tests/**/*-run.ts',
    // Started as a program of its own by the fixture.
    'tests/e2e/quick-core.ts',
    // Started as a program of its own by test-server.ts.
    'tests/helpers/told-server.ts',
    'bench/*.ts',
    // Started as programs of their own by run-peer.ts.
    'bench/peers/*-{server,client}.ts',
    'packaging/*-run.ts',
    // electron-builder.yml names it.
    'packaging/before-pack.ts',
    // package-run.ts names it.
    'tests/packaging/vitest.config.ts',
    '.ci/*.ts',
    '!tests/fixtures/bad-imports/**',
  ],
  project: ['{src-shared,src-node,src-main,src-renderer,src-server,tests,bench,packaging,.ci}/**/*.{ts,tsx,css}', '!tests/fixtures/bad-imports/**'],
  // A style sheet counts as used when something imports it, and so do the packages whose fonts it loads.
  compilers: { css: cssImports },
  // An exported type is often the shape of an exported function's argument; that its name is used in its own file is enough.
  ignoreExportsUsedInFile: { interface: true, type: true },
  // Started by its file name in .ci/guards.ts; parts of electron-builder that the test of its schema takes from where that has them.
  ignoreDependencies: ['dependency-cruiser', 'app-builder-lib', 'builder-util', 'js-yaml'],
  // Programs of the system, where there are any.
  ignoreBinaries: ['Xvfb', 'mkfifo', 'xz'],
  playwright: { config: ['tests/{e2e,electron}/playwright.config.ts'] },
  vite: { config: ['src-renderer/vite.config.ts'] },
};

export default config;

function cssImports(text: string): string {
  const sheets = [...text.matchAll(/@import\s+(?:url\()?['"]([^'"]+)['"]/g)].map(([, path = '']) => path);
  const assets = [...text.matchAll(/url\(['"]?((?:@[\w-]+\/)?[a-z][\w-]*\/[^'")]+)['"]?\)/g)].map(([, path = '']) => path);
  return [...sheets, ...assets].map((path) => `import '${path}';`).join('\n');
}
