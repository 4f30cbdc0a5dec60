import { ArrowDownUp, BookOpen, Building2, CalendarDays, FileCheck, FilePlus, Files, Gauge, House, Printer, Settings } from 'lucide-react';
import type { Role } from '../src-shared/domain/officers/officer.ts';
import type { ScreenComponents } from './desk-screens.ts';
import type { RailEntry } from './frame/rail.tsx';
import { openScreen } from './router/router.ts';
import type { Screen, ScreenName } from './router/screens.ts';
import { vi } from './text/vi.ts';
import type { IconShape } from './ui/icon.tsx';

interface RailPlace {
  readonly screen: Screen;
  readonly label: string;
  readonly icon: IconShape;
  /** Only for officers with one of these roles; the core refuses the others anyway. */
  readonly roles?: readonly Role[];
}

const PLACES: readonly RailPlace[] = [
  { screen: { name: 'today' }, label: vi.frame.rail.today, icon: House },
  { screen: { name: 'receive' }, label: vi.frame.rail.receive, icon: FilePlus },
  { screen: { name: 'dossiers' }, label: vi.frame.rail.dossiers, icon: Files },
  { screen: { name: 'handOver' }, label: vi.frame.rail.handOver, icon: FileCheck },
  { screen: { name: 'printQueue' }, label: vi.frame.rail.printQueue, icon: Printer },
  { screen: { name: 'registers' }, label: vi.frame.rail.registers, icon: BookOpen, roles: ['reception', 'processing', 'leader'] },
  { screen: { name: 'workload' }, label: vi.frame.rail.workload, icon: Gauge, roles: ['leader'] },
  { screen: { name: 'province' }, label: vi.frame.rail.province, icon: Building2 },
  { screen: { name: 'appointments' }, label: vi.frame.rail.appointments, icon: CalendarDays },
  { screen: { name: 'sync' }, label: vi.frame.rail.sync, icon: ArrowDownUp },
  { screen: { name: 'settings' }, label: vi.frame.rail.settings, icon: Settings },
];

/** Which place of the rail is lit while a screen is open that has no place of its own. */
const PLACE_OF_SCREEN: Readonly<Partial<Record<ScreenName, ScreenName>>> = { dossier: 'dossiers', received: 'receive', imports: 'province' };

export function railPlaceOf(screen: ScreenName): ScreenName {
  return PLACE_OF_SCREEN[screen] ?? screen;
}

/** The entries whose screens exist and which are this officer's, with what waits in each. */
export function railEntries(
  screens: ScreenComponents,
  countsByScreen: Readonly<Partial<Record<ScreenName, number>>>,
  roles: readonly Role[],
): readonly RailEntry[] {
  return PLACES.filter((place) => screens[place.screen.name] !== undefined && (place.roles === undefined || place.roles.some((role) => roles.includes(role)))).map((place) => ({
    id: place.screen.name,
    label: place.label,
    icon: place.icon,
    count: countsByScreen[place.screen.name],
    onOpen: () => openScreen(place.screen),
  }));
}
