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
}

const NOTHING: State = { isReading: false, isRunning: false, states: {} };

export function useImportSession(): ImportSession {
  const [state, setState] = useState<State>(NOTHING);
  const turn = useRef(0);
  const key = useRef(crypto.randomUUID());

  async function look(file: FileOnWire, fields: Fields | undefined, states: States): Promise<void> {
    const mine = (turn.current += 1);
    // Another reading of the file is another request.
    key.current = crypto.randomUUID();
    setState((before) => ({ ...before, file, states, isReading: true, error: undefined, fileFault: undefined }));
    const answer = await callCore('imports.preview', { ...file, ...(fields && { fields }), states });
    if (mine !== turn.current) return;
    setState((before) => (answer.ok ? { ...before, preview: answer.value, isReading: false } : { ...before, error: answer.error as ScreenError, isReading: false }));
  }
  return {
    ...state,
    fileName: state.file?.fileName,
    fileFault: state.fileFault,
    error: state.error,
    preview: state.preview,
    report: state.report,
    choose: async (file) => {
      setState(NOTHING);
      if (file.size > IMPORT_FILE_BYTES_MAX) return setState({ ...NOTHING, fileFault: 'tooLarge' });
      const content = await base64Of(file);
      if (content === undefined) return setState({ ...NOTHING, fileFault: 'unread' });
      return look({ fileName: file.name.slice(-200), content }, undefined, {});
    },
    sayField: (column, field) => {
      if (!state.file || !state.preview) return;
      // A field has one column: the one that was named last.
      void look(state.file, state.preview.columns.map((one, index) => (index === column ? field : one.field === field ? null : one.field)), state.states);
    },
    sayState: (word, meaning) => {
      if (state.file && state.preview) void look(state.file, state.preview.columns.map(({ field }) => field), { ...state.states, [word]: meaning });
    },
    run: async (choice) => {
      if (!state.file || !state.preview || state.isRunning) return;
      setState((before) => ({ ...before, isRunning: true, error: undefined }));
      const answer = await callCoreWaiting('imports.run', { idempotencyKey: key.current, ...state.file, fields: state.preview.columns.map(({ field }) => field), states: state.states, ...choice });
      setState((before) => (answer.ok ? { ...before, report: answer.value, isRunning: false } : { ...before, error: answer.error as ScreenError, isRunning: false }));
    },
    reset: () => {
      turn.current += 1;
      setState(NOTHING);
    },
  };
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
