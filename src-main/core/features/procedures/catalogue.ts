import { setImmediate as nextTurn } from 'node:timers/promises';
import { cataloguePackSchema } from '../../../../src-shared/domain/packs/catalogue-pack.ts';
import { readOfficeSettings } from '../../../../src-shared/domain/settings/office-settings.ts';
import type { InstalledPack, Office } from '../../../../src-shared/domain/office/office.ts';
import { localChangeSchema, resolveCatalogue } from '../../../../src-shared/domain/procedures/local-procedure.ts';
import type { Catalogue, EffectiveProcedure, LocalChange, LocalChangeProblem } from '../../../../src-shared/domain/procedures/local-procedure.ts';
import { mostUsedProcedures } from '../../../../src-shared/domain/procedures/most-used.ts';
import { indexProcedures, searchProcedures } from '../../../../src-shared/domain/procedures/procedure-search.ts';
import type { ProcedureIndex } from '../../../../src-shared/domain/procedures/procedure-search.ts';
import { procedureSchema } from '../../../../src-shared/domain/procedures/procedure.ts';
import type { Procedure } from '../../../../src-shared/domain/procedures/procedure.ts';
import type { CataloguePack } from '../../../../src-shared/domain/packs/catalogue-pack.ts';
import type { OfficerId } from '../../../../src-shared/lib/ids.ts';
import type { IsoDate } from '../../../../src-shared/lib/office-time.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';

/**
 * The catalogue of one open desk: installed packs, the office's own changes and its settings, resolved once and kept
 * until the office or the business date changes. Nothing is parsed before it is needed: a desk that starts has to
 * answer its first call within 700 ms, and reading the shipped pack costs some 45 ms, its search index some 20 ms
 * (measured cold, 387,000 characters).
 */
export interface CatalogueService {
  /** The catalogue in force today. */
  current(): Catalogue;
  find(code: string): EffectiveProcedure | undefined;
  search(query: string, officer: OfficerId, options: SearchOptions): readonly FoundProcedure[];
  /** Installed catalogue packs, oldest first, with what keeps one from being used. */
  packs(): readonly InstalledCatalogue[];
  /** Changes of the office that could not be applied. */
  problems(): readonly LocalChangeProblem[];
  /** Reads the packs a few entries at a time, so that the first search does not have to; nothing waits for it. */
  warmUp(): Promise<void>;
}

export interface SearchOptions {
  readonly limit: number;
  /** `all` also finds what this office has not switched on. */
  readonly scope: 'offered' | 'all';
}

export interface FoundProcedure {
  readonly effective: EffectiveProcedure;
  readonly uses: number;
}

export interface InstalledCatalogue {
  readonly installed: InstalledPack;
  readonly pack: CataloguePack | undefined;
  /** Vietnamese, for the administrator; undefined when the pack is readable. */
  readonly problem: string | undefined;
}

/** The same service for the same open desk. */
export type CatalogueOf = (desk: OpenDesk) => CatalogueService;

export function createCatalogueOf(): CatalogueOf {
  const serviceByDesk = new WeakMap<OpenDesk, CatalogueService>();
  return (desk) => {
    const known = serviceByDesk.get(desk);
    if (known !== undefined) return known;
    const service = createCatalogue(desk);
    serviceByDesk.set(desk, service);
    return service;
  };
}

interface Resolved {
  readonly office: Office;
  readonly businessDate: IsoDate;
  readonly catalogue: Catalogue;
  readonly problems: readonly LocalChangeProblem[];
}

function createCatalogue(desk: OpenDesk): CatalogueService {
  const packs = createPackReader();
  let resolved: Resolved | undefined;
  const indexer = createIndexer();

  const now = (): Resolved => {
    const office = desk.office();
    const businessDate = desk.clock.businessDate();
    if (resolved === undefined || resolved.office !== office || resolved.businessDate !== businessDate) {
      resolved = resolve(office, businessDate, packs.read);
    }
    return resolved;
  };
  return {
    current: () => now().catalogue,
    find: (code) => now().catalogue.byCode.get(code),
    search: (query, officer, { limit, scope }) => {
      const { catalogue } = now();
      const uses = usesByCode(desk, officer);
      const isWanted = (procedure: Procedure) => scope === 'all' || catalogue.byCode.get(procedure.code)?.received === true;
      const found = query.trim() === ''
        ? mostUsedProcedures(catalogue.entries.map((entry) => entry.procedure).filter(isWanted), uses, limit)
        : searchProcedures(indexer.indexOf(catalogue), query, uses, Number.MAX_SAFE_INTEGER).map((hit) => hit.procedure).filter(isWanted).slice(0, limit);
      return found.flatMap(({ code }) => {
        const effective = catalogue.byCode.get(code);
        return effective === undefined ? [] : [{ effective, uses: uses.get(code) ?? 0 }];
      });
    },
    packs: () => catalogues(desk.office()).map(packs.read),
    problems: () => now().problems,
    warmUp: async () => {
      for (const installed of catalogues(desk.office())) await packs.readInSlices(installed);
      await indexer.prepareInSlices(now().catalogue);
    },
  };
}

