import { useRef, useState } from 'react';
import type { InputOf, OutputOf } from '../../../src-shared/contract/contract.ts';
import { IMPORT_FILE_BYTES_MAX } from '../../../src-shared/contract/imports.api.ts';
import { callCore, type ScreenError } from '../../client/core-client.ts';
import { callCoreWaiting } from '../../client/waiting-call.ts';

export type Preview = OutputOf<'imports.preview'>;
export type Report = OutputOf<'imports.run'>;
export type Fields = InputOf<'imports.run'>['fields'];
export type States = NonNullable<InputOf<'imports.run'>['states']>;
type FileOnWire = Pick<InputOf<'imports.run'>, 'fileName' | 'content'>;

/** One file on its way in: chosen, looked at with what the officer says of its columns, taken in. */
export interface ImportSession {
  readonly fileName: string | undefined;
  readonly isReading: boolean;
  readonly isRunning: boolean;
  /** The page could not read it: no answer of the core. */
  readonly fileFault: 'tooLarge' | 'unread' | undefined;
  readonly error: ScreenError | undefined;
  readonly preview: Preview | undefined;
  readonly states: States;
  readonly report: Report | undefined;
  readonly choose: (file: File) => Promise<void>;
  readonly sayField: (column: number, field: Fields[number]) => void;
  readonly sayState: (word: string, state: States[string]) => void;
  readonly run: (choice: Pick<InputOf<'imports.run'>, 'system' | 'takesAlike'>) => Promise<void>;
  /** How many bad rows lie before those that the preview shows. */
  readonly badRowsBefore: number;
  readonly turnBadRows: (direction: 'back' | 'on') => Promise<void>;
  readonly reset: () => void;
}

interface State {
  readonly file?: FileOnWire | undefined;
  readonly isReading: boolean;
  readonly isRunning: boolean;
  readonly fileFault?: ImportSession['fileFault'];
  readonly error?: ScreenError | undefined;
  readonly preview?: Preview | undefined;
  readonly states: States;
  readonly report?: Report | undefined;
  /** The pages of bad rows up to the one that is shown: how many rows lie before each, and behind which line it begins. */
  readonly badPages: readonly BadPage[];
}

interface BadPage {
  readonly before: number;
  readonly after: number;
}

const FIRST_PAGE: BadPage = { before: 0, after: 0 };
const NOTHING: State = { isReading: false, isRunning: false, states: {}, badPages: [FIRST_PAGE] };

export function useImportSession(): ImportSession {
  const [state, setState] = useState<State>(NOTHING);
  // Read at once, not with the next rendering: a second column may be said while the file is read for the first.
  const latest = useRef(state);
  const turn = useRef(0);
  const key = useRef(crypto.randomUUID());
  const put = (next: State): void => setState((latest.current = next));
  const change = (changes: Partial<State>): void => put({ ...latest.current, ...changes });

  async function look(file: FileOnWire, fields: Fields | undefined): Promise<void> {
    const mine = (turn.current += 1);
    // Another reading of the file is another request.
    key.current = crypto.randomUUID();
    change({ file, isReading: true, error: undefined });
    const answer = await callCore('imports.preview', { ...file, ...(fields && { fields }), states: latest.current.states });
    if (mine !== turn.current) return;
    change(answer.ok ? { preview: answer.value, isReading: false, badPages: [FIRST_PAGE] } : { error: answer.error as ScreenError, isReading: false });
  }
  const lookAgain = (preview: Preview, changes: Partial<State>): void => {
    const { file } = latest.current;
    change({ ...changes, preview });
    if (file) void look(file, fieldsOf(preview));
  };
  return {
    isReading: state.isReading,
    isRunning: state.isRunning,
    states: state.states,
    fileName: state.file?.fileName,
    fileFault: state.fileFault,
    error: state.error,
    preview: state.preview,
    report: state.report,
    choose: async (file) => {
      turn.current += 1;
      put(NOTHING);
      const content = file.size > IMPORT_FILE_BYTES_MAX ? undefined : await base64Of(file);
      if (content === undefined) put({ ...NOTHING, fileFault: file.size > IMPORT_FILE_BYTES_MAX ? 'tooLarge' : 'unread' });
      else await look({ fileName: file.name.slice(-200), content }, undefined);
    },
    sayField: (column, field) => {
      const { preview } = latest.current;
      // A field has one column: the one that was named last.
      if (preview) lookAgain({ ...preview, columns: preview.columns.map((one, index) => ({ ...one, field: index === column ? field : one.field === field ? null : one.field })) }, {});
    },
    sayState: (word, meaning) => {
      const { preview, states } = latest.current;
      if (preview) lookAgain(preview, { states: { ...states, [word]: meaning } });
    },
    run: async (choice) => {
      const { file, preview, states, isRunning, isReading } = latest.current;
      if (!file || !preview || isRunning || isReading) return;
      change({ isRunning: true, error: undefined });
      const answer = await callCoreWaiting('imports.run', { idempotencyKey: key.current, ...file, fields: fieldsOf(preview), states, ...choice });
      change(answer.ok ? { report: answer.value, isRunning: false } : { error: answer.error as ScreenError, isRunning: false });
    },
    badRowsBefore: state.badPages.at(-1)!.before,
    turnBadRows: async (direction) => {
      const { file, preview, isReading, isRunning } = latest.current;
      const badPages = turned(latest.current, direction);
      const page = badPages.at(-1);
      if (!file || !preview || !page || isReading || isRunning) return;
      const mine = (turn.current += 1);
      change({ isReading: true, error: undefined });
      const answer = await callCore('imports.preview', { ...file, fields: fieldsOf(preview), states: latest.current.states, badRowsAfter: page.after });
      if (mine !== turn.current) return;
      change(answer.ok ? { preview: { ...preview, badRows: answer.value.badRows }, badPages, isReading: false } : { error: answer.error as ScreenError, isReading: false });
    },
    reset: () => {
      turn.current += 1;
      put(NOTHING);
    },
  };
}

/** The pages up to the next one or the one before; none where there is nothing to turn to. */
function turned({ preview, badPages }: State, direction: 'back' | 'on'): readonly BadPage[] {
  if (direction === 'back') return badPages.slice(0, -1);
  const [page, last] = [badPages.at(-1), preview?.badRows.at(-1)];
  return page && preview && last ? [...badPages, { before: page.before + preview.badRows.length, after: last.line }] : [];
}

function fieldsOf({ columns }: Preview): Fields {
  return columns.map(({ field }) => field);
}

/** Undefined where the file cannot be read: moved away, or on a stick that is gone. */
async function base64Of(file: File): Promise<string | undefined> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.onerror = () => resolve(undefined);
    reader.readAsDataURL(file);
  });
}
