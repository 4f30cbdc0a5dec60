import { useState } from 'react';
import type { OutputOf } from '../../../src-shared/contract/contract.ts';
import { draftBuffer } from '../../client/draft-buffer.ts';
import { useQuery } from '../../client/use-query.ts';
import { callCoreWaiting } from '../../client/waiting-call.ts';
import { openScreen } from '../../router/router.ts';
import { formatInstant } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';

type Draft = OutputOf<'drafts.list'>['drafts'][number];
const words = vi.today.drafts;

/** Forms that were begun: gone on with, or thrown away by a second press. */
export function Drafts() {
  const { value } = useQuery('drafts.list', {}, (event) => event.type === 'drafts' || event.type === 'dossier');
  const drafts = value?.drafts ?? [];
  if (drafts.length === 0) return null;
  return (
    <Card title={words.title} aside={t(words.count, { count: drafts.length })} isFlush isClipped>
      <ul className="lines">{drafts.map((draft) => <DraftLine key={draft.id} draft={draft} />)}</ul>
    </Card>
  );
}

function DraftLine({ draft }: { readonly draft: Draft }) {
  const [isAsking, setIsAsking] = useState(false);
  async function drop(): Promise<void> {
    const answer = await callCoreWaiting('drafts.drop', { id: draft.id });
    if (answer.ok) await draftBuffer.removeUpTo(draft.id, Number.MAX_SAFE_INTEGER);
    else setIsAsking(false);
  }
  return (
    <li>
      <div className="grow">
        <b>{draft.title === '' ? words.unnamed : draft.title}</b>
        <p className="muted small">{isAsking ? words.dropAsk : t(words.stopped, { when: formatInstant(draft.savedAt) })}</p>
      </div>
      <div className="today-draft-acts">
        {isAsking ? (
          <>
            <Button key="keep" kind="in-block" label={words.keep} autoFocus onPress={() => setIsAsking(false)} />
            <Button kind="quiet" label={words.dropSure} onPress={() => void drop()} />
          </>
        ) : (
          <>
            <Button kind="in-block" label={words.resume} onPress={() => openScreen({ name: 'receive', draftId: draft.id })} />
            <Button kind="quiet" label={words.drop} onPress={() => setIsAsking(true)} />
          </>
        )}
      </div>
    </li>
  );
}
