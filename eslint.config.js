// Few rules, each for a fault that the compiler lets through. The paths are relative to the folder that is checked, so the
// seeded faults in tests/fixtures/bad-imports are judged by this same file.
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const sqlite = [
  { name: 'better-sqlite3-multiple-ciphers', message: 'Only src-node/db opens databases.' },
  { name: 'better-sqlite3', message: 'Only src-node/db opens databases, and only the encrypting library.' },
  { name: 'node:sqlite', message: 'Only src-node/db opens databases, and only the encrypting library.' },
];
const electron = [{ name: 'electron', message: 'Only src-main/shell.ts and src-main/shell/ know Electron.' }];
const rawIpc = [
  { name: 'electron', importNames: ['ipcMain', 'ipcRenderer'], message: 'The screen and the core talk through the contract, not through raw channels.' },
];

const restrictImports = (...paths) => ({ 'no-restricted-imports': ['error', { paths: paths.flat() }] });

const clockAndChance = [
  ['CallExpression[callee.object.name="Date"][callee.property.name="now"]', 'Take the time as an argument.'],
  ['NewExpression[callee.name="Date"][arguments.length=0]', 'Take the time as an argument.'],
  ['CallExpression[callee.name="Date"]', 'Take the time as an argument.'],
  ['MemberExpression[object.name="Math"][property.name="random"]', 'Take chance as an argument.'],
].map(([selector, reason]) => ({ selector, message: `src-shared has no clock and no randomness. ${reason}` }));

export default defineConfig(
  { ignores: ['out/**', 'tests/fixtures/bad-imports/**', '**/*.js', '**/*.mjs', '**/*.cjs'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, tsconfigRootDir: process.cwd() },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true, namedFrom: true, namespaceFrom: true } }],
      'no-console': 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
      ...restrictImports(sqlite, electron),
    },
  },
  { files: ['src-node/db/**'], rules: restrictImports(electron) },
  { files: ['src-main/shell.ts', 'src-main/shell/**'], ignores: ['src-main/shell/ipc-{main,renderer}.ts'], rules: restrictImports(sqlite, rawIpc) },
  // The one wrapper on each side of the channels.
  { files: ['src-main/shell/ipc-{main,renderer}.ts'], rules: restrictImports(sqlite) },
  { files: ['src-shared/**'], rules: { 'no-restricted-syntax': ['error', ...clockAndChance] } },
  // Entries, command-line tools and measurements speak to a terminal.
  { files: ['src-main/*.ts', 'src-server/server.ts', 'bench/**', '.ci/**', '{tests,packaging}/**/*-run.ts', 'tests/{e2e,electron}/**'], rules: { 'no-console': 'off' } },
  // Tests look at raw databases; a describe block holds many small functions.
  { files: ['tests/**', 'bench/**'], rules: restrictImports(electron) },
  { files: ['tests/**'], rules: { 'max-lines-per-function': 'off' } },
  // These tools load their file's default export; a .d.ts only describes what somebody else exports.
  { files: ['**/*.config.ts', '.ci/knip-reporter.ts', '**/*.d.ts'], rules: { 'no-restricted-exports': 'off' } },
);
