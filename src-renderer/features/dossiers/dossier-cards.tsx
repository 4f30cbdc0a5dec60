import { Building2, Check, Minus, Monitor } from 'lucide-react';
import type { DossierView, HistoryEntryView } from '../../../src-shared/contract/dossier-views.ts';
import type { OperationEffect } from '../../../src-shared/domain/dossiers/dossier.ts';
import { formatInstant } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Card } from '../../ui/card.tsx';
import { Chip, type Tone } from '../../ui/chip.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Icon } from '../../ui/icon.tsx';
import { paperWords } from './correction.ts';

const words = vi.dossiers;

/** The papers and how many of each; what is missing or asked for is marked. */
export function PapersCard({ dossier }: { readonly dossier: DossierView }) {
  const { papers, documents } = dossier.content;
  const round = dossier.supplementRounds.at(-1);
  const awaited = dossier.status === 'waitingSupplement' ? (round?.papers ?? []) : [];
  const asked = awaited.filter((name) => !papers.some((paper) => paper.name === name));
  const have = papers.filter((paper) => !paper.missing && !awaited.includes(paper.name)).length;
  return (
    <Card title={words.papers.title} aside={papers.length > 0 ? t(words.papers.count, { have, all: papers.length + asked.length }) : undefined} isFlush>
      {papers.length + documents.length + asked.length === 0 && <p className="empty">{words.papers.none}</p>}
      <ul className="lines paper-list">
        {papers.map((paper, index) => {
          const isAwaited = awaited.includes(paper.name);
          const isLacking = paper.missing || isAwaited;
          return (
            <li key={index}>
              <span className={classNames('mark', isLacking && 'lacks')}><Icon shape={isLacking ? Minus : Check} size="small" /></span>
              <span className="grow">{paper.name}</span>
              {isAwaited ? <Chip tone="pause">{words.papers.awaited}</Chip> : paper.missing ? <Chip tone="today">{words.papers.lacking}</Chip> : <span className="small muted">{paperWords(paper)}</span>}
            </li>
          );
        })}
        {asked.map((name) => (
          <li key={name}><span className="mark lacks"><Icon shape={Minus} size="small" /></span><span className="grow">{name}</span><Chip tone="pause">{words.papers.awaited}</Chip></li>
        ))}
        {documents.map((document, index) => (
          <li key={`d${index}`}>
            <span className="mark"><Icon shape={Check} size="small" /></span>
            <span className="grow">{document.name}</span>
            <span className="small muted">{t(words.papers.document, { pages: document.pages, copies: document.copies })}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Where the dossier has arrived: here it always is; above, what was signed for or came from there. */
export function ArrivalCard({ delivery }: { readonly delivery: DossierView['delivery'] }) {
  return (
    <Card title={words.arrival.title} isFlush>
      <ul className="lines">
        <li><Icon shape={Monitor} size="small" /><span className="grow">{words.arrival.here}</span><Chip tone="ontime">{words.arrival.all}</Chip></li>
        {delivery !== null && <li><Icon shape={Building2} size="small" /><span className="grow">{words.arrival.province}</span><DeliveryChip delivery={delivery} /></li>}
        {delivery !== null && delivery.signed > 0 && delivery.signed < delivery.delivered && <li className="small muted">{t(words.arrival.signedPart, { count: delivery.signed })}</li>}
      </ul>
    </Card>
  );
}

/** Only what this desk wrote can be signed for to it; what the upper tier handed down is there, and no more is claimed. */
function DeliveryChip({ delivery: { operations, delivered, signed } }: { readonly delivery: NonNullable<DossierView['delivery']> }) {
  const isWhole = delivered === operations;
  return <Chip tone={isWhole ? 'ontime' : 'pause'}>{isWhole ? (signed === operations ? words.arrival.signed : words.arrival.above) : t(words.arrival.waiting, { count: operations - delivered })}</Chip>;
}

const EFFECT_TONES: Readonly<Record<OperationEffect, Tone>> = {
  applied: 'ontime', inConflict: 'today', setAside: 'desk', undone: 'desk', sameFact: 'desk', superseded: 'desk', illegal: 'over', unknown: 'today', erased: 'desk',
};

/** Every operation, the newest on top, with the desk that wrote it and what became of it. */
export function HistoryCard({ history }: { readonly history: readonly HistoryEntryView[] }) {
  return (
    <Card title={words.history.title} aside={words.history.order} isFlush>
      <ol className="history">{[...history].reverse().map((entry) => <HistoryRow key={entry.id} entry={entry} />)}</ol>
    </Card>
  );
}

function HistoryRow({ entry }: { readonly entry: HistoryEntryView }) {
  const effect = Object.hasOwn(EFFECT_TONES, entry.effect) ? (entry.effect as OperationEffect) : 'unknown';
  const details = entry.lines.map(({ label, text }) => `${label}: ${text}`).join(' · ');
  return (
    <li className={effect === 'applied' || effect === 'inConflict' ? undefined : 'without-effect'}>
      <span className="num muted">{formatInstant(entry.at)}</span>
      <span className="desk">{entry.deskName ?? words.history.unknownDesk}</span>
      <span className="words"><b>{entry.title}</b>{entry.actorName !== null && `. ${entry.actorName}`}{details !== '' && <span className="second-line detail">{details}</span>}</span>
      {effect === 'applied' ? <span /> : <Chip tone={EFFECT_TONES[effect]}>{words.history.effects[effect]}</Chip>}
    </li>
  );
}
