import { z } from 'zod';

/**
 * What stands between the core as a process and whoever starts it for the window. The starter hands the secret over on the
 * channel of the two processes: an argument or a variable could be read by every program of the same machine.
 */

/**
 * How Node is to be started for the core. Young objects get 12 MB instead of 48: after thousands of calls the core holds
 * 185 MB and not 252 MB, which counts on an office PC with 4 GB, and a reception takes no longer (bench/memory.ts).
 */
export const CORE_NODE_ARGUMENTS = ['--max-semi-space-size=4'] as const;

/** Carries the secret of this start in every request on the socket. */
export const SECRET_HEADER = 'x-motcua-secret';

/** The name by which requests on the socket call the core, since a socket has no name of its own. */
export const SOCKET_HOST = 'motcua';

/** From the starter: the one thing it says. To end the core it closes the channel. */
export const coreOrderSchema = z.strictObject({ type: z.literal('serve'), secret: z.string().min(40).max(200) });
export type CoreOrder = z.infer<typeof coreOrderSchema>;

/** From the core: where it serves, or why it does not, in a sentence for the officer. */
export const coreReportSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('serving'), socket: z.string(), dataDir: z.string(), version: z.string(), node: z.string() }),
  z.object({ type: z.literal('fault'), code: z.string(), sentence: z.string() }),
]);
export type CoreReport = z.infer<typeof coreReportSchema>;
