import { createElement, useEffect, type ComponentType } from 'react';
import type { SessionView } from '../src-shared/contract/office.api.ts';
import { deskNowMs, lockDesk, useDeskSession } from './client/desk-session.ts';
import { useQuery } from './client/use-query.ts';
import { useDeskPalette } from './desk-palette.ts';
import { railEntries, railPlaceOf } from './desk-rail.ts';
import { DESK_SCREENS } from './desk-screens.ts';
import { DeskQuestions } from './features/desks/desk-questions.tsx';
import { useIdleLock } from './features/session/use-idle-lock.ts';
import { networkStateOf } from './features/sync/network-state.ts';
import { olderStrip } from './features/sync/older-words.ts';
import { TourStrip } from './features/tour/tour-strip.tsx';
import type { OfficerBadge } from './frame/frame-context.ts';
import { Frame } from './frame/frame.tsx';
import { ScreenFaultGuard } from './frame/screen-fault.tsx';
import { useMinuteClock } from './frame/use-minute-clock.ts';
import { goBack, openScreen, replaceScreen, useScreen } from './router/router.ts';
import { HOME, type Screen } from './router/screens.ts';
import { t } from './text/t.ts';
import { vi } from './text/vi.ts';
import { useKeys } from './ui/keyboard/use-keys.ts';

/** The desk of one officer: the frame with the screen that is open, and the questions that concern the whole desk. */
export function DeskApp({ session }: { readonly session: SessionView }) {
  const screen = useScreen();
  const nowMs = useMinuteClock(deskNowMs);
  const office = useDeskSession((state) => state.office?.office);
  const isReachable = useDeskSession((state) => state.isReachable);
  const counts = useQuery('dossiers.counts', {}, (event) => event.type === 'dossier').value;
  const papers = useQuery('printing.jobs', {}, (event) => event.type === 'printing').value;
  const toEnter = useQuery('dossiers.listToEnter', { limit: 1 }, (event) => event.type === 'dossier' || event.type === 'office').value;
  const sync = useQuery('sync.status', {}, ({ type }) => type === 'sync' || type === 'dossier' || type === 'office').value;
  const palette = useDeskPalette();
  useKeys([
    { combo: 'F2', label: vi.frame.rail.receive, run: () => openScreen({ name: 'receive' }), order: 46 },
    { combo: 'F8', label: vi.frame.rail.handOver, run: () => openScreen({ name: 'handOver' }), order: 47 },
  ], 'app');
  useIdleLock(session.idleLockMinutes, lockDesk);
  useEffect(() => {
    // An officer whose screens are not there (a link of another version) starts at home.
    if (DESK_SCREENS[screen.name] === undefined) replaceScreen(HOME);
  }, [screen.name]);
  return (
    <>
      <Frame
        entries={railEntries(DESK_SCREENS, { ...(counts !== undefined && { handOver: counts.toHandOver }), ...(papers !== undefined && { printQueue: papers.jobs.length }), ...(toEnter !== undefined && { province: toEnter.count }) }, session.roles)}
        currentId={railPlaceOf(screen.name)}
        officer={badgeOf(session)}
        network={networkStateOf(sync)}
        nowMs={nowMs}
        clockNote={office?.clockUnverified === true ? vi.session.date.unverified : undefined}
        strip={isReachable ? olderStrip(sync?.older) : vi.frame.core.reconnecting}
        isTraining={office?.training ?? false}
        foot={<TourStrip />}
        onFind={(query) => openScreen({ name: 'dossiers', query })}
        onLock={lockDesk}
        onBack={screen.name === HOME.name ? undefined : goBack}
        help={vi.help.screens[screen.name]}
        paletteItems={palette.items}
        onPaletteQueryChange={palette.onQueryChange}
      >
        <ScreenFaultGuard key={JSON.stringify(screen)} onHome={() => replaceScreen(HOME)}><OpenScreen screen={screen} /></ScreenFaultGuard>
      </Frame>
      <DeskQuestions onImport={() => openScreen({ name: 'settings', part: 'desks' })} />
    </>
  );
}

function badgeOf({ officer, deskName, standsInFor }: SessionView): OfficerBadge {
  const instead = standsInFor.length === 0 ? '' : t(vi.delegations.badge, { names: standsInFor.map(({ name }) => name).join(', ') });
  const first = officer?.title !== undefined && officer.title !== '' ? officer.title : officer?.roles[0] === undefined ? '' : vi.session.roles[officer.roles[0]];
  return { name: officer?.name ?? '', note: [instead === '' ? first : instead, deskName].filter((part) => part !== '').join(' · ') };
}

/** Each opening is a new component, so that a screen never shows what another dossier left in it. */
function OpenScreen({ screen }: { readonly screen: Screen }) {
  const { name, ...parameters } = screen;
  // The table pairs each name with the component of its parameters; the compiler cannot follow that through a union.
  const component = DESK_SCREENS[name] as ComponentType<object> | undefined;
  return component === undefined ? null : createElement(component, { key: JSON.stringify(screen), ...parameters });
}
