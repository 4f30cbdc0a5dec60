/**
 * The one table of what the window offers its page beyond a browser: method on `window.motcua` -> channel. Kept apart from
 * the schemas, so that the preload script carries these names and nothing else.
 */
export const SHELL_CHANNELS = {
  listPrinters: 'motcua:printers.list',
  printPaper: 'motcua:papers.print',
  savePaperAsPdf: 'motcua:papers.savePdf',
  printTestPage: 'motcua:printers.test',
  about: 'motcua:about',
} as const;

export type ShellCallName = keyof typeof SHELL_CHANNELS;
