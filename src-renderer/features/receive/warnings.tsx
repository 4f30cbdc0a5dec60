import { useState } from 'react';
import { openScreen } from '../../router/router.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Note } from '../../ui/note.tsx';
import type { ShownWarning } from './receive-input.ts';

/** What the officer should see before saving comes first; what is only unsure of the catalogue stands folded behind it. */
const QUIET_CODES = new Set(['procedure.unconfirmed', 'procedure.outOfDate', 'calendar.doubtfulDays', 'term.unknown', 'fee.unknown', 'levy.unknown']);

export function isLoud({ code }: ShownWarning): boolean {
  return !QUIET_CODES.has(code);
}

/** Amber, never in the way: nothing here needs a click, and all of it is kept with the dossier. */
export function Warnings({ warnings }: { readonly warnings: readonly ShownWarning[] }) {
  return warnings.map((warning) => <OneWarning key={`${warning.code} ${warning.text}`} warning={warning} />);
}

export function QuietWarnings({ warnings }: { readonly warnings: readonly ShownWarning[] }) {
  const [isUnfolded, setIsUnfolded] = useState(false);
  if (warnings.length === 0) return null;
  return (
    <div className="receive-quiet small">
      <LinkButton label={isUnfolded ? vi.receive.warnings.fewer : t(vi.receive.warnings.more, { count: warnings.length })} onPress={() => setIsUnfolded(!isUnfolded)} />
      {isUnfolded && <ul>{warnings.map(({ code, text }) => <li key={code}>{text}</li>)}</ul>}
    </div>
  );
}

function OneWarning({ warning }: { readonly warning: ShownWarning }) {
  const { text, dossier } = warning;
  return (
    <Note kind="warn">
      <p>{text}</p>
      {dossier !== null && <LinkButton label={vi.receive.warnings.seeOther} onPress={() => openScreen({ name: 'dossier', dossierId: dossier })} />}
    </Note>
  );
}
