/** What a bench is asked for. */
export interface BenchRun {
  /** Dossiers in the database; undefined: as many as the figure's definition says. */
  readonly rows: number | undefined;
  /** `sync`: the link of the emulator, `edge-cuts` for its three kinds. */
  readonly link?: string | undefined;
  /** `sync`: who does the same over the same link. */
  readonly peer?: string | undefined;
  /** `storm`: how many desks come at once. */
  readonly desks?: number | undefined;
  /** Progress, for whoever waits; not part of the result. */
  readonly tell: (line: string) => void;
}
