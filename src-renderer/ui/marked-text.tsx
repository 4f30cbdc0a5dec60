import { markMatches } from './fields/filter-options.ts';

/** A text with the typed beginnings of words marked. */
export function MarkedText({ text, query }: { readonly text: string; readonly query: string }) {
  return (
    <>
      {markMatches(text, query).map((piece, index) =>
        piece.isMatch ? <mark key={index}>{piece.text}</mark> : <span key={index}>{piece.text}</span>)}
    </>
  );
}
