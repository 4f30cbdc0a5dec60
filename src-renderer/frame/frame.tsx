import { useMemo, useState, type ReactNode } from 'react';
import type { HelpTopic } from '../text/help-topic.ts';
import { vi } from '../text/vi.ts';
import { useKeys } from '../ui/keyboard/use-keys.ts';
import { FrameContext, type OfficerBadge } from './frame-context.ts';
import { Help, readHelp, type HelpContent } from './help.tsx';
import { KeyBar, type NetworkState } from './key-bar.tsx';
import { Palette, type PaletteItem } from './palette.tsx';
import { Rail, type RailEntry } from './rail.tsx';

interface FrameProps {
  readonly entries: readonly RailEntry[];
  readonly currentId: string | undefined;
  readonly officer: OfficerBadge;
  readonly network: NetworkState;
  /** The desk's present time, UTC milliseconds; the owner keeps it ticking. */
  readonly nowMs: number;
  readonly onFind: (query: string) => void;
  readonly onLock: () => void;
  /** Absent where there is nothing to go back to. */
  readonly onBack?: (() => void) | undefined;
  readonly paletteItems?: readonly PaletteItem[];
  readonly onPaletteQueryChange?: (query: string) => void;
  /** A line over the foot of the screen while something is being put right ("Đang nối lại…"). */
  readonly strip?: string | undefined;
  readonly isTraining?: boolean;
  /** Said beside the clock while nobody has confirmed the date. */
  readonly clockNote?: string | undefined;
  /** A line between the screen and the key bar; class with `grid-area: foot`. */
  readonly foot?: ReactNode;
  /** What F1 says of the screen that is open. */
  readonly help: HelpTopic;
  /** A `Screen`. */
  readonly children: ReactNode;
}

/** Rail, top bar, key bar and the keys that work everywhere; the screen stands inside. */
export function Frame(props: FrameProps) {
  const { officer, onFind, onLock, onBack } = props;
  const [isPaletteOpen, setIsPaletteOpen] = useState(false);
  const value = useMemo(() => ({ officer, onFind, onLock }), [officer, onFind, onLock]);
  const [help, setHelp] = useState<HelpContent>();
  useKeys([
    { combo: 'F1', label: vi.frame.help.key, run: () => setHelp(readHelp(props.help)), order: 42 },
    { combo: 'Ctrl+K', label: vi.frame.palette.key, run: () => setIsPaletteOpen(true), order: 60, listed: 'bar' },
    { combo: 'Alt+L', label: officer.action ?? vi.frame.officer.lock, run: onLock, order: 95 },
    ...(onBack === undefined ? [] : [{ combo: 'Esc', label: vi.frame.back, run: onBack, order: 45, listed: 'bar' as const }]),
  ], 'app');
  const places = props.entries.map((entry): PaletteItem => ({ id: `place-${entry.id}`, label: entry.label, icon: entry.icon, run: entry.onOpen }));
  return (
    <FrameContext value={value}>
      <div className="app" data-training={props.isTraining === true || undefined}>
        <Rail entries={props.entries} currentId={props.currentId} />
        {props.children}
        {props.foot}
        <KeyBar network={props.network} nowMs={props.nowMs} clockNote={props.clockNote} />
      </div>
      {props.strip !== undefined && <div className="strip" role="status">{props.strip}</div>}
      {props.isTraining === true && <div className="watermark" role="img" aria-label={vi.frame.training} />}
      {isPaletteOpen && (
        <Palette
          places={places}
          items={props.paletteItems ?? []}
          {...(props.onPaletteQueryChange !== undefined && { onQueryChange: props.onPaletteQueryChange })}
          onClose={() => setIsPaletteOpen(false)}
        />
      )}
      {help !== undefined && <Help content={help} onClose={() => setHelp(undefined)} />}
    </FrameContext>
  );
}
