import { Ellipsis } from 'lucide-react';
import { Fragment } from 'react';
import type { DossierView } from '../../../src-shared/contract/dossier-views.ts';
import { DOSSIER_PERMISSIONS } from '../../../src-shared/domain/dossiers/dossier-operations.ts';
import { useHasRole } from '../../client/desk-session.ts';
import { useDeskNow } from '../../client/use-desk-now.ts';
import { dossierDue, hasDisputedResult } from '../../text/dossier-due.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { LOOKS, type DossierAct } from './act-looks.ts';
import { actsLayout } from './acts-layout.ts';

const words = vi.dossiers.acts;

interface NextActsProps {
  readonly dossier: DossierView;
  readonly onAct: (act: DossierAct) => void;
  /** Opens the list of everything else. */
  readonly onMore: () => void;
}

/**
 * One next step, the acts of every day by their keys, and one way to all the others. The core has judged what can be done
 * (`acts`), with its own rules.
 */
export function NextActs({ dossier, onAct, onMore }: NextActsProps) {
  const now = useDeskNow();
  const byAct = new Map(dossier.acts.map((one) => [one.act, one]));
  const isPossible = (act: DossierAct) => byAct.get(act)?.possible === true;
  const mayHandOver = useHasRole(...DOSSIER_PERMISSIONS['dossier.handedOver']);
  const asksFirst = mayHandOver && hasDisputedResult(dossier);
  const { next, everyday, beside } = actsLayout(dossier, isDue(dossier, now), owesFee(dossier));
  const actButton = (act: DossierAct, kind: 'main' | 'plain' | 'in-block' = 'plain') => {
    const { icon, combo, order } = LOOKS[act];
    const state = byAct.get(act);
    const isAsked = act === 'handOver' && asksFirst;
    const button = (
      <Button key={act} label={words[act]} icon={icon} isWide kind={kind} combo={combo} keyOrder={order} keepsCap
        disabledReason={state?.possible === false && !isAsked ? (state.why ?? '') : undefined} onPress={() => onAct(act)} />
    );
    return isAsked ? <Fragment key={act}>{button}<p className="hint">{words.asksFirst}</p></Fragment> : button;
  };
  return (
    <Card title={words.title}>
      <div className="acts">
        {next === undefined && <p className="detail">{words.closed}</p>}
        {next !== undefined && actButton(next, isPossible(next) && dossier.openConflicts === 0 ? 'main' : 'plain')}
        {everyday.map((act) => actButton(act))}
        <div className="more-acts">
          {beside.map((act) => actButton(act, 'in-block'))}
          <Button kind="in-block" label={words.more} icon={Ellipsis} isWide combo="Alt+0" keyOrder={84} keepsCap onPress={onMore} />
        </div>
      </div>
    </Card>
  );
}

/** Phí or lệ phí that was neither taken nor exempted, also where nobody knows the sum. */
export function owesFee({ fees }: Pick<DossierView, 'fees'>): boolean {
  return [fees.charge, fees.levy].some(({ standing }) => standing === 'owed' || standing === 'unknown');
}

/** The day of the appointment has come or gone, and the clock runs. */
export function isDue(dossier: DossierView, now: number): boolean {
  const { tone } = dossierDue(dossier, now);
  return tone === 'over' || tone === 'today';
}
