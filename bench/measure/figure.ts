/** One measured figure as `npm run bench` prints it, one JSON object per line. */
export interface Figure {
  readonly bench: string;
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  /** Null: printed beside the others to judge them by (a raw limit of the machine), with nothing to reach. */
  readonly target: number | null;
  readonly better: 'less' | 'more';
  /** Dossiers in the database that was measured; of a growth, in the larger one. */
  readonly rows: number;
}

export interface JudgedFigure extends Figure {
  readonly ok: boolean;
}

export function judged(figure: Figure): JudgedFigure {
  const { value, target, better } = figure;
  const rounded = Number(value.toPrecision(4));
  // Judged as printed, so that nobody sees 4 ≤ 4 fail.
  const ok = target === null || (better === 'less' ? rounded <= target : rounded >= target);
  return { ...figure, value: rounded, ok };
}

/** The value below which this share of the samples lies, 0 to 1 (nearest rank). */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5);
}
