/** Builds the layer that forgets unsynced writes, where a C compiler for Linux is at hand. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export type LayerBuilt = { readonly library: string } | { readonly whyNot: string };

export function buildLostWriteLayer(): LayerBuilt {
  if (process.platform !== 'linux') return { whyNot: `the layer is for Linux, this is ${process.platform}` };
  const compiler = process.env['CC'] ?? 'cc';
  const library = path.join(mkdtempSync(path.join(tmpdir(), 'motcua-lost-write-')), 'lost-write.so');
  try {
    execFileSync(compiler, ['-shared', '-fPIC', '-O2', '-Wall', '-Wextra', '-o', library, path.join(import.meta.dirname, 'lost-write.c'), '-ldl', '-lpthread'], { stdio: 'pipe' });
    return { library };
  } catch (error) {
    const { code, stderr } = error as { readonly code?: string; readonly stderr?: Buffer };
    return { whyNot: code === 'ENOENT' ? `no C compiler (${compiler}) here` : `${compiler}: ${stderr?.toString('utf8') ?? String(error)}` };
  }
}

export interface LayerSettings {
  /** Folders whose unsynced writes are forgotten. */
  readonly dirs: readonly string[];
  /** The sync of a commit does nothing, as with synchronous=NORMAL. */
  readonly swallowCommitSyncs?: boolean;
  /** So many of a hundred unsynced writes reach the disk all the same. */
  readonly leakPercent?: number;
  readonly seed?: number;
}

export function layerEnvironment(library: string, settings: LayerSettings): Readonly<Record<string, string>> {
  return {
    LD_PRELOAD: library,
    LOST_WRITE_DIRS: settings.dirs.join(':'),
    LOST_WRITE_SWALLOW_WAL_SYNC: settings.swallowCommitSyncs ? '1' : '0',
    LOST_WRITE_LEAK_PERCENT: String(settings.leakPercent ?? 0),
    LOST_WRITE_SEED: String(settings.seed ?? 1),
    // Writes through a ring of the kernel would pass by the layer.
    UV_USE_IO_URING: '0',
  };
}
