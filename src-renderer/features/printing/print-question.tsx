import { Printer } from 'lucide-react';
import { useState } from 'react';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Card } from '../../ui/card.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useKeys } from '../../ui/keyboard/use-keys.ts';
import { PickList } from '../../ui/pick-list.tsx';
import type { PaperCopy } from './report-paper.ts';

/** All of it is out, or these copies are missing or spoiled and the others are out. */
export type PrintAnswer =
  | { readonly kind: 'printed' }
  | { readonly kind: 'notOut' | 'spoiled'; readonly copies: readonly PaperCopy[] };

interface PrintQuestionProps {
  /** The copies that were put before the printer. */
  readonly copies: readonly PaperCopy[];
  readonly onAnswer: (answer: PrintAnswer) => void;
}

const words = vi.printing.question;
const ANSWERS = [
  { id: 'printed', label: words.printed, note: words.printedNote, digit: 1 },
  { id: 'notOut', label: words.notOut, note: words.notOutNote, digit: 2 },
  { id: 'spoiled', label: words.spoiled, note: words.spoiledNote, digit: 3 },
] as const;

/**
 * Through the browser nobody knows what the printer did: a digit picks, Enter confirms, nothing is preselected. Which copy
 * is asked only when something went wrong.
 */
export function PrintQuestion({ copies, onAnswer }: PrintQuestionProps) {
  const [isAnswered, setIsAnswered] = useState(false);
  const [trouble, setTrouble] = useState<'notOut' | 'spoiled'>();
  useKeys(trouble === undefined ? [] : [{ combo: 'Esc', label: vi.frame.back, run: () => setTrouble(undefined), order: 45, listed: 'bar' }]);
  function answer(given: PrintAnswer): void {
    if (isAnswered) return;
    setIsAnswered(true);
    onAnswer(given);
  }
  function pick(id: string): void {
    if (id === 'printed') answer({ kind: id });
    else if (id === 'notOut' || id === 'spoiled') copies.length > 1 ? setTrouble(id) : answer({ kind: id, copies });
  }
  return (
    <Card className="print-question">
      <div className="print-question-head"><Icon shape={Printer} /><h2>{trouble === undefined ? words.title : words.which[trouble]}</h2></div>
      <p>{trouble === undefined ? t(words.words) : words.others}</p>
      {trouble === undefined
        ? <PickList key="what" label={words.title} mode="confirm" autoFocus items={ANSWERS} onPick={pick} />
        : <PickList key="which" label={words.which[trouble]} mode="confirm" autoFocus items={whichItems(copies)}
            onPick={(id) => answer({ kind: trouble, copies: id === 'all' ? copies : copies.filter((copy) => copy === id) })} />}
    </Card>
  );
}

/** Puts the cursor into the question that is open. */
export function focusQuestion(): void {
  document.querySelector<HTMLElement>('.print-question [role="listbox"]')?.focus();
}

/** The citizen's copy comes first: it is the one that is waited for. */
function whichItems(copies: readonly PaperCopy[]) {
  const all = { id: 'all', label: words.which.all, digit: 1 };
  return [all, ...[...copies].reverse().map((copy, index) => ({ id: copy, label: vi.printing.copies[copy], digit: index + 2 }))];
}
