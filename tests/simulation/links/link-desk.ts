/** One desk of the link runs: the real core as a process, which is killed and started again, and what it was told to write. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { InputOf, OutputOf } from '../../../src-shared/contract/contract.ts';
import { officeDate } from '../../../src-shared/lib/office-time.ts';
import { createCoreClient, type CoreClient } from '../core-client.ts';
import { startCore, type CorePlace, type CoreProcess } from '../core-process.ts';
import { setUpOffice, signIn } from '../crash-office.ts';

export type Summary = OutputOf<'dossiers.search'>['dossiers'][number];

export interface LinkDeskOptions {
  readonly place: CorePlace;
  readonly nodeArguments?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** What an officer waits before trying by hand once more. */
const TRY_AGAIN_MS = 500;

export class LinkDesk {
  /** What each acknowledged reception asked for; every one must be everywhere, once. */
  readonly written = new Set<string>();
  readonly #options: LinkDeskOptions;
  #core: CoreProcess | undefined;
  #client: CoreClient | undefined;
  #cut: InputOf<'dossiers.receive'> | undefined;

  constructor(options: LinkDeskOptions) {
    this.#options = options;
  }

  get client(): CoreClient {
    if (!this.#client) throw new Error('nobody is signed in');
    return this.#client;
  }

  async foundOffice(): Promise<void> {
    this.#client = await setUpOffice(await this.#boot());
  }

  async join(by: LinkDesk, name: string): Promise<void> {
    const { file, code } = await by.client.must('desks.admit', { name });
    const url = await this.#boot();
    const stranger = createCoreClient(url);
    await stranger.must('office.join', { file, code, confirmedDate: officeDate(Date.now()) });
    stranger.close();
    this.#client = await signIn(url);
  }

  async start(): Promise<void> {
    this.#client = await signIn(await this.#boot());
  }

  /** kill -9. */
  async kill(): Promise<void> {
    this.#core?.kill();
    await this.#gone();
  }

  async stop(): Promise<void> {
    this.#core?.signal('SIGTERM');
    await this.#gone();
  }

  /** As an officer does, who tries again until it has worked. */
  async connect(address: string, fingerprint: string, code: string | null): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      const answer = await this.client.call('sync.connect', { address, fingerprint, code });
      if (answer.kind === 'done') return;
      if (tries === 60) throw new Error(`never connected: ${JSON.stringify(answer)}`);
      await pause(TRY_AGAIN_MS);
    }
  }

  /** One reception; one that was cut by a kill is sent again with its key first. */
  async receive(): Promise<void> {
    const idempotencyKey = randomUUID();
    this.#cut ??= {
      idempotencyKey, openedAt: Date.now(), procedureCode: '2.002516', owner: { type: 'individual', name: 'Lý Tả Mẩy', address: 'Thôn Háng Tâu' }, request: `Yêu cầu ${idempotencyKey}`,
      papers: [{ name: 'Tờ khai theo mẫu', original: 1, certified: 0, photo: 0, seen: false, missing: false, compulsory: true }],
    };
    const answer = await this.client.call('dossiers.receive', this.#cut);
    if (answer.kind === 'cut') return;
    if (answer.kind === 'refused') throw new Error(`a reception was refused: ${JSON.stringify(answer.error)}`);
    this.written.add(this.#cut.request);
    this.#cut = undefined;
  }

  status(): Promise<OutputOf<'sync.status'>> {
    return this.client.must('sync.status', {});
  }

  async listAll(): Promise<readonly Summary[]> {
    const all: Summary[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page: OutputOf<'dossiers.search'> = await this.client.must('dossiers.search', { tab: 'all', limit: 200, ...(cursor === undefined ? {} : { cursor }) });
      all.push(...page.dossiers);
      cursor = page.cursor;
    }
    return all;
  }

  async #boot(): Promise<string> {
    const { place, nodeArguments, environment } = this.#options;
    this.#core = await startCore({ ...place, ...(nodeArguments && { nodeArguments }), ...(environment && { environment }) });
    if (this.#core.url === undefined) throw new Error(`the core ended: ${this.#core.errors()}`);
    return this.#core.url;
  }

  async #gone(): Promise<void> {
    await this.#core?.ended;
    this.#client?.close();
    this.#core = undefined;
    this.#client = undefined;
  }
}
