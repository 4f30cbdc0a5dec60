import { ConflictCard } from './features/conflicts/conflict-card.tsx';
import { DossierScreen } from './features/dossiers/dossier-screen.tsx';

/** The page of one dossier with the part that settles conflicts: two features that do not know each other. */
export function DeskDossier({ dossierId }: { readonly dossierId: string }) {
  return <DossierScreen dossierId={dossierId} conflictCard={ConflictCard} />;
}
