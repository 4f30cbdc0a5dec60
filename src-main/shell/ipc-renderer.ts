import { ipcRenderer } from 'electron';
import { SHELL_CHANNELS, type ShellCallName } from '../../src-shared/contract/shell-channels.ts';
import type { ShellAnswer, ShellInput } from '../../src-shared/contract/shell.api.ts';

/** The only place that speaks on raw channels, and only on those of the table. */
export function callShell<N extends ShellCallName>(name: N, input: ShellInput<N>): Promise<ShellAnswer<N>> {
  return ipcRenderer.invoke(SHELL_CHANNELS[name], input) as Promise<ShellAnswer<N>>;
}
