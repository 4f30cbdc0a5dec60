import { Building2, KeyRound, Package, Users } from 'lucide-react';
import { useState } from 'react';
import type { AdministratorView } from '../../src-shared/console-contract/console-views.ts';
import { Frame } from '../frame/frame.tsx';
import { ScreenFaultGuard } from '../frame/screen-fault.tsx';
import { useMinuteClock } from '../frame/use-minute-clock.ts';
import { formatTime } from '../text/format.ts';
import { t } from '../text/t.ts';
import { viConsole } from '../text/vi/console.ts';
import { Skeleton } from '../ui/note.tsx';
import { AdmissionsScreen } from './admissions-screen.tsx';
import './console.css';
import { signOut, useConsoleSession } from './console-session.ts';
import { EntryPages } from './entry-pages.tsx';
import { OfficeScreen } from './office-screen.tsx';
import { OfficesScreen } from './offices-screen.tsx';
import { PacksScreen } from './packs-screen.tsx';
import { PeopleScreen } from './people-screen.tsx';

/** Where somebody is on the page. Not in the address: it would stand in the browser's history which office was looked at. */
type Place = { readonly name: 'offices' | 'admissions' | 'packs' | 'people' } | { readonly name: 'office'; readonly office: string };

const RAIL = [['offices', Building2], ['admissions', KeyRound], ['packs', Package], ['people', Users]] as const;
const HOME: Place = { name: 'offices' };

/** The page of the upper tier. */
export function ConsoleApp() {
  const gate = useConsoleSession((state) => state.gate);
  const administrator = useConsoleSession((state) => state.administrator);
  if (gate === 'starting') return <main aria-label={viConsole.starting}><Skeleton /></main>;
  return gate === 'open' && administrator !== undefined ? <Console key={administrator.id} administrator={administrator} /> : <EntryPages />;
}

function Console({ administrator }: { readonly administrator: AdministratorView }) {
  const [place, setPlace] = useState<Place>(HOME);
  // What was typed to find an office is there again when one comes back from it.
  const [typed, setTyped] = useState('');
  const nowMs = useMinuteClock(Date.now);
  const isReachable = useConsoleSession((state) => state.isReachable);
  const answeredAt = useConsoleSession((state) => state.answeredAt);
  return (
    <Frame
      entries={RAIL.map(([name, icon]) => ({ id: name, label: viConsole.rail[name], icon, onOpen: () => setPlace({ name }) }))}
      currentId={place.name === 'office' ? 'offices' : place.name}
      officer={{ name: administrator.name, note: viConsole.role, action: viConsole.signOut }}
      network={isReachable ? { words: t(viConsole.asOf, { time: formatTime(answeredAt) }) } : { words: viConsole.notAnswering, isWarning: true }}
      nowMs={nowMs}
      strip={isReachable ? undefined : viConsole.unreachable}
      onFind={setTyped}
      onLock={() => void signOut()}
      onBack={place.name === HOME.name ? undefined : () => setPlace(HOME)}
      help={viConsole[place.name].help}
    >
      <ScreenFaultGuard key={JSON.stringify(place)} onHome={() => setPlace(HOME)}>
        {place.name === 'offices' && <OfficesScreen typed={typed} onType={setTyped} onOpen={(office) => setPlace({ name: 'office', office })} />}
        {place.name === 'office' && <OfficeScreen office={place.office} onBack={() => setPlace(HOME)} />}
        {place.name === 'admissions' && <AdmissionsScreen />}
        {place.name === 'packs' && <PacksScreen />}
        {place.name === 'people' && <PeopleScreen self={administrator.id} />}
      </ScreenFaultGuard>
    </Frame>
  );
}
