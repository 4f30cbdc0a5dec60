/** A link as data: how fast each way, how far, how much is lost, and when it is not there. */
export interface LinkProfile {
  /** Kilobits a second; null: as fast as the machine. */
  readonly upKbit: number | null;
  readonly downKbit: number | null;
  /** There and back. */
  readonly roundTripMs: number;
  /** Share of packets that must be sent again. */
  readonly loss: number;
  readonly outage: Outage | null;
}

export interface Outage {
  /**
   * What becomes of connections that were open before: `reset`: told so when the link is back; `blackhole`: never told, whatever
   * was their way has forgotten them; `frozen`: they go on; `portal`: reset, and whoever connects meanwhile is answered by a
   * page to sign in on; `nameless`: they go on, but no name is resolved (the link itself knows no names: `nameless-run.ts`).
   */
  readonly kind: 'reset' | 'blackhole' | 'frozen' | 'portal' | 'nameless';
  readonly upMs: number;
  readonly downMs: number;
}

const EDGE = { upKbit: 64, downKbit: 128, roundTripMs: 600, loss: 0.02 } as const;
const TEN_OF_THIRTY = { upMs: 20_000, downMs: 10_000 } as const;

export const LINKS = {
  loopback: { upKbit: null, downKbit: null, roundTripMs: 0, loss: 0, outage: null },
  edge: { ...EDGE, outage: null },
  'edge-cuts-reset': { ...EDGE, outage: { kind: 'reset', ...TEN_OF_THIRTY } },
  'edge-cuts-blackhole': { ...EDGE, outage: { kind: 'blackhole', ...TEN_OF_THIRTY } },
  'edge-cuts-frozen': { ...EDGE, outage: { kind: 'frozen', ...TEN_OF_THIRTY } },
  'edge-windows-5s': { ...EDGE, outage: { kind: 'blackhole', upMs: 5_000, downMs: 10_000 } },
  '3g': { upKbit: 512, downKbit: 1_024, roundTripMs: 200, loss: 0.01, outage: null },
  'slow-20kbit': { upKbit: 20, downKbit: 20, roundTripMs: 3_000, loss: 0, outage: null },
  'captive-portal': { ...EDGE, outage: { kind: 'portal', ...TEN_OF_THIRTY } },
  'dns-black-hole': { ...EDGE, outage: { kind: 'nameless', upMs: 10_000, downMs: 20_000 } },
} as const satisfies Readonly<Record<string, LinkProfile>>;
export type LinkName = keyof typeof LINKS;

export function isLinkName(text: string): text is LinkName {
  return Object.hasOwn(LINKS, text);
}

/** Is the link there, so long after it was opened? It begins with the time that it is. */
export function isUp({ outage }: LinkProfile, ms: number): boolean {
  return outage === null || outage.kind === 'nameless' || ms % (outage.upMs + outage.downMs) < outage.upMs;
}

/** The first instant from `ms` on when it is there. */
export function nextUpAt(profile: LinkProfile, ms: number): number {
  if (profile.outage === null || isUp(profile, ms)) return ms;
  const periodMs = profile.outage.upMs + profile.outage.downMs;
  return (Math.floor(ms / periodMs) + 1) * periodMs;
}

/** How often it was cut before `ms`. */
export function cutsBefore({ outage }: LinkProfile, ms: number): number {
  return outage === null || outage.kind === 'nameless' ? 0 : Math.floor((ms + outage.downMs) / (outage.upMs + outage.downMs));
}

/** The share of the time that it is there. */
export function upShare({ outage }: LinkProfile): number {
  return outage === null || outage.kind === 'nameless' ? 1 : outage.upMs / (outage.upMs + outage.downMs);
}
