import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { ServerDb } from '../db/server-db.ts';
import { officesOverview, type OfficeOverview } from '../features/overview/offices-overview.ts';

export interface ServerMetrics {
  /** What Prometheus reads. Tells of the database too when that is away. */
  text(): Promise<string>;
  readonly contentType: string;
  /** From now on each request of this listener is timed. */
  watch(http: FastifyInstance): void;
}

const SILENT_DAYS = [1, 7, 30] as const;
const DAY_MS = 86_400_000;

/** What is told of all offices together. Which office it is stands on the upper tier's page: no metric names one. */
const GAUGES: Readonly<Record<string, { readonly help: string; readonly of: (offices: readonly OfficeOverview[], nowMs: number) => number }>> = {
  offices: { help: 'Offices admitted', of: (offices) => offices.length },
  devices: { help: 'Devices that are not revoked', of: (offices) => sum(offices, ({ devices, revokedDevices }) => devices - revokedDevices) },
  unsent_operations: { help: 'Operations that desks said they had and that are not here', of: (offices) => sum(offices, ({ unsent }) => unsent) },
  oldest_unsent_seconds: { help: 'Age of the oldest operation that is not here, by the clock of its desk', of: (offices, nowMs) => age(offices.map(({ oldestUnsentAt }) => oldestUnsentAt), nowMs) },
  open_dossiers: { help: 'Dossiers that somebody has to work on', of: (offices) => sum(offices, ({ backlog }) => backlog) },
  overdue_dossiers: { help: 'Open dossiers whose day of return is past', of: (offices) => sum(offices, ({ overdue }) => overdue) },
  quarantined_items: { help: 'Logs whose last frame was not taken in, and dossiers that could not be folded', of: (offices) => sum(offices, ({ quarantined }) => quarantined) },
  projection_lag_operations: { help: 'Operations acknowledged and not folded yet', of: (offices) => sum(offices, ({ lag }) => lag.operations) },
  projection_lag_seconds: { help: 'Age of the oldest operation that is acknowledged and not folded, without offices that are made anew', of: (offices, nowMs) => age(offices.map(({ lag }) => (lag.isRebuilding ? null : lag.since)), nowMs) },
  projection_refolds: { help: 'Dossiers to be folded anew because rights changed behind them', of: (offices) => sum(offices, ({ lag }) => lag.refolds) },
  projection_rebuilding_offices: { help: 'Offices whose projection is made anew', of: (offices) => offices.filter(({ lag }) => lag.isRebuilding).length },
};

/** Metrics in a registry of their own: two servers of one process, as in tests, never share one. */
export function createMetrics(db: ServerDb, nowMs: () => number): ServerMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'motcua_' });
  const up = new Gauge({ name: 'motcua_database_up', help: 'The database answers', registers: [registry] });
  const gauges = Object.entries(GAUGES).map(([name, { help, of }]) => ({ of, gauge: new Gauge({ name: `motcua_${name}`, help, registers: [registry] }) }));
  const silent = new Gauge({ name: 'motcua_silent_offices', help: 'Offices of which no desk was here for so many days', labelNames: ['days'], registers: [registry] });
  const requests = new Histogram({ name: 'motcua_http_request_seconds', help: 'Requests of desks', labelNames: ['route', 'status'], buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 60], registers: [registry] });
  const refresh = async () => {
    for (const { gauge } of gauges) gauge.reset();
    silent.reset();
    const now = nowMs();
    const offices = await officesOverview(db, now);
    for (const { gauge, of } of gauges) gauge.set(of(offices, now));
    for (const days of SILENT_DAYS) silent.set({ days }, offices.filter(({ contactAt, admittedAt }) => now - (contactAt ?? admittedAt) > days * DAY_MS).length);
  };
  return {
    contentType: registry.contentType,
    text: async () => {
      up.set(await refresh().then(() => 1, () => 0));
      return registry.metrics();
    },
    watch: (http) => {
      http.addHook('onResponse', (request, reply, done) => {
        // A path that there is none of is whatever a stranger wrote: those are one.
        requests.observe({ route: request.routeOptions.url ?? 'none', status: reply.statusCode }, reply.elapsedTime / 1_000);
        done();
      });
    },
  };
}

function sum(offices: readonly OfficeOverview[], of: (office: OfficeOverview) => number): number {
  return offices.reduce((total, office) => total + of(office), 0);
}

function age(times: readonly (number | null)[], nowMs: number): number {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? 0 : Math.max(nowMs - Math.min(...known), 0) / 1_000;
}
