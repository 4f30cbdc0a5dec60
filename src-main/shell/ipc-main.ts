import { ipcMain, type WebFrameMain } from 'electron';
import { SHELL_CHANNELS, type ShellCallName } from '../../src-shared/contract/shell-channels.ts';
import { shellCalls, type ShellAnswer, type ShellOutput, type ShellParsed } from '../../src-shared/contract/shell.api.ts';

export type ShellHandlers = { readonly [N in ShellCallName]: (input: ShellParsed<N>) => Promise<ShellOutput<N>> };

/** The only place that hears raw channels. Each call is judged by who sends it, then parsed, then handled. */
export function answerShellCalls(handlers: ShellHandlers, isTrusted: (frame: WebFrameMain | null) => boolean, log: (error: unknown) => void): void {
  for (const name of Object.keys(SHELL_CHANNELS) as ShellCallName[]) {
    ipcMain.handle(SHELL_CHANNELS[name], async (event, input: unknown) => {
      if (!isTrusted(event.senderFrame)) return refusal('shell.forbiddenFrame');
      const parsed = shellCalls[name].input.safeParse(input);
      if (!parsed.success) return refusal('shell.malformed');
      try {
        const handle = handlers[name] as (input: unknown) => Promise<ShellOutput<typeof name>>;
        return { ok: true, value: await handle(parsed.data) };
      } catch (error) {
        log(error);
        return refusal('shell.unexpected');
      }
    });
  }
}

function refusal(error: Extract<ShellAnswer<ShellCallName>, { ok: false }>['error']): ShellAnswer<ShellCallName> {
  return { ok: false, error };
}
