import { Printer } from 'lucide-react';
import { useState } from 'react';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Card } from '../../ui/card.tsx';
import { Icon } from '../../ui/icon.tsx';
import { PickList } from '../../ui/pick-list.tsx';

export type PrintAnswer = 'printed' | 'notOut' | 'spoiled';

interface PrintQuestionProps {
  readonly onAnswer: (answer: PrintAnswer) => void;
}

const ANSWERS = [
  { id: 'printed', label: vi.printing.question.printed, note: vi.printing.question.printedNote, digit: 1 },
  { id: 'notOut', label: vi.printing.question.notOut, note: vi.printing.question.notOutNote, digit: 2 },
  { id: 'spoiled', label: vi.printing.question.spoiled, note: vi.printing.question.spoiledNote, digit: 3 },
] as const;

/** Through the browser nobody knows what the printer did: a digit picks, Enter confirms, nothing is preselected. */
export function PrintQuestion({ onAnswer }: PrintQuestionProps) {
  const [isAnswered, setIsAnswered] = useState(false);
  return (
    <Card className="print-question">
      <div className="print-question-head"><Icon shape={Printer} /><h2>{vi.printing.question.title}</h2></div>
      <p>{t(vi.printing.question.words)}</p>
      <PickList label={vi.printing.question.title} mode="confirm" autoFocus items={ANSWERS}
        onPick={(id) => {
          if (isAnswered) return;
          setIsAnswered(true);
          onAnswer(id as PrintAnswer);
        }} />
    </Card>
  );
}
