/**
 * Loaded before the core (`node --import`): a DNS black hole. Whoever asks for a name while it is down gets no answer before it
 * is back; `MOTCUA_NAMELESS` says upMs/downMs, counted from the start of the program, beginning with the time that it is up.
 */
import { createRequire } from 'node:module';

type Lookup = (...parameters: unknown[]) => unknown;

// The very object that net asks.
const dns = createRequire(import.meta.url)('node:dns') as { lookup: Lookup };
const [upMs = 0, downMs = 0] = (process.env['MOTCUA_NAMELESS'] ?? '').split('/').map(Number);
const periodMs = upMs + downMs;
const lookup = dns.lookup.bind(dns);

dns.lookup = (...parameters) => {
  const intoMs = performance.now() % periodMs;
  if (intoMs < upMs) return lookup(...parameters);
  setTimeout(() => lookup(...parameters), periodMs - intoMs);
  return {};
};
