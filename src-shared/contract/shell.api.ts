import { z } from 'zod';
import type { ShellCallName } from './shell-channels.ts';

/**
 * What the page may ask of the window, declared as data like the calls to the core. The shell checks who asks and parses
 * what comes; nothing of this exists in a browser.
 */
const printerName = z.string().min(1).max(300);
const size = z.enum(['A4', 'A5']);
const noInput = z.strictObject({});

/** Why no sheet came out, as far as the window can know. The page says what to do about each. */
export const PRINT_FAILURES = ['noPrinter', 'printerGone', 'canceled', 'refusedByPrinter', 'paperRefused', 'signedOut', 'coreAway'] as const;

/** `unknown`: the printer never answered, so somebody has to look. */
export const printOutcomeSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('printed') }),
  z.object({ outcome: z.literal('failed'), reason: z.enum(PRINT_FAILURES) }),
  z.object({ outcome: z.literal('unknown') }),
]);
export type PrintOutcome = z.infer<typeof printOutcomeSchema>;
export type PrintFailure = (typeof PRINT_FAILURES)[number];

/** `printer` null: the one that the system uses when nobody chose. */
const paper = { job: z.uuid(), size, copies: z.enum(['all', 'open']) } as const;

export const shellCalls = {
  listPrinters: { input: noInput, output: z.object({ printers: z.array(z.object({ name: z.string(), label: z.string() })) }) },
  printPaper: { input: z.strictObject({ ...paper, printer: printerName.nullable() }), output: printOutcomeSchema },
  savePaperAsPdf: {
    input: z.strictObject({ ...paper, name: z.string().min(1).max(120) }),
    output: z.discriminatedUnion('outcome', [
      z.object({ outcome: z.literal('saved'), file: z.string() }),
      z.object({ outcome: z.literal('canceled') }),
      z.object({ outcome: z.literal('failed'), reason: z.enum(['paperRefused', 'signedOut', 'coreAway', 'notWritten']) }),
    ]),
  },
  printTestPage: { input: z.strictObject({ printer: printerName.nullable(), size }), output: printOutcomeSchema },
  about: {
    input: noInput,
    output: z.object({ version: z.string(), electron: z.string(), chrome: z.string(), coreNode: z.string(), dataDir: z.string() }),
  },
} as const satisfies Record<ShellCallName, { readonly input: z.ZodType; readonly output: z.ZodType }>;

export type ShellInput<N extends ShellCallName> = z.input<(typeof shellCalls)[N]['input']>;
/** As the shell's handler gets it. */
export type ShellParsed<N extends ShellCallName> = z.output<(typeof shellCalls)[N]['input']>;
export type ShellOutput<N extends ShellCallName> = z.output<(typeof shellCalls)[N]['output']>;

/** Electron passes no more than an error's message, so a refusal is an answer like any other. */
export type ShellAnswer<N extends ShellCallName> = { readonly ok: true; readonly value: ShellOutput<N> } | { readonly ok: false; readonly error: ShellRefusal };
export type ShellRefusal = 'shell.forbiddenFrame' | 'shell.malformed' | 'shell.unexpected';

/** `window.motcua` in the window; undefined in a browser. */
export type ShellApi = { readonly [N in ShellCallName]: (input: ShellInput<N>) => Promise<ShellAnswer<N>> };
