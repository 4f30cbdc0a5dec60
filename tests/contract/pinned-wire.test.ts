import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONTRACT_VERSION, contract, type CallName } from '../../src-shared/contract/contract.ts';
import { COMMON_ERRORS, ERRORS } from '../../src-shared/contract/errors.ts';
import { openApiDocument } from '../../src-main/core/http/openapi.ts';

const PINNED = path.join(import.meta.dirname, 'openapi.json');
/** Set to write the file anew after a wanted change; the diff is reviewed like code. */
const UPDATE = process.env['UPDATE_CONTRACT'] === '1';

/** Calls whose names other programs rely on (issue: call names that stay stable). */
const PROMISED = [
  'session.open', 'session.close', 'session.current', 'office.setup', 'office.get', 'office.join', 'desks.admit', 'desks.list', 'desks.importBranch',
  'conflicts.list', 'conflicts.settle', 'officers.list', 'officers.create', 'officers.resetPassword', 'procedures.search', 'procedures.get',
  'procedures.save', 'deadlines.preview', 'dossiers.receive', 'dossiers.refuse', 'dossiers.act', 'dossiers.correct', 'dossiers.void', 'dossiers.get',
  'dossiers.history', 'dossiers.search', 'dossiers.counts', 'drafts.save', 'drafts.list', 'drafts.drop', 'forms.render', 'printing.jobs',
  'printing.report', 'packs.install',
] as const;

describe('the contract', () => {
  it('is the one that is pinned; a change shows here as a diff and wants a higher CONTRACT_VERSION', () => {
    const document = `${JSON.stringify(openApiDocument(), null, 1)}\n`;
    if (UPDATE) writeFileSync(PINNED, document);
    expect(document).toBe(readFileSync(PINNED, 'utf8'));
  });

  it('raises its version whenever the pinned wire changed', () => {
    const digest = createHash('sha256').update(readFileSync(PINNED)).digest('hex').slice(0, 16);
    const history = JSON.parse(readFileSync(path.join(import.meta.dirname, 'versions.json'), 'utf8')) as Record<string, string>;
    if (UPDATE) writeFileSync(path.join(import.meta.dirname, 'versions.json'), `${JSON.stringify({ ...history, [CONTRACT_VERSION]: digest }, null, 1)}\n`);
    else expect(history[CONTRACT_VERSION]).toBe(digest);
  });

  it('refers to nothing that the document does not hold', () => {
    const document = openApiDocument();
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map((match) => match[1]!);
    const follow = (reference: string) => reference.split('/').reduce<unknown>((node, part) => (node as Record<string, unknown> | undefined)?.[part], document);
    expect(references.length).toBeGreaterThan(0);
    expect(references.filter((reference) => follow(reference) === undefined)).toEqual([]);
  });

  it('describes the events and the papers beside the calls', () => {
    const paths = openApiDocument()['paths'] as Record<string, Record<string, { operationId: string }>>;
    expect(paths['/events']?.['get']?.operationId).toBe('events.follow');
    expect(paths['/papers/{job}']?.['get']?.operationId).toBe('forms.showPaper');
  });

  it.each(PROMISED)('keeps the promised call %s', (name) => {
    expect(Object.keys(contract)).toContain(name);
  });

  it('names every call noun.verb, each at an address of its own, with a stated size', () => {
    const addresses = new Set<string>();
    for (const [name, call] of Object.entries(contract)) {
      expect(name).toMatch(/^[a-z]+\.[a-z][A-Za-z]+$/);
      expect(addresses.has(`${call.method} ${call.path}`), name).toBe(false);
      addresses.add(`${call.method} ${call.path}`);
      expect(call.sizeBytesMax).toBeGreaterThan(0);
    }
  });

  it('gives every error code a status, a Vietnamese sentence, and the form noun.reason', () => {
    for (const [code, row] of Object.entries(ERRORS)) {
      expect(code).toMatch(/^[a-z]+\.[a-z][A-Za-z]+$/);
      expect(row.status).toBeGreaterThanOrEqual(400);
      expect(row.sentence).toMatch(/[\u00C0-\u1EF9]/);
    }
  });

  it('declares no common error twice', () => {
    const common = new Set<string>(COMMON_ERRORS);
    for (const name of Object.keys(contract) as CallName[]) expect(contract[name].errors.filter((code) => common.has(code)), name).toEqual([]);
  });
});
