import { Printer } from 'lucide-react';
import { useRef, useState } from 'react';
import type { PrintOutcome } from '../../../src-shared/contract/shell.api.ts';
import { printCashSheet, shell } from '../../client/shell.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { useKeys } from '../../ui/keyboard/use-keys.ts';
import { Note } from '../../ui/note.tsx';

const words = vi.fees.cash;

interface SheetPaperProps {
  readonly question: { readonly from: string; readonly to: string; readonly officer?: string; readonly desk?: string };
  readonly onClose: () => void;
}

/**
 * The paper as it will come out; it takes no number, so it may be printed as often as wanted. The window prints it without a
 * question and tells what became of it; a browser asks by itself.
 */
export function SheetPaper({ question, onClose }: SheetPaperProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [outcome, setOutcome] = useState<PrintOutcome>();
  const [isPrinting, setIsPrinting] = useState(false);
  async function print(): Promise<void> {
    if (shell === undefined) return void frame.current?.contentWindow?.print();
    if (isPrinting) return;
    setIsPrinting(true);
    setOutcome(await printCashSheet(shell, question));
    setIsPrinting(false);
  }
  useKeys([{ combo: 'Esc', label: words.close, run: onClose, order: 45, listed: 'bar' }]);
  return (
    <Card title={words.paper} className="cash-paper">
      <div className="row wide">
        <Button kind="main" label={words.printNow} icon={Printer} combo="F10" keyOrder={12} autoFocus onPress={() => void print()} />
        <Button label={words.close} cap="Esc" onPress={onClose} />
      </div>
      <div aria-live="polite">
        {isPrinting && <Note kind="calm" icon={Printer}>{vi.printing.onTheWay}</Note>}
        {!isPrinting && outcome !== undefined && <SheetOutcome outcome={outcome} />}
      </div>
      <iframe ref={frame} src={`/api/papers/cash-sheet?${new URLSearchParams(question).toString()}`} title={words.paper} tabIndex={-1} />
    </Card>
  );
}

function SheetOutcome({ outcome }: { readonly outcome: PrintOutcome }) {
  switch (outcome.outcome) {
    case 'printed':
      return <Note kind="calm">{words.sent}</Note>;
    case 'failed':
      return <Note kind="warn" title={vi.printing.failedTitle}>{vi.printing.failures[outcome.reason]}</Note>;
    case 'unknown':
      return <Note kind="warn">{t(words.unknown)}</Note>;
  }
}
