import { CircleCheck } from 'lucide-react';
import type { DossierSummary } from '../../src-shared/contract/dossier-views.ts';
import { useDeskNow } from '../client/use-desk-now.ts';
import { dossierDue } from '../text/dossier-due.ts';
import { Chip } from '../ui/chip.tsx';

/** The chip of a dossier's appointment; renewed every minute, so that it never shows yesterday's answer. */
export function DueChip({ dossier }: { readonly dossier: DossierSummary }) {
  const { tone, words } = dossierDue(dossier, useDeskNow());
  return <Chip tone={tone} {...(dossier.status === 'returned' && tone === 'early' && { icon: CircleCheck })}>{words}</Chip>;
}
