import { useEffect, useLayoutEffect, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';

/**
 * A page above everything: lock, lost session, storage fault. What lies below stays in the page as it is, with every
 * letter typed, but nobody can see, reach or read it aloud; when the gate goes, the cursor returns to where it was.
 */
export function Gate({ children }: { readonly children: ReactNode }) {
  const [host] = useState(() => {
    const element = document.createElement('div');
    element.className = 'gate';
    // A dialog below would take back the focus and close by a click outside; React Aria leaves what carries this mark alone.
    element.dataset['reactAriaTopLayer'] = 'true';
    return element;
  });
  useLayoutEffect(() => {
    const focused = document.activeElement;
    const covered = [...document.body.children].filter((element) => element instanceof HTMLElement && !element.inert) as HTMLElement[];
    document.body.append(host);
    document.body.dataset['gated'] = '';
    for (const element of covered) element.inert = true;
    return () => {
      host.remove();
      // A second gate (a full disk under a locked screen) is still there: it keeps what lies below covered.
      if (document.querySelector('body > .gate') === null) delete document.body.dataset['gated'];
      for (const element of covered) element.inert = false;
      if (focused instanceof HTMLElement && focused.isConnected) focused.focus({ preventScroll: true });
    };
  }, [host]);
  useEffect(() => {
    if (!host.contains(document.activeElement)) host.querySelector<HTMLElement>('input, button, [tabindex="0"]')?.focus();
  }, [host]);
  return createPortal(children, host);
}
