import { CircleCheck, Clock, Hourglass, Loader, Monitor, Pause, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon, type IconShape } from './icon.tsx';

/** The tones of ux.md §2. Each has its own icon, so that the colour never speaks alone. */
export type Tone = 'early' | 'ontime' | 'today' | 'over' | 'pause' | 'desk' | 'working';

const ICONS: Readonly<Record<Tone, IconShape>> = {
  early: Clock,
  ontime: CircleCheck,
  today: Hourglass,
  over: TriangleAlert,
  pause: Pause,
  desk: Monitor,
  working: Loader,
};

export function toneIcon(tone: Tone): IconShape {
  return ICONS[tone];
}

interface ChipProps {
  readonly tone: Tone;
  readonly children: ReactNode;
  /** Another icon, or none for a mere name (a sector). */
  readonly icon?: IconShape | 'none';
}

export function Chip({ tone, children, icon }: ChipProps) {
  return (
    <span className={`chip ${tone}`}>
      {icon !== 'none' && <Icon shape={icon ?? toneIcon(tone)} size="small" />}
      {children}
    </span>
  );
}
