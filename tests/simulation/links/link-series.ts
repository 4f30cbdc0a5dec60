/** A real server and two real desks over one link; either side is killed meanwhile. In the end: stored = written, once. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startCentralServer, type CentralServerProcess } from '../../../bench/processes/central-server.ts';
import { openLink, type Link } from '../../../bench/links/link.ts';
import type { LinkProfile } from '../../../bench/links/link-profile.ts';
import { openSqliteServerDb } from '../../../src-server/db/sqlite-server-db.ts';
import type { Chance } from '../seeded-chance.ts';
import { LinkDesk } from './link-desk.ts';

export interface LinkSeriesOptions {
  readonly profile: LinkProfile;
  readonly chance: Chance;
  /** How many each desk receives. */
  readonly dossiers: number;
  /** kill -9 of one side or the other, spread over the work and the way up. */
  readonly kills: number;
  /** By then it must have come to its end. */
  readonly limitMs: number;
  readonly tell?: (line: string) => void;
}

export interface LinkOutcome {
  readonly dossiers: number;
  readonly operations: number;
  readonly serverKills: number;
  readonly deskKills: number;
  /** From the first connection until all was everywhere. */
  readonly seconds: number;
  readonly upBytes: number;
  readonly downBytes: number;
  readonly connections: number;
  /** Every way in which the end was not as promised; none in a good run. */
  readonly findings: readonly string[];
}

const NAMELESS = path.join(import.meta.dirname, 'nameless-run.ts');
const LOOK_MS = 300;
/** Between one kill and the next, so long at most. */
const KILL_WAIT_MS = 4_000;

