import { Check } from 'lucide-react';
import { useId, useRef, type ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { toneIcon, type Tone } from './chip.tsx';
import { classNames } from './class-names.ts';
import { Icon, type IconShape } from './icon.tsx';
import { formatNumber } from '../text/format.ts';
import { focusBlock } from './keyboard/focus-order.ts';
import { useKeys } from './keyboard/use-keys.ts';
import { ScrollArea } from './scroll-area.tsx';

interface CardProps {
  readonly title?: string;
  /** Small words beside the title. */
  readonly note?: ReactNode;
  /** At the right end of the head: a count, a button. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly foot?: ReactNode;
  readonly accent?: 'appointment' | 'good' | 'say';
  /** Without padding, for tables and lists. */
  readonly isFlush?: boolean;
  /** Shrinks with the room: head and foot stay in sight and the rows between them scroll. */
  readonly isClipped?: boolean;
  readonly className?: string;
}

const ACCENTS = { appointment: 'accent', good: 'accent-good', say: 'say' } as const;

export function Card(props: CardProps) {
  const titleId = useId();
  return (
    <section
      className={classNames('card', props.accent !== undefined && ACCENTS[props.accent], props.isClipped && 'clipped', props.className)}
      aria-labelledby={props.title === undefined ? undefined : titleId}
    >
      {props.title !== undefined && (
        <div className="card-head">
          <h2 id={titleId}>{props.title}</h2>
          {props.note !== undefined && <span className="muted small">{props.note}</span>}
          {props.aside !== undefined && <span className="end small muted num">{props.aside}</span>}
        </div>
      )}
      {props.isFlush === true && props.isClipped !== true && props.children}
      {props.isFlush === true && props.isClipped === true && <ScrollArea className="card-flow">{props.children}</ScrollArea>}
      {props.isFlush !== true && <div className="card-body">{props.children}</div>}
      {props.foot !== undefined && <div className="card-foot small">{props.foot}</div>}
    </section>
  );
}

export type StepState = 'done' | 'current' | 'waiting';

interface BlockProps {
  /** The number in the circle; a tick stands there when it is done. */
  readonly step: number;
  readonly state: StepState;
  /** What the block is, for screen readers; the visible label stands inside. */
  readonly label: string;
  readonly children: ReactNode;
  readonly isCentred?: boolean;
  /** Alt and the number come here. Leave it out where a button of the block has that key. */
  readonly hasKey?: boolean;
}

/** A numbered part of a form; F6 goes from one to the next. */
export function Block({ step, state, label, children, isCentred = false, hasKey = false }: BlockProps) {
  const section = useRef<HTMLElement>(null);
  useKeys(hasKey ? [{
    combo: `Alt+${step}`,
    label,
    order: 85,
    run: () => {
      if (section.current !== null) focusBlock(section.current);
    },
  }] : []);
  return (
    <section ref={section} className={classNames('block', isCentred && 'centred')} data-block={step} tabIndex={-1} aria-label={label}>
      <StepMark step={step} state={state} />
      <div className="grow">{children}</div>
    </section>
  );
}

export function StepMark({ step, state }: { readonly step: number; readonly state: StepState }) {
  return (
    <span className={classNames('step', state !== 'waiting' && state)} aria-hidden="true">
      {state === 'done' ? <Icon shape={Check} size="small" /> : step}
    </span>
  );
}

interface CounterProps {
  readonly count: number;
  readonly words: string;
  readonly tone?: Extract<Tone, 'over' | 'today' | 'pause'>;
  readonly icon?: IconShape;
  readonly onOpen: () => void;
}

/** A figure that opens its list. A tone colours it only while there is something to count. */
export function Counter({ count, words, tone, icon, onOpen }: CounterProps) {
  const shape = icon ?? (tone === undefined ? undefined : toneIcon(tone));
  return (
    <AriaButton className={classNames('counter', count > 0 && tone)} onPress={onOpen}>
      <span className="figure">
        {shape !== undefined && <Icon shape={shape} size="small" />}
        <b className="num">{formatNumber(count)}</b>
      </span>
      <span className="words">{words}</span>
    </AriaButton>
  );
}

/** A name and its value in one line, the value at the right. */
export function ValueLine({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return <div className="row"><span className="label">{label}</span><span className="end">{children}</span></div>;
}
