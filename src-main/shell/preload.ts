import { contextBridge } from 'electron';
import type { ShellApi } from '../../src-shared/contract/shell.api.ts';
import { callShell } from './ipc-renderer.ts';

/** Runs in the page's process before the page, in a world of its own: hands over what a browser lacks and nothing else. */
const api: ShellApi = {
  listPrinters: (input) => callShell('listPrinters', input),
  printPaper: (input) => callShell('printPaper', input),
  savePaperAsPdf: (input) => callShell('savePaperAsPdf', input),
  printTestPage: (input) => callShell('printTestPage', input),
  about: (input) => callShell('about', input),
};
contextBridge.exposeInMainWorld('motcua', api);