export async function runLinkSeries(options: LinkSeriesOptions): Promise<LinkOutcome> {
  const folder = mkdtempSync(path.join(tmpdir(), 'motcua-link-'));
  const run = new LinkRun(options, folder);
  try {
    return await run.whole();
  } finally {
    await run.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

class LinkRun {
  readonly #options: LinkSeriesOptions;
  readonly #serverDir: string;
  readonly #desks: readonly [LinkDesk, LinkDesk];
  #server: CentralServerProcess | undefined;
  #link: Link | undefined;
  readonly #kills = { server: 0, desk: 0 };

  constructor(options: LinkSeriesOptions, folder: string) {
    this.#options = options;
    this.#serverDir = path.join(folder, 'server');
    const { outage } = options.profile;
    const names = outage?.kind === 'nameless' && { nodeArguments: ['--import', NAMELESS], environment: { MOTCUA_NAMELESS: `${outage.upMs}/${outage.downMs}` } };
    const deskAt = (name: string) => new LinkDesk({ place: { dataDir: path.join(folder, name, 'data'), stateDir: path.join(folder, name, 'state') }, ...names });
    this.#desks = [deskAt('desk-1'), deskAt('desk-2')];
  }

  async whole(): Promise<LinkOutcome> {
    const { profile, chance, tell } = this.#options;
    const [first, second] = this.#desks;
    const server = (this.#server = await startCentralServer({ dataDir: this.#serverDir, port: 0, isTls: true, isFirst: true }));
    await first.foundOffice();
    await second.join(first, 'Máy 2');
    const link = (this.#link = await openLink({ profile, serverPort: server.port, seed: chance.between(1, 1e9) }));
    const begunMs = performance.now();
    // A name, where names are at stake; it is this machine's own.
    const address = `${server.scheme}://${profile.outage?.kind === 'nameless' ? 'localhost' : '127.0.0.1'}:${link.port}`;
    await first.connect(address, server.fingerprint, server.code);
    await second.connect(address, server.fingerprint, null);
    tell?.(`connected after ${((performance.now() - begunMs) / 1_000).toFixed(1)} s`);
    await this.#workAndKill();
    const stuck = await this.#heal(begunMs);
    const seconds = (performance.now() - begunMs) / 1_000;
    const findings = [...stuck, ...(await this.#check())];
    const operations = await this.#stored(findings);
    return {
      dossiers: this.#written().size, operations, serverKills: this.#kills.server, deskKills: this.#kills.desk, seconds: Math.round(seconds * 10) / 10,
      upBytes: link.up.wire, downBytes: link.down.wire, connections: link.connections(), findings,
    };
  }

  async end(): Promise<void> {
    for (const desk of this.#desks) await desk.stop();
    this.#server?.program.kill();
    await this.#server?.program.ended;
    await this.#link?.close();
  }

  async #workAndKill(): Promise<void> {
    const { dossiers, kills, chance } = this.#options;
    const firstKilled = chance.between(0, 2);
    for (let part = 0; part <= kills; part += 1) {
      const until = Math.ceil((dossiers * (part + 1)) / (kills + 1));
      await Promise.all(this.#desks.map((desk) => receiveUntil(desk, until)));
      if (part < kills) await this.#killOne((firstKilled + part) % 3);
    }
    // What the last kill cut.
    await Promise.all(this.#desks.map((desk) => receiveUntil(desk, dossiers)));
  }

  /** 0: the server, else a desk; at any moment while bytes move and, for a desk, while it writes. */
  async #killOne(which: number): Promise<void> {
    const { chance, tell } = this.#options;
    await pause(chance.between(0, KILL_WAIT_MS));
    if (which === 0) {
      this.#kills.server += 1;
      const server = this.#server!;
      server.program.kill();
      await server.program.ended;
      this.#server = await startCentralServer({ dataDir: this.#serverDir, port: server.port, isTls: true, isFirst: false });
    } else {
      this.#kills.desk += 1;
      const desk = this.#desks[which - 1]!;
      const cut = desk.receive();
      await pause(chance.between(0, 5));
      await desk.kill();
      await cut;
      await desk.start();
    }
    tell?.(`killed ${which === 0 ? 'the server' : `desk ${which}`}`);
  }

  /** Nothing is killed any more: what is left over is what did not come to its end in time. */
  async #heal(begunMs: number): Promise<string[]> {
    const { limitMs, tell } = this.#options;
    let toldMs = 0;
    for (;;) {
      const stands = await Promise.all(this.#desks.map((desk) => desk.status()));
      const lists = await Promise.all(this.#desks.map((desk) => desk.listAll()));
      const lacks = lists.map((list) => this.#written().size - list.length);
      if (stands.every(({ waiting }) => waiting.operations === 0) && lacks.every((lack) => lack <= 0)) return [];
      const ms = performance.now() - begunMs;
      if (ms > limitMs) return stands.map(({ state, code, waiting }, index) => `desk ${index + 1} did not come to its end: ${state} ${code} ${waiting.operations} waiting, lacks ${lacks[index]}`);
      if (ms - toldMs > 10_000) {
        toldMs = ms;
        tell?.(`${(ms / 1_000).toFixed(0)} s: ${stands.map(({ state, code, waiting }, index) => `${state} ${code ?? ''} ${waiting.operations} waiting, lacks ${lacks[index]}`).join(' | ')}`);
      }
      // Whoever has handed up all looks every two minutes what others wrote; the runs do not wait for that.
      for (const [index, desk] of this.#desks.entries()) if (stands[index]!.state === 'resting' && lacks[index]! > 0) await desk.client.call('sync.now', {});
      await pause(LOOK_MS);
    }
  }

  #written(): Set<string> {
    return new Set(this.#desks.flatMap(({ written }) => [...written]));
  }

  async #check(): Promise<string[]> {
    const findings: string[] = [];
    for (const [index, desk] of this.#desks.entries()) {
      findings.push(...compare(`desk ${index + 1}`, (await desk.listAll()).map(({ request }) => request), this.#written()));
      const { faults } = await desk.client.must('system.verify', {});
      findings.push(...faults.map(({ code, detail }) => `desk ${index + 1}: ${code} ${detail}`));
      const { quarantined } = await desk.status();
      findings.push(...quarantined.map(({ code }) => `desk ${index + 1} kept aside ${code}`));
    }
    return findings;
  }

  /** What lies in the server's database once it has ended, beside what the desks say that they wrote. */
  async #stored(findings: string[]): Promise<number> {
    const told = await Promise.all(this.#desks.map(async (desk) => (await desk.status()).acknowledged.of));
    // A server that is asked to end waits for requests under way, and those of forgotten connections never come to their end.
    await this.#link!.close();
    await this.#server!.program.stop();
    const opened = openSqliteServerDb(this.#serverDir);
    if (!opened.ok) throw new Error(`the server's database does not open: ${opened.error.code}`);
    const rows = await opened.value.all<{ device: string; seq: number; kind: string; body: Uint8Array }>('SELECT device, seq, kind, body FROM operations ORDER BY device, seq');
    await opened.value.close();
    const last = new Map<string, number>();
    for (const { device, seq } of rows) {
      if (seq !== (last.get(device) ?? 0) + 1) findings.push(`the server holds ${device}:${seq} behind ${last.get(device) ?? 0}`);
      last.set(device, seq);
    }
    const requests = rows.filter(({ kind }) => kind === 'dossier.received').map(({ body }) => (JSON.parse(Buffer.from(body).toString('utf8')) as { content: { request: string } }).content.request);
    findings.push(...compare('the server', requests, this.#written()));
    const written = told.reduce((sum, count) => sum + count, 0);
    if (rows.length !== written) findings.push(`the server holds ${rows.length} operations, the desks wrote ${written}`);
    return rows.length;
  }
}

async function receiveUntil(desk: LinkDesk, count: number): Promise<void> {
  while (desk.written.size < count) await desk.receive();
}

function compare(who: string, found: readonly string[], written: ReadonlySet<string>): string[] {
  const present = new Set(found);
  return [
    ...[...written].filter((request) => !present.has(request)).map((request) => `${who} lacks ${request}`),
    ...found.filter((request, index) => found.indexOf(request) !== index).map((request) => `${who} has twice ${request}`),
    ...[...present].filter((request) => !written.has(request)).map((request) => `${who} has ${request}, which nobody wrote`),
  ];
}
