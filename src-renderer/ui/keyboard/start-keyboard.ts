import { comboOf, isKeptAway, isSilenced } from './key-combo.ts';
import { findKey, keyStore } from './key-store.ts';

/**
 * Starts the one listener for command keys. It sits on the window in the capture phase, because the components stop the
 * events they understand, and F10 has to work from anywhere. Returns the way to stop it.
 */
export function startKeyboard(target: Window): () => void {
  function onKeyDown(event: KeyboardEvent): void {
    // While a typing tool composes a letter its keys are not commands.
    if (event.isComposing || event.key === 'Process') return;
    const combo = comboOf(event);
    if (isKeptAway(combo)) return;
    if (isSilenced(combo)) event.preventDefault();
    if (isForTheField(combo, event.target)) return;
    const binding = findKey(keyStore.getState(), combo);
    if (binding === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.repeat || binding.disabledReason !== undefined) return;
    binding.run?.();
  }
  target.addEventListener('keydown', onKeyDown, true);
  return () => target.removeEventListener('keydown', onKeyDown, true);
}

/** An open list closes by Esc before anything else does, and F4 opens the list of the field that has one. */
function isForTheField(combo: string, target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  if (combo === 'Esc') return target.getAttribute('aria-expanded') === 'true';
  if (combo === 'F4') return target.getAttribute('aria-haspopup') === 'listbox';
  return false;
}
