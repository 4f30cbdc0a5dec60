import { ConflictCard } from './features/conflicts/conflict-card.tsx';
import { DossierScreen } from './features/dossiers/dossier-screen.tsx';
import { PaperPanel } from './features/printing/paper-panel.tsx';
import type { ScreenParameters } from './router/screens.ts';

/** The page of one dossier with the parts that settle conflicts and print papers: features that do not know each other. */
export function DeskDossier({ dossierId, panel }: ScreenParameters['dossier']) {
  return <DossierScreen dossierId={dossierId} panel={panel} conflictCard={ConflictCard} paperPanel={PaperPanel} />;
}
