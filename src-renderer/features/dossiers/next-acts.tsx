import { FileCheck, FilePen, FileX, Hand, PackageCheck, Pause, Printer, Stamp, Undo2 } from 'lucide-react';
import { Fragment } from 'react';
import type { DossierView } from '../../../src-shared/contract/dossier-views.ts';
import { DOSSIER_PERMISSIONS } from '../../../src-shared/domain/dossiers/dossier-operations.ts';
import { useHasRole } from '../../client/desk-session.ts';
import { hasDisputedResult } from '../../text/dossier-due.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import type { IconShape } from '../../ui/icon.tsx';

export type DossierAct = DossierView['acts'][number]['act'];

const words = vi.dossiers.acts;

/** What belongs to a state, the natural next step first; the others are among "Việc khác" or have no sense there. */
const ACTS_OF_STATUS: Readonly<Record<DossierView['status'], readonly DossierAct[]>> = {
  received: ['take', 'requestSupplement', 'handOver', 'reprint'],
  processing: ['finish', 'requestSupplement', 'handOver', 'reprint'],
  waitingSupplement: ['receiveSupplement', 'handOver', 'reprint'],
  waitingDuty: ['handOver', 'reprint'],
  finished: ['handOver', 'reprint'],
  returned: ['reprint'],
  withdrawn: ['reprint'],
  stopped: ['reprint'],
  refused: ['reprint'],
  voided: ['reprint'],
};
const CLOSED: ReadonlySet<DossierView['status']> = new Set<DossierView['status']>(['returned', 'withdrawn', 'stopped', 'refused', 'voided']);
const MORE_ACTS: readonly DossierAct[] = ['undo', 'correct', 'void'];

const LOOKS: Readonly<Record<DossierAct, { readonly icon: IconShape; readonly combo: string; readonly order: number }>> = {
  take: { icon: Hand, combo: 'F10', order: 12 },
  finish: { icon: Stamp, combo: 'F10', order: 12 },
  receiveSupplement: { icon: PackageCheck, combo: 'F10', order: 12 },
  handOver: { icon: FileCheck, combo: 'F8', order: 13 },
  reprint: { icon: Printer, combo: 'F9', order: 14 },
  requestSupplement: { icon: Pause, combo: 'F7', order: 15 },
  undo: { icon: Undo2, combo: 'Alt+1', order: 81 },
  correct: { icon: FilePen, combo: 'Alt+2', order: 82 },
  void: { icon: FileX, combo: 'Alt+3', order: 83 },
};

interface NextActsProps {
  readonly dossier: DossierView;
  readonly onAct: (act: DossierAct) => void;
}

/** What can be done now, and in one sentence why something cannot. The core has judged it (`acts`), with its own rules. */
export function NextActs({ dossier, onAct }: NextActsProps) {
  const byAct = new Map(dossier.acts.map((one) => [one.act, one]));
  const main = ACTS_OF_STATUS[dossier.status];
  const mayHandOver = useHasRole(...DOSSIER_PERMISSIONS['dossier.handedOver']);
  const asksFirst = mayHandOver && hasDisputedResult(dossier);
  const hasConflict = dossier.openConflicts > 0;
  const first = main.find((act) => act !== 'reprint' && byAct.get(act)?.possible === true);
  const actButton = (act: DossierAct) => {
    const { icon, combo, order } = LOOKS[act];
    const state = byAct.get(act);
    const isAsked = act === 'handOver' && asksFirst;
    const button = (
      <Button
        key={act}
        label={words[act]}
        icon={icon}
        isWide
        kind={act === first && !hasConflict ? 'main' : MORE_ACTS.includes(act) ? 'in-block' : 'plain'}
        combo={combo}
        keyOrder={order}
        keepsCap
        disabledReason={state?.possible === false && !isAsked ? (state.why ?? '') : undefined}
        onPress={() => onAct(act)}
      />
    );
    return isAsked ? <Fragment key={act}>{button}<p className="hint">{words.asksFirst}</p></Fragment> : button;
  };
  return (
    <Card title={words.title}>
      <div className="acts">
        {CLOSED.has(dossier.status) && <p className="detail">{words.closed}</p>}
        {main.map(actButton)}
        <div className="more-acts" role="group" aria-label={words.more}>
          {MORE_ACTS.filter((act) => byAct.get(act)?.possible === true).map(actButton)}
          {MORE_ACTS.filter((act) => byAct.get(act)?.possible !== true).map((act) => <p key={act} className="hint"><b>{words[act]}</b>: {byAct.get(act)?.why}</p>)}
        </div>
      </div>
    </Card>
  );
}
