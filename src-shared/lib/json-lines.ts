/**
 * Where things stand in a JSON text. `JSON.parse` tells neither the line of a value nor, reliably, that of a syntax
 * error, and it silently takes the last of two equal keys; whoever must tell a person "line 214: …" reads with this.
 */
export interface JsonLines {
  /** Line (from 1) at which a member or element starts, by its path; `[]` is the whole text. */
  readonly lineAt: (path: readonly (string | number)[]) => number;
}

/** Why a text is not JSON: `end` of text too early, a `character` that cannot stand there, a `key` twice, or too `deep`. */
export interface JsonFault {
  readonly kind: 'end' | 'character' | 'key' | 'deep';
  readonly line: number;
  /** The character or key that does not fit; empty at the end of the text. */
  readonly found: string;
}

const DEPTH_MAX = 64;
const NUMBER = /-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
// JSON forbids control characters inside a string.
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const UNENDED_STRING = /"(?:[^"\\\u0000-\u001f]|\\[^\u0000-\u001f]?)*$/y;
const SPACE = /[ \t\r\n]*/y;
const WORDS = ['true', 'false', 'null'] as const;

interface Scan {
  readonly text: string;
  readonly startByPath: Map<string, number>;
  at: number;
}

class Fault extends Error {
  readonly kind: JsonFault['kind'];
  readonly at: number;
  readonly found: string;
  constructor(kind: JsonFault['kind'], at: number, found: string) {
    super(kind);
    this.kind = kind;
    this.at = at;
    this.found = found;
  }
}

/** Reads the positions of a JSON text, or its first fault. Accepts exactly what `JSON.parse` does, but no key twice. */
export function readJsonLines(text: string): JsonLines | JsonFault {
  const scan: Scan = { text, startByPath: new Map(), at: 0 };
  const lineOf = lineCounter(text);
  try {
    scanValue(scan, '', 0);
    if (scan.at < text.length) throw unexpected(scan);
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    return { kind: fault.kind, line: lineOf(fault.at), found: fault.found };
  }
  return { lineAt: (path) => lineOf(nearestStart(scan.startByPath, path)) };
}

/** A member that is missing has no place of its own; the thing it is missing from has. */
function nearestStart(startByPath: ReadonlyMap<string, number>, path: readonly (string | number)[]): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const start = startByPath.get(pathKey(path.slice(0, length)));
    if (start !== undefined) return start;
  }
  return 0;
}

function pathKey(path: readonly (string | number)[]): string {
  return path.map((step) => childKey('', step)).join('');
}

function childKey(parent: string, step: string | number): string {
  return `${parent}/${JSON.stringify(String(step))}`;
}

function scanValue(scan: Scan, path: string, depth: number): void {
  skipSpace(scan);
  if (depth > DEPTH_MAX) throw new Fault('deep', scan.at, '');
  // A member is already placed at its key, which may stand on an earlier line than its value.
  if (!scan.startByPath.has(path)) scan.startByPath.set(path, scan.at);
  const next = scan.text[scan.at];
  if (next === '{') scanObject(scan, path, depth);
  else if (next === '[') scanArray(scan, path, depth);
  else if (next === '"') takeMatch(scan, STRING);
  else if (!takeWord(scan)) takeMatch(scan, NUMBER);
  skipSpace(scan);
}

function scanObject(scan: Scan, path: string, depth: number): void {
  const keys = new Set<string>();
  take(scan, '{');
  if (tryTake(scan, '}')) return;
  do {
    skipSpace(scan);
    const start = scan.at;
    const key = JSON.parse(takeMatch(scan, STRING)) as string;
    if (keys.has(key)) throw new Fault('key', start, key);
    keys.add(key);
    take(scan, ':');
    scan.startByPath.set(childKey(path, key), start);
    scanValue(scan, childKey(path, key), depth + 1);
  } while (tryTake(scan, ','));
  take(scan, '}');
}

function scanArray(scan: Scan, path: string, depth: number): void {
  take(scan, '[');
  if (tryTake(scan, ']')) return;
  let index = 0;
  do {
    scanValue(scan, childKey(path, index), depth + 1);
    index += 1;
  } while (tryTake(scan, ','));
  take(scan, ']');
}

function skipSpace(scan: Scan): void {
  SPACE.lastIndex = scan.at;
  SPACE.exec(scan.text);
  scan.at = SPACE.lastIndex;
}

function take(scan: Scan, mark: string): void {
  if (!tryTake(scan, mark)) throw unexpected(scan);
}

function tryTake(scan: Scan, mark: string): boolean {
  skipSpace(scan);
  if (scan.text[scan.at] !== mark) return false;
  scan.at += 1;
  return true;
}

function takeWord(scan: Scan): boolean {
  const word = WORDS.find((candidate) => scan.text.startsWith(candidate, scan.at));
  if (word === undefined) return false;
  scan.at += word.length;
  return true;
}

function takeMatch(scan: Scan, pattern: RegExp): string {
  pattern.lastIndex = scan.at;
  const match = pattern.exec(scan.text);
  if (match === null) throw unexpected(scan);
  scan.at = pattern.lastIndex;
  return match[0];
}

function unexpected(scan: Scan): Fault {
  UNENDED_STRING.lastIndex = scan.at;
  if (UNENDED_STRING.test(scan.text)) return new Fault('end', scan.text.length, '');
  const found = scan.text.slice(scan.at, scan.at + 1);
  return new Fault(found === '' ? 'end' : 'character', scan.at, found);
}

function lineCounter(text: string): (at: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (at) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= at) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}
