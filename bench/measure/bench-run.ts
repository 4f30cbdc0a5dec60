/** What a bench is asked for. */
export interface BenchRun {
  /** Dossiers in the database; undefined: as many as the figure's definition says. */
  readonly rows: number | undefined;
  /** Progress, for whoever waits; not part of the result. */
  readonly tell: (line: string) => void;
}