function catalogues(office: Office): readonly InstalledPack[] {
  return office.packs.filter((installed) => installed.pack === 'catalogue');
}

function resolve(office: Office, businessDate: IsoDate, read: (installed: InstalledPack) => InstalledCatalogue): Resolved {
  const readable = catalogues(office)
    .map(read)
    .flatMap(({ installed, pack }) => (pack === undefined ? [] : [{ hash: installed.hash, pack }]));
  const problems: LocalChangeProblem[] = [];
  const changes: LocalChange[] = [];
  for (const save of office.procedureSaves) {
    const parsed = localChangeSchema.safeParse(save.entry);
    if (parsed.success) changes.push(parsed.data);
    else problems.push({ changeId: '', code: save.code, reason: 'bản phần mềm này không đọc được thay đổi đã lưu' });
  }
  const { policeProcedures } = readOfficeSettings(office.settings);
  const catalogue = resolveCatalogue(readable, changes, { businessDate, policeReceived: policeProcedures });
  return { office, businessDate, catalogue, problems: [...problems, ...catalogue.problems] };
}

function usesByCode(desk: OpenDesk, officer: OfficerId): ReadonlyMap<string, number> {
  const no = desk.log.names.find(officer);
  if (no === undefined) return new Map();
  const rows = desk.db.all<{ code: string; uses: number }>('SELECT procedure_code AS code, uses FROM procedure_uses WHERE officer = ?', no);
  return new Map(rows.map((row) => [row.code, row.uses]));
}

interface Indexer {
  indexOf(catalogue: Catalogue): ProcedureIndex<Procedure>;
  prepareInSlices(catalogue: Catalogue): Promise<void>;
}

/** Entries are folded for search once each: a change of the office leaves all others as they were. */
function createIndexer(): Indexer {
  const indexByEntry = new WeakMap<Procedure, ProcedureIndex<Procedure>>();
  let last: { readonly of: Catalogue; readonly index: ProcedureIndex<Procedure> } | undefined;
  const indexOfEntry = (procedure: Procedure): ProcedureIndex<Procedure> => {
    const known = indexByEntry.get(procedure);
    if (known !== undefined) return known;
    const made = indexProcedures([procedure]);
    indexByEntry.set(procedure, made);
    return made;
  };
  return {
    indexOf: (catalogue) => {
      if (last?.of === catalogue) return last.index;
      const entries = catalogue.entries.flatMap(({ procedure }, order) => indexOfEntry(procedure).entries.map((entry) => ({ ...entry, order })));
      last = { of: catalogue, index: { entries } };
      return last.index;
    },
    prepareInSlices: async (catalogue) => {
      for (const [position, { procedure }] of catalogue.entries.entries()) {
        if (position % ENTRIES_PER_SLICE === 0) await nextTurn();
        indexOfEntry(procedure);
      }
    },
  };
}

/** Five entries cost about 2 ms cold; nothing may hold the main thread longer than 8 ms. */
const ENTRIES_PER_SLICE = 5;
const UNREADABLE = 'bản phần mềm này không đọc được gói; các gói khác vẫn dùng được';

interface PackReader {
  read(installed: InstalledPack): InstalledCatalogue;
  readInSlices(installed: InstalledPack): Promise<void>;
}

/** Packs never change once installed, so each is read once. Kept by the operation that brought it, not by a hash it claims. */
function createPackReader(): PackReader {
  const byOperation = new Map<string, InstalledCatalogue>();
  const keep = (installed: InstalledPack, pack: CataloguePack | undefined): InstalledCatalogue => {
    const answer = { installed, pack, problem: pack === undefined ? UNREADABLE : undefined };
    byOperation.set(installed.operation, answer);
    return answer;
  };
  return {
    read: (installed) => byOperation.get(installed.operation) ?? keep(installed, cataloguePackSchema.safeParse(jsonOf(installed.text)).data),
    readInSlices: async (installed) => {
      const value = jsonOf(installed.text);
      const listed = isRecord(value) && Array.isArray(value['procedures']) ? (value['procedures'] as unknown[]) : [];
      const procedures: Procedure[] = [];
      for (const [position, entry] of listed.entries()) {
        if (byOperation.has(installed.operation)) return;
        if (position % ENTRIES_PER_SLICE === 0) await nextTurn();
        const parsed = procedureSchema.safeParse(entry);
        if (!parsed.success) break;
        procedures.push(parsed.data);
      }
      const [first] = procedures;
      // The head is checked by the whole schema, with one entry standing for the rest that were checked above.
      if (first === undefined || procedures.length !== listed.length) return;
      const head = cataloguePackSchema.safeParse({ ...(value as object), procedures: [listed[0]] });
      if (head.success) keep(installed, { ...head.data, procedures });
    },
  };
}

/** Undefined where the text is no JSON, which no schema accepts. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
