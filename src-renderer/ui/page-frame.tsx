import { useEffect, useRef, type Ref } from 'react';

interface PageFrameProps {
  /** Where the core serves the page. */
  readonly source: string;
  readonly title: string;
  /** The width at which the page draws itself; it is shown as small as the frame wants. */
  readonly width: number;
  readonly onLoad?: () => void;
  readonly ref?: Ref<HTMLIFrameElement>;
}

/** A page of the core's own, drawn small: a paper in its frame keeps the policy that it was served with. */
export function PageFrame({ source, title, width, onLoad, ref }: PageFrameProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const fit = () => {
      const scale = element.clientWidth / width;
      frame.current?.style.setProperty('transform', `scale(${scale})`);
      frame.current?.style.setProperty('height', `${element.clientHeight / scale}px`);
    };
    const observer = new ResizeObserver(fit);
    observer.observe(element);
    fit();
    return () => observer.disconnect();
  }, [width, source]);
  return (
    <div ref={box} className="paper-frame">
      <iframe key={source} src={source} title={title} width={width} tabIndex={-1} onLoad={onLoad}
        ref={(element) => {
          frame.current = element;
          if (typeof ref === 'function') ref(element);
          else if (ref != null) (ref as { current: HTMLIFrameElement | null }).current = element;
        }} />
    </div>
  );
}
