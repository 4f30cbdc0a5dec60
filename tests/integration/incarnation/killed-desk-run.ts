/** Run as a process of its own: opens the desk and kills itself with -9 right before or after the named step. */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const [stateFolder, dataFolder, step] = process.argv.slice(2);
if (stateFolder === undefined || dataFolder === undefined || step === undefined) throw new Error('three arguments');

function dieAt(reached: string): void {
  if (reached === step) process.kill(process.pid, 'SIGKILL');
}

const { openSync, renameSync, writeSync } = fs;
fs.openSync = (file, ...rest) => {
  if (String(file).endsWith('.marker.new')) dieAt('before the marker is written');
  return openSync(file, ...rest);
};
fs.renameSync = (from, to) => {
  if (!String(to).endsWith('.marker')) return renameSync(from, to);
  dieAt('before the marker takes its name');
  renameSync(from, to);
  dieAt('after the marker, before the database');
};
let slots = 0;
fs.writeSync = ((...args: Parameters<typeof fs.writeSync>) => {
  const isSlot = (args as readonly unknown[])[3] === 34;
  if (isSlot) slots += 1;
  if (isSlot && slots === 2) dieAt('after a commit, before its number is noted');
  const written = writeSync(...args);
  if (isSlot && slots === 2) dieAt('after a number is noted');
  return written;
}) as typeof fs.writeSync;
syncBuiltinESMExports();

const { openDesk } = await import('./desk-folder.ts');
const desk = openDesk({ stateFolder, dataFolder });
dieAt('after the database');
desk.append();
desk.append();
desk.append();
dieAt('while open');
