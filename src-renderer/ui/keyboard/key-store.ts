import { createStore } from 'zustand/vanilla';
import { assert } from '../../../src-shared/lib/assert.ts';
import { comboAlias, isKeptAway, type KeyCombo } from './key-combo.ts';

/**
 * The keys that work here and now. One list feeds three things: what a key press does, the key bar at the bottom and the
 * palette, so that none of them can promise what another does not keep.
 */
export interface KeyBinding {
  readonly combo: KeyCombo;
  /** Verb first, from the text catalogue: what the key does here. */
  readonly label: string;
  /** Absent: only a hint for the key bar, the key itself is handled by the field that has the focus. */
  readonly run?: () => void;
  /** A sentence why it cannot be done now; the key then does nothing and is not listed. */
  readonly disabledReason?: string | undefined;
  /** `bar` and `palette`: where it is listed. Default: both (hints: only the bar). */
  readonly listed?: 'both' | 'bar' | 'palette' | 'none' | undefined;
  /** A second line in the palette. */
  readonly note?: string | undefined;
  /** Place in the bar; smaller comes first. Default 50. */
  readonly order?: number | undefined;
}

/**
 * `app` keys work everywhere, a `screen` key of the same name goes before, an `overlay` hides everything below it, and a
 * `gate` (locked screen) hides overlays too, even one that comes later. `entry` is the help of a page before the frame, which is
 * in force beside whatever that page itself takes.
 */
export type KeyLayer = 'app' | 'screen' | 'overlay' | 'gate' | 'entry';

interface RegisteredKeys {
  readonly token: symbol;
  readonly layer: KeyLayer;
  readonly bindings: readonly KeyBinding[];
}

export interface KeyState {
  readonly registered: readonly RegisteredKeys[];
}

export const keyStore = createStore<KeyState>(() => ({ registered: [] }));

/** Adds or replaces the bindings of one owner; an owner that comes again keeps its place. */
export function setKeys(token: symbol, layer: KeyLayer, bindings: readonly KeyBinding[]): void {
  for (const binding of bindings) assert(!isKeptAway(binding.combo), `key ${binding.combo} must stay with the system`);
  keyStore.setState(({ registered }) => {
    const entry: RegisteredKeys = { token, layer, bindings };
    const isKnown = registered.some((other) => other.token === token);
    return { registered: isKnown ? registered.map((other) => (other.token === token ? entry : other)) : [...registered, entry] };
  });
}

export function dropKeys(token: symbol): void {
  keyStore.setState(({ registered }) => ({ registered: registered.filter((other) => other.token !== token) }));
}

/** The bindings in force, the strongest first, one per combination. */
export function activeKeys({ registered }: KeyState): readonly KeyBinding[] {
  const overlay = registered.findLast((entry) => entry.layer === 'gate') ?? registered.findLast((entry) => entry.layer === 'overlay');
  const ofLayer = (layer: KeyLayer) => registered.filter((entry) => entry.layer === layer);
  const inForce = [...ofLayer('entry'), ...(overlay !== undefined ? [overlay] : [...ofLayer('app'), ...ofLayer('screen')])];
  const bindingsByCombo = new Map<KeyCombo, KeyBinding>();
  for (const entry of inForce) for (const binding of entry.bindings) bindingsByCombo.set(binding.combo, binding);
  return [...bindingsByCombo.values()].sort((one, other) => (one.order ?? 50) - (other.order ?? 50));
}

export function barKeys(state: KeyState): readonly KeyBinding[] {
  return activeKeys(state).filter(
    (binding) => binding.disabledReason === undefined && (binding.listed ?? 'both') !== 'none' && binding.listed !== 'palette',
  );
}

/** What can be done here comes before what can be done everywhere. */
export function paletteKeys(state: KeyState): readonly KeyBinding[] {
  const everywhere = new Set(state.registered.flatMap((entry) => (entry.layer === 'app' ? entry.bindings : [])));
  const keys = activeKeys(state).filter(
    (binding) =>
      binding.run !== undefined &&
      binding.disabledReason === undefined &&
      (binding.listed === undefined || binding.listed === 'both' || binding.listed === 'palette'),
  );
  return [...keys.filter((binding) => !everywhere.has(binding)), ...keys.filter((binding) => everywhere.has(binding))];
}

/** The binding that a pressed combination runs, if any. */
export function findKey(state: KeyState, combo: KeyCombo): KeyBinding | undefined {
  const name = comboAlias(combo);
  return activeKeys(state).find((binding) => binding.combo === name && binding.run !== undefined);
}
