/**
 * What may be said of a fault of ours outside: its kind and where it happened, never its message, which may quote what a person
 * wrote.
 */
export function faultWords(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = (error as NodeJS.ErrnoException).code;
  const place = /([\w.-]+\.[jt]s:\d+)/.exec(error.stack?.split('\n').find((line) => line.trimStart().startsWith('at ')) ?? '')?.[1];
  return [error.name, code, place].filter((word) => word !== undefined).join(' ').slice(0, 300);
}
