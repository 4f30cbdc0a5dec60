import { EntryPage } from '../../frame/entry-page.tsx';
import { vi } from '../../text/vi.ts';
import { StepList } from './first-desk-wizard.tsx';
import { RecoverySafe, type PrintedCode } from './recovery-safe.tsx';

interface RecoveryCodePageProps {
  readonly code: PrintedCode;
  readonly onKept: () => void;
}

const SAFE_STEP = 5;

/** The last step of the set-up: the office's first recovery code goes onto paper. */
export function RecoveryCodePage({ code, onKept }: RecoveryCodePageProps) {
  const words = vi.office.safe;
  return (
    <EntryPage help={vi.help.gates.recoveryCode} title={words.title} sideWidth="narrow" side={<StepList current={SAFE_STEP} />}>
      <h1>{words.title}</h1>
      <RecoverySafe code={code} doneLabel={words.done} onKept={onKept} />
    </EntryPage>
  );
}
