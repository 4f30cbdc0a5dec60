import { Check } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import type { DossierView, PrintJobView } from '../../../src-shared/contract/dossier-views.ts';
import type { ScreenError } from '../../client/core-client.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import type { IconShape } from '../../ui/icon.tsx';
import { FormScope, type FormScopeHandle } from '../../ui/keyboard/form-scope.tsx';
import { useKeys } from '../../ui/keyboard/use-keys.ts';
import { Note } from '../../ui/note.tsx';

/** What every panel of an act is given. */
export interface ActPanelProps {
  readonly dossier: DossierView;
  readonly onClose: () => void;
  /** The act is durable: what to say, the dossier as it stands now (unknown after a reprint), and the paper that is due. */
  readonly onDone: (said: string, dossier: DossierView | undefined, job?: PrintJobView | null) => void;
}

interface PanelFrameProps {
  readonly title: string;
  readonly explain?: ReactNode;
  readonly children: ReactNode;
  readonly saveLabel: string;
  readonly saveIcon?: IconShape;
  /** Called only when no field is wrong. */
  readonly onSave: () => void;
  readonly onClose: () => void;
  readonly error: ScreenError | undefined;
  readonly isRunning: boolean;
  /** Beside the buttons: a sentence that belongs to saving. */
  readonly note?: ReactNode;
}

/** A panel in the page: F10 saves, Esc closes and leaves nothing half-done. */
export function PanelFrame(props: PanelFrameProps) {
  const form = useRef<FormScopeHandle>(null);
  const [errorsLeft, setErrorsLeft] = useState(0);
  useKeys([{ combo: 'Esc', label: vi.dossiers.panel.close, run: props.onClose, order: 45, listed: 'bar' }]);
  function save(): void {
    const count = form.current?.revealErrors() ?? 0;
    setErrorsLeft(count);
    if (count === 0 && !props.isRunning) props.onSave();
  }
  return (
    <Card title={props.title} className="act-panel">
      <FormScope handle={form} className="stack">
        {props.explain !== undefined && <p className="detail">{props.explain}</p>}
        {/* What was said at the last try is over as soon as something is changed. */}
        <div className="stack" onChange={() => setErrorsLeft(0)}>{props.children}</div>
        {props.error !== undefined && <Note kind="bad" errorCode={props.error.code}>{props.error.sentence}</Note>}
        {errorsLeft > 0 && <Note kind="bad">{t(vi.ui.form.errorsLeft, { count: errorsLeft })}</Note>}
        <div className="panel-foot">
          <Button kind="main" label={props.saveLabel} combo="F10" keyOrder={12} icon={props.saveIcon ?? Check} isMainAction onPress={save} />
          <Button label={vi.dossiers.panel.close} cap="Esc" onPress={props.onClose} />
          {props.note}
        </div>
      </FormScope>
    </Card>
  );
}
