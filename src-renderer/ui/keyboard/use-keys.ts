import { useLayoutEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { barKeys, dropKeys, keyStore, setKeys, type KeyBinding, type KeyLayer } from './key-store.ts';

/**
 * Registers keys while the calling component is shown. Bindings may be written inline: what a key does is read at the
 * press, and the store is touched only when what is listed changes.
 */
export function useKeys(bindings: readonly KeyBinding[], layer: KeyLayer = 'screen'): void {
  const token = useRef(Symbol('keys'));
  const latest = useRef(bindings);
  useLayoutEffect(() => {
    latest.current = bindings;
  });
  const listed = JSON.stringify(
    bindings.map(({ combo, label, note, listed: where, order, disabledReason, run }) => [
      combo, label, note, where, order, disabledReason, run === undefined,
    ]),
  );
  // With the page itself and not a moment later: a key never does what stood on its cap before.
  useLayoutEffect(() => {
    setKeys(token.current, layer, latest.current.map(({ run, ...binding }, index) =>
      run === undefined ? binding : { ...binding, run: () => latest.current[index]?.run?.() }));
  }, [listed, layer]);
  useLayoutEffect(() => {
    const owner = token.current;
    return () => dropKeys(owner);
  }, []);
}

export function useBarKeys(): readonly KeyBinding[] {
  return useStore(keyStore, useShallow(barKeys));
}
