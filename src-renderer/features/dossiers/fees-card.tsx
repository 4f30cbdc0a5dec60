import type { DossierView } from '../../../src-shared/contract/dossier-views.ts';
import { FEE_KINDS, type FeeKind } from '../../../src-shared/domain/fees/fee-rule.ts';
import { formatMoney } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Card } from '../../ui/card.tsx';
import { Chip, type Tone } from '../../ui/chip.tsx';
import { entryDetail, entryWords } from './acts/entry-pick.tsx';

const words = vi.fees.card;
type Fees = DossierView['fees'];
type Standing = Fees['charge']['standing'];

const TONES: Readonly<Record<Standing, Tone>> = { none: 'desk', unknown: 'today', owed: 'today', settled: 'ontime', over: 'over' };

/** Phí and lệ phí apart: what is due, what was taken, and every entry; what was voided stays listed. */
export function FeesCard({ fees }: { readonly fees: Fees }) {
  const kinds = FEE_KINDS.filter((kind) => fees[kind].standing !== 'none' || fees.entries.length === 0);
  return (
    <Card title={words.title} isFlush>
      <ul className="lines">
        {kinds.map((kind) => <KindLine key={kind} kind={kind} balance={fees[kind]} />)}
        {fees.entries.map((entry) => (
          <li key={entry.id}>
            <div className="grow fee-facts">
              <p>{entry.voided === null ? entryWords(entry) : <s className="muted">{entryWords(entry)}</s>}</p>
              <p className="detail">{entryDetail(entry)}</p>
              {entry.voided !== null && <p className="detail">{t(words.voided, { reason: entry.voided.reason })}</p>}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function KindLine({ kind, balance: { standing, dueDong, paidDong, exemptBy } }: { readonly kind: FeeKind; readonly balance: Fees['charge'] }) {
  const facts = [
    exemptBy !== null ? t(words.exempt, { ground: exemptBy }) : dueDong !== null && dueDong > 0 ? t(words.due, { sum: formatMoney(dueDong) }) : null,
    paidDong > 0 ? t(words.paid, { sum: formatMoney(paidDong) }) : null,
  ].filter((fact) => fact !== null);
  return (
    <li>
      <div className="grow fee-facts"><p><b>{vi.fees.kinds[kind]}</b></p>{facts.map((fact) => <p key={fact} className="detail">{fact}</p>)}</div>
      <Chip tone={TONES[standing]}>{words.standings[standing]}</Chip>
    </li>
  );
}
