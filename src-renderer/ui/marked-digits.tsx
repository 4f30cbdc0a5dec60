import { markDigits } from './mark-digits.ts';

/** A code or number with the typed part marked. */
export function MarkedDigits({ text, query }: { readonly text: string; readonly query: string }) {
  return <>{markDigits(text, query).map((piece, index) => (piece.isMatch ? <mark key={index}>{piece.text}</mark> : <span key={index}>{piece.text}</span>))}</>;
}
