import { createElement, type ComponentType } from 'react';
import { railEntries, railPlaceOf } from './desk-rail.ts';
import { DESK_SCREENS } from './desk-screens.ts';
import type { OfficerBadge } from './frame/frame-context.ts';
import { Frame } from './frame/frame.tsx';
import { goBack, openScreen, useScreen } from './router/router.ts';
import type { Screen } from './router/screens.ts';
import { vi } from './text/vi.ts';

interface DeskAppProps {
  readonly officer: OfficerBadge;
  readonly nowMs: number;
  readonly onLock: () => void;
}

/** The desk after sign-in: the frame with the screen that is open. */
export function DeskApp({ officer, nowMs, onLock }: DeskAppProps) {
  const screen = useScreen();
  return (
    <Frame
      entries={railEntries(DESK_SCREENS, {})}
      currentId={railPlaceOf(screen.name)}
      officer={officer}
      network={{ words: vi.frame.network.none }}
      nowMs={nowMs}
      onFind={(query) => openScreen({ name: 'dossiers', query })}
      onLock={onLock}
      onBack={goBack}
    >
      <OpenScreen screen={screen} />
    </Frame>
  );
}

/** Each opening is a new component, so that a screen never shows what another dossier left in it. */
function OpenScreen({ screen }: { readonly screen: Screen }) {
  const { name, ...parameters } = screen;
  // The table pairs each name with the component of its parameters; the compiler cannot follow that through a union.
  const component = DESK_SCREENS[name] as ComponentType<object> | undefined;
  return component === undefined ? null : createElement(component, { key: JSON.stringify(screen), ...parameters });
}
