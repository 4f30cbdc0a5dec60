import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';

interface ScrollAreaProps {
  readonly className: string;
  readonly children: ReactNode;
}

const FOCUSABLE = 'a[href], button:not(:disabled), input:not(:disabled), textarea, [tabindex="0"]';

/** A part that scrolls when it must. Then it takes the focus itself, unless something inside does, so that arrows reach all of it. */
export function ScrollArea({ className, children }: ScrollAreaProps) {
  const area = useRef<HTMLDivElement>(null);
  const [needsStop, setNeedsStop] = useState(false);
  useLayoutEffect(() => {
    const element = area.current;
    if (element === null) return undefined;
    const measure = () => setNeedsStop(element.scrollHeight > element.clientHeight + 1 && element.querySelector(FOCUSABLE) === null);
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    measure();
    return () => observer.disconnect();
  }, [children]);
  return <div ref={area} className={className} tabIndex={needsStop ? 0 : undefined}>{children}</div>;
}
