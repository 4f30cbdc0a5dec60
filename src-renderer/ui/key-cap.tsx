import { vi } from '../text/vi.ts';
import { classNames } from './class-names.ts';
import type { KeyCombo } from './keyboard/key-combo.ts';

const CAPS: Readonly<Record<string, string>> = {
  Space: vi.ui.caps.space,
  'Shift+Enter': vi.ui.caps.shiftEnter,
};

interface KeyCapProps {
  readonly combo: KeyCombo;
  /** Leaves room at narrow widths. */
  readonly isWideOnly?: boolean;
  /** Inside a button the cap is a reminder for the eye; the button's name stays its words. */
  readonly isDecoration?: boolean;
}

export function KeyCap({ combo, isWideOnly = false, isDecoration = false }: KeyCapProps) {
  return (
    <kbd className={classNames('key-cap', isWideOnly && 'wide-only')} aria-hidden={isDecoration || undefined}>
      {CAPS[combo] ?? combo}
    </kbd>
  );
}
