/**
 * What went wrong, for who repairs. Never personal data: only codes, call names and stacks. One JSON line an entry on
 * standard error.
 */
export interface Logger {
  error(message: string, context?: LogContext): void;
  warn(message: string, context?: LogContext): void;
}

interface LogContext {
  readonly [key: string]: unknown;
  readonly error?: unknown;
}

export function createLogger(write: (line: string) => void = writeToStandardError): Logger {
  const entry = (level: 'error' | 'warn') => (message: string, context: LogContext = {}) => {
    const { error, ...rest } = context;
    const stack = error instanceof Error ? { error: error.name, stack: withoutPersonalData(error.stack ?? '') } : {};
    write(JSON.stringify({ time: new Date().toISOString(), level, message, ...rest, ...stack }));
  };
  return { error: entry('error'), warn: entry('warn') };
}

/** Only the frames: an error's message may quote what was typed. */
function withoutPersonalData(stack: string): string {
  return stack.split('\n').filter((line) => line.trimStart().startsWith('at ')).join('\n');
}

function writeToStandardError(line: string): void {
  process.stderr.write(`${line}\n`);
}
