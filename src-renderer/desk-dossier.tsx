import { ConflictCard } from './features/conflicts/conflict-card.tsx';
import { DossierScreen } from './features/dossiers/dossier-screen.tsx';
import { PaperPanel } from './features/printing/paper-panel.tsx';

/** The page of one dossier with the parts that settle conflicts and print papers: features that do not know each other. */
export function DeskDossier({ dossierId }: { readonly dossierId: string }) {
  return <DossierScreen dossierId={dossierId} conflictCard={ConflictCard} paperPanel={PaperPanel} />;
}
