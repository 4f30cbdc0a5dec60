/** How the product is loaded for a simulation. To be imported before anything of it. */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { SEEDED_BUGS } from './seeded-bugs.ts';
import './seeded-process.ts';

const ROOT = path.join(import.meta.dirname, '../../..');
const urlOf = (file: string) => pathToFileURL(path.join(ROOT, file)).href;

const WORKER_PARTS = urlOf('src-main/core/platform/worker-parts.ts');
const PARTS_HERE = new URL('./parts-in-process.ts', import.meta.url).href;

/** With one seeded bug, by its name; without any as it is. */
export function loadProduct(bugName: string | undefined): void {
  const bug = SEEDED_BUGS.find(({ name }) => name === bugName);
  if (bugName !== undefined && !bug) throw new Error(`no seeded bug is called ${bugName}`);
  const texts = new Map<string, string>();
  for (const { file, find, replace } of bug?.patches ?? []) {
    const text = texts.get(urlOf(file)) ?? readFileSync(path.join(ROOT, file), 'utf8');
    const parts = text.split(find);
    if (parts.length !== 2) throw new Error(`${bugName}: found ${parts.length - 1} times in ${file}: ${find}`);
    texts.set(urlOf(file), parts.join(replace));
  }
  registerHooks({
    resolve: (specifier, context, next) => {
      const resolved = next(specifier, context);
      return resolved.url === WORKER_PARTS ? { ...resolved, url: PARTS_HERE } : resolved;
    },
    load: (url, context, next) => {
      const text = texts.get(url);
      return text === undefined ? next(url, context) : { format: 'module-typescript', source: text, shortCircuit: true };
    },
  });
}

/** Every bug's text is where it is looked for; the files of the product that do not hold it. */
export function bugsOutOfDate(): readonly string[] {
  return SEEDED_BUGS.flatMap(({ name, patches }) => patches.filter(({ file, find }) => readFileSync(fileURLToPath(urlOf(file)), 'utf8').split(find).length !== 2).map(({ file }) => `${name}: ${file}`));
}
