import { HardDrive } from 'lucide-react';
import { leaveStorageFault, type StorageFault } from '../../client/desk-session.ts';
import { EntryPage } from '../../frame/entry-page.tsx';
import { Mountains } from '../../frame/mountains.tsx';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useKeys } from '../../ui/keyboard/use-keys.ts';
import { Note } from '../../ui/note.tsx';
import './session.css';

const WORDS = {
  'storage.full': vi.session.fault.full,
  'storage.readOnly': vi.session.fault.readOnly,
  'storage.damaged': vi.session.fault.damaged,
  'storage.newer': vi.session.fault.newer,
} as const satisfies Record<StorageFault, object>;

/** The storage cannot go on: what is safe, what is wrong, one thing to do (ux.md §7). The form below stays. */
export function StorageFaultPage({ fault }: { readonly fault: StorageFault }) {
  useKeys([], 'gate');
  const words = WORDS[fault];
  return (
    <EntryPage help={vi.help.gates.fault} title={words.title} side={<Mountains />}>
      <div className="stack fault">
        <span className="icon-tile"><Icon shape={HardDrive} size="large" /></span>
        <h1>{words.title}</h1>
        <Note kind="good">{vi.session.fault.kept}</Note>
        <p>{words.help}</p>
        <div><Button kind="main" isTall autoFocus label={words.act} cap="Enter" onPress={leaveStorageFault} /></div>
        <p className="muted small num">{t(vi.ui.form.errorCode, { code: fault })}</p>
      </div>
    </EntryPage>
  );
}
