import path from 'node:path';
import { build } from 'vite';

const PROGRAM_DIR = path.join(import.meta.dirname, '../..');

/** What is built for Electron's own Node, each one file: the window itself, what a sandboxed page can load only whole, and a thread. */
const PROGRAMS = { shell: 'src-main/shell.ts', preload: 'src-main/shell/preload.ts', 'core-files-worker': 'src-main/shell/core/core-files-worker.ts' };

for (const [name, entry] of Object.entries(PROGRAMS)) {
  await build({
    configFile: false,
    root: PROGRAM_DIR,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: entry,
      outDir: 'out/shell',
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      rolldownOptions: { external: ['electron'], output: { format: 'cjs', entryFileNames: `${name}.cjs` } },
    },
  });
}
