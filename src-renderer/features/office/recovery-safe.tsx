import { Printer } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { deskToday } from '../../client/desk-session.ts';
import { formatDate } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { FormScope, type FormScopeHandle } from '../../ui/keyboard/form-scope.tsx';
import { Note } from '../../ui/note.tsx';
import './office.css';

/** A recovery code with what stands beside it on its sheet. */
export interface PrintedCode {
  readonly recoveryCode: string;
  readonly sheet: string;
  readonly officeName: string;
  readonly deskName: string;
}

interface RecoverySafeProps {
  readonly code: PrintedCode;
  readonly doneLabel: string;
  readonly onKept: () => void;
  /** Under the check: a refusal, the way out. */
  readonly children?: ReactNode;
}

/** The code is shown once and printed. Two groups typed from the paper prove that it came out and can be read. */
export function RecoverySafe({ code, doneLabel, onKept, children }: RecoverySafeProps) {
  const words = vi.office.safe;
  const [isHidden, setIsHidden] = useState(false);
  const groups = code.recoveryCode.split('-');
  useEffect(() => {
    // The code cannot be shown again, so the browser asks before it throws the page away.
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, []);
  return (
    <div className="stack safe">
      <p>{words.why}</p>
      <Note kind="warn">{words.once}</Note>
      {isHidden
        ? <Card><div className="row wide wraps"><p className="grow">{words.hidden}</p><Button label={words.show} onPress={() => setIsHidden(false)} /></div></Card>
        : <Card><p className="safe-code num" data-testid="recovery-code">{groups.map((group, index) => <span key={index}>{group}</span>)}</p></Card>}
      {isHidden ? <GroupCheck groups={groups} doneLabel={doneLabel} onKept={onKept} /> : (
        <div className="row wide wraps">
          <Button kind="main" autoFocus icon={Printer} label={words.print} combo="F9" onPress={() => window.print()} />
          <Button label={words.hide} combo="F10" onPress={() => setIsHidden(true)} />
        </div>
      )}
      {children}
      {createPortal(<Sheet code={code} groups={groups} />, document.body)}
    </div>
  );
}

/** Two different groups, chosen anew each time, so that nobody learns which ones to copy. */
function pickTwo(count: number): readonly [number, number] {
  const [first = 0, second = 0] = crypto.getRandomValues(new Uint32Array(2));
  const one = first % count;
  const other = (one + 1 + (second % (count - 1))) % count;
  return one < other ? [one, other] : [other, one];
}

interface GroupCheckProps {
  readonly groups: readonly string[];
  readonly doneLabel: string;
  readonly onKept: () => void;
}

function GroupCheck({ groups, doneLabel, onKept }: GroupCheckProps) {
  const words = vi.office.safe;
  const form = useRef<FormScopeHandle>(null);
  const [asked] = useState(() => pickTwo(groups.length));
  const [typed, setTyped] = useState<readonly [string, string]>(['', '']);
  const problem = (place: 0 | 1) => (sameGroup(typed[place], groups[asked[place]] ?? '') ? undefined : t(words.groupWrong, { group: asked[place] + 1 }));
  return (
    <FormScope className="stack" handle={form}>
      <h2>{words.check}</h2>
      <p className="muted">{words.checkHelp}</p>
      <div className="two-fields">
        <TextField label={t(words.group, { group: asked[0] + 1 })} autoFocus hasFigures size="big" lengthMax={5} value={typed[0]} onChange={(text) => setTyped([text, typed[1]])} error={problem(0)} />
        <TextField label={t(words.group, { group: asked[1] + 1 })} hasFigures size="big" lengthMax={5} value={typed[1]} onChange={(text) => setTyped([typed[0], text])} error={problem(1)} />
      </div>
      <div>
        <Button kind="main" isMainAction label={doneLabel} cap="Enter" onPress={() => {
          if (form.current?.revealErrors() === 0) onKept();
        }} />
      </div>
    </FormScope>
  );
}

/** As the core reads a code: case does not count, O is 0, I and L are 1. */
function sameGroup(typed: string, group: string): boolean {
  return typed.trim().toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1') === group;
}

/** What the printer gets: nothing of the screen, only the sheet for the safe. */
function Sheet({ code, groups }: { readonly code: PrintedCode; readonly groups: readonly string[] }) {
  const words = vi.office.safe;
  return (
    <div className="print-sheet" aria-hidden="true">
      <p>{t(words.sheetOffice, { name: code.officeName })}</p>
      <h1>{words.sheetTitle}</h1>
      <p className="sheet-number num">{t(words.sheetNumber, { sheet: code.sheet })}</p>
      <p className="sheet-code num">{groups.map((group, index) => <span key={index}><i>{index + 1}</i>{group}</span>)}</p>
      <p>{words.sheetUse}</p>
      <p>{words.sheetSeveral}</p>
      <p><b>{words.sheetKeep}</b></p>
      <p>{t(words.sheetDate, { date: formatDate(deskToday()), desk: code.deskName })}</p>
      <p className="sheet-sign">{words.sheetSign}</p>
    </div>
  );
}
