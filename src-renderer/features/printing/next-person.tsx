import { IdCard } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { DossierView } from '../../../src-shared/contract/dossier-views.ts';
import { keepScanForNextForm, onCardScan } from '../../client/card-scan.ts';
import { useQuery } from '../../client/use-query.ts';
import { openScreen } from '../../router/router.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Icon } from '../../ui/icon.tsx';
import { PickList } from '../../ui/pick-list.tsx';

const TILES = 5;
const SAME_PERSON = 'same-person';

interface NextPersonProps {
  readonly dossier: DossierView;
  /** A question is open above: its digits come first, these tiles are reached by Tab or F6. */
  readonly isQuestionOpen: boolean;
}

/** The next citizen, or the same one with another matter. */
export function NextPerson({ dossier, isQuestionOpen }: NextPersonProps) {
  const used = useQuery('procedures.search', { query: '', limit: TILES });
  const procedures = used.value?.procedures ?? [];
  const section = useRef<HTMLDivElement>(null);
  const wasOpen = useRef(isQuestionOpen);
  useNextScan();
  useEffect(() => {
    // Once the paper is answered for, the digits belong to the next person.
    if (wasOpen.current && !isQuestionOpen) section.current?.querySelector<HTMLElement>('[data-picks]')?.focus();
    wasOpen.current = isQuestionOpen;
  }, [isQuestionOpen]);
  const name = dossier.submitterName ?? dossier.ownerName;
  return (
    <Card className="next-person">
      <div className="row wide next-person-head">
        <span className="next-person-icon"><Icon shape={IdCard} /></span>
        <div className="grow">
          <h2>{vi.printing.next.title}</h2>
          <p className="muted small">{isQuestionOpen ? vi.printing.question.answerLater : vi.printing.next.note}</p>
        </div>
        <Button kind="main" label={vi.printing.next.receive} keyLabel={vi.printing.next.key} combo="F2" keyOrder={10} onPress={() => openScreen({ name: 'receive' })} />
      </div>
      <div ref={section} data-block="2" tabIndex={-1}>
        <PickList key={isQuestionOpen ? 'quiet' : 'ready'} label={vi.printing.next.tiles} autoFocus={!isQuestionOpen}
          items={[
            ...procedures.slice(0, isQuestionOpen ? 2 : TILES).map((one, index) => ({ id: one.code, label: one.shortName, ...(!isQuestionOpen && { digit: index + 1 }) })),
            { id: SAME_PERSON, label: t(vi.printing.next.samePerson, { name: givenName(name) }), isSetApart: true, ...(!isQuestionOpen && { digit: 0 }) },
          ]}
          onPick={(id) => openScreen(id === SAME_PERSON ? { name: 'receive', samePersonAs: dossier.id } : { name: 'receive', procedureCode: id })} />
      </div>
    </Card>
  );
}

/** People are called by the last word of their name. */
function givenName(name: string): string {
  return name.trim().split(/\s+/).at(-1) ?? name;
}

/** A card scanned here is the next citizen's. */
function useNextScan(): void {
  useEffect(() => onCardScan({
    read: (scan) => {
      if (scan.ok) keepScanForNextForm(scan.value);
      openScreen({ name: 'receive' });
    },
  }), []);
}
