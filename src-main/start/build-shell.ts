import path from 'node:path';
import { build } from 'vite';

const PROGRAM_DIR = path.join(import.meta.dirname, '../..');

/**
 * Builds the window's two programs for Electron's own Node, each one file: the shell itself, and the preload script, which
 * a sandboxed page can load only whole.
 */
for (const name of ['shell', 'preload'] as const) {
  await build({
    configFile: false,
    root: PROGRAM_DIR,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: name === 'shell' ? 'src-main/shell.ts' : 'src-main/shell/preload.ts',
      outDir: 'out/shell',
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      rolldownOptions: { external: ['electron'], output: { format: 'cjs', entryFileNames: `${name}.cjs` } },
    },
  });
}
