import { refusalWords, type Refusal } from '../text/refusal-words.ts';
import { Note } from '../ui/note.tsx';

/** What the core refused, above the button that asked: the sentence, and the code in small type. Nothing while all is well. */
export function RefusalNote({ error }: { readonly error: Refusal | undefined }) {
  if (error === undefined) return null;
  return <Note kind="bad" errorCode={error.code}>{refusalWords(error)}</Note>;
}
