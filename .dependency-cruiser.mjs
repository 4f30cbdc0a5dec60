// Who may import whom (docs/ARCHITECTURE.md). Every rule has a seeded fault in tests/fixtures/bad-imports/faulty, and a test
// refuses a rule without one. Needs TypeScript 6: with 7 this tool reads one module and reports success.

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const layers = [
  forbid('no-cycles', 'Two files that need each other are one file, or miss a third.', {}, { circular: true }),
  forbid(
    'no-unresolved',
    'An import that leads nowhere hides from every other rule.',
    {},
    { couldNotResolve: true, pathNot: '^electron$' },
  ),
  forbid(
    'no-orphans',
    'A file that imports nothing and is imported by nothing is forgotten or not wired yet.',
    { orphan: true, pathNot: ['\\.json$', '\\.d\\.ts$', '^src-renderer/vite\\.config\\.ts$', '^tests/.*\\.test\\.ts$', '^bench/[^/]+\\.ts$'] },
    {},
  ),
  forbid('nothing-imports-tests', 'Product code and benchmarks never lean on tests.', { pathNot: '^tests/' }, { path: '^tests/' }),
  forbid(
    'apps-never-meet',
    'The core, the screen and the server talk through the contract, not through imports, not even of types.',
    { path: '^src-(main|renderer|server)/' },
    { path: '^src-(main|renderer|server)/', pathNot: '^src-$1/' },
  ),
  forbid(
    'features-never-meet',
    'A feature that needs another states an interface; the composing file passes the function in.',
    { path: '^(src-[^/]+/(?:core/)?)features/([^/]+)/' },
    { path: '^$1features/', pathNot: '^$1features/$2/' },
  ),
];

const shared = [
  forbid('shared-imports-only-shared', 'src-shared stands below every folder.', { path: '^src-shared/' }, { path: '^(src-(?!shared/)|bench/|packaging/)' }),
  forbid('shared-has-no-node-core', 'src-shared also runs in the browser.', { path: '^src-shared/' }, { dependencyTypes: ['core'] }),
  forbid(
    'shared-has-few-packages',
    'Only these packages are pure enough for src-shared.',
    { path: '^src-shared/' },
    { path: 'node_modules/', pathNot: 'node_modules/(@noble/hashes|zod|qrcode|@types/qrcode)/' },
  ),
  forbid('shared-lib-is-lowest', 'src-shared/lib knows no product word.', { path: '^src-shared/lib/' }, { path: '^src-shared/(?!lib/)' }),
  forbid(
    'shared-domain-is-below-its-users',
    'src-shared/domain builds on lib only; packs are data.',
    { path: '^src-shared/domain/' },
    { path: '^src-shared/(?!(lib|domain|packs)/)' },
  ),
  forbid(
    'contract-and-sync-protocol-never-meet',
    'The screen and the wire between nodes change apart from each other.',
    { path: '^src-shared/(contract|sync-protocol)/' },
    { path: '^src-shared/(contract|sync-protocol)/', pathNot: '^src-shared/$1/' },
  ),
];

const node = [
  forbid('node-imports-no-app', 'src-node serves the core and the server alike.', { path: '^src-node/' }, { path: '^(src-(main|renderer|server)|bench|packaging)/' }),
  forbid(
    'sqlite-only-in-db',
    'One folder opens databases, sets their key and asserts their durability.',
    { path: '^src-', pathNot: '^src-node/db/' },
    { path: '(^|/)node_modules/(better-sqlite3-multiple-ciphers|better-sqlite3)/|^node:sqlite$|^sqlite$' },
  ),
  forbid(
    'pg-only-in-server-db',
    'One folder speaks to PostgreSQL, with its limits, and every query runs on both databases.',
    { path: '^src-', pathNot: '^src-server/db/' },
    { path: '(^|/)node_modules/(@types/pg|pg|pg-pool)/|^pg$' },
  ),
];

const main = [
  forbid(
    'electron-only-in-shell',
    'The core runs on plain Node, and tests run what users run.',
    { path: '^(src-|tests/|bench/|packaging/)', pathNot: '^src-main/shell(\\.ts$|/)' },
    { path: '^electron$|(^|/)node_modules/electron/' },
  ),
  forbid(
    'core-never-imports-shell',
    'The core starts on a machine without Electron.',
    { path: '^src-main/(core|start)(\\.ts$|/)' },
    { path: '^src-main/shell(\\.ts$|/)' },
  ),
  forbid(
    'shell-is-thin',
    'The shell knows Electron, the contract and src-shared/lib, and starts the core as a process.',
    { path: '^src-main/shell(\\.ts$|/)' },
    { path: '^src-', pathNot: '^src-main/shell/|^src-shared/(contract|lib)/' },
  ),
  forbid(
    'shell-has-no-packages',
    'What the shell needs beyond Electron belongs to the core.',
    { path: '^src-main/shell(\\.ts$|/)' },
    { path: 'node_modules/', pathNot: 'node_modules/electron/' },
  ),
  forbid(
    'only-entries-compose',
    'The composing file knows every part, so no part may know it.',
    { path: '^src-main/core/', pathNot: '^src-main/core/compose-[^/]+$' },
    { path: '^src-main/core/compose-|^src-main/[^/]+\\.ts$' },
  ),
  forbid(
    'platform-knows-no-feature',
    'src-main/core/platform is the edge to the machine.',
    { path: '^src-main/core/platform/' },
    { path: '^src-main/core/(features|http|jobs)/' },
  ),
];

// The build's own configuration and its plugins lie beside the screen but run on Node.
const screen = { path: '^src-renderer/', pathNot: ['^src-renderer/vite\\.config\\.ts$', '^src-renderer/.*-plugin\\.ts$'] };

const renderer = [
  forbid('renderer-never-imports-node', 'The screen runs in a browser.', screen, { path: '^src-node/' }),
  forbid('renderer-has-no-node-core', 'The screen runs in a browser.', screen, { dependencyTypes: ['core'] }),
  forbid(
    'only-entries-import-features',
    'client, frame, router, text and ui serve the features.',
    { path: '^src-renderer/(client|frame|router|text|ui)/' },
    { path: '^src-renderer/(features/|[^/]+\\.tsx?$)' },
  ),
  forbid(
    'ui-knows-no-product',
    'src-renderer/ui wraps the component library, without product words.',
    { path: '^src-renderer/ui/' },
    { path: '^src-renderer/(client|frame)/|^src-shared/(contract|domain|forms|sync-protocol)/' },
  ),
];

export default {
  forbidden: [...layers, ...shared, ...node, ...main, ...renderer],
  options: {
    // Type-only imports are gone before run time but tie the layers together all the same.
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out/|tests/fixtures/bad-imports/)' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['types', 'import', 'node', 'default'] },
  },
};
