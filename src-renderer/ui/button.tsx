import { useId, type Ref } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { classNames } from './class-names.ts';
import { Icon, type IconShape } from './icon.tsx';
import { KeyCap } from './key-cap.tsx';
import { useKeys } from './keyboard/use-keys.ts';
import type { KeyCombo } from './keyboard/key-combo.ts';

export interface ButtonProps {
  /** A verb phrase from the text catalogue. */
  readonly label: string;
  readonly onPress: () => void;
  /** `main` is the one blue button of a screen; `in-block` the small one inside a card; `quiet` has no border. */
  readonly kind?: 'plain' | 'main' | 'in-block' | 'quiet';
  readonly icon?: IconShape | undefined;
  /** The key that presses the button from anywhere on the screen; it shows on the button, in the key bar and the palette. */
  readonly combo?: KeyCombo | undefined;
  /** Words for the key bar and palette where the label is too long or too short there. */
  readonly keyLabel?: string | undefined;
  readonly keyOrder?: number | undefined;
  /** A cap that only shows a key handled elsewhere (Space on the focused button). */
  readonly cap?: KeyCombo | undefined;
  /** Present: the button is off, and the sentence below it says why. */
  readonly disabledReason?: string | undefined;
  /** Enter from the field before comes here. */
  readonly isEnterStop?: boolean;
  /** The same, and Enter goes on from here without pressing: only Space does what nobody should do in passing. */
  readonly isPassedByEnter?: boolean;
  /** Enter on the last field comes here (one per form). */
  readonly isMainAction?: boolean;
  /** Full width and 56 px high, as the main button of a side column. */
  readonly isTall?: boolean;
  readonly isWide?: boolean;
  /** Keeps the cap at narrow widths inside blocks, where it is dropped otherwise. */
  readonly keepsCap?: boolean;
  readonly autoFocus?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button(props: ButtonProps) {
  const { label, kind = 'plain', icon, combo, cap = combo, disabledReason } = props;
  const reasonId = useId();
  useKeys(combo === undefined ? [] : [{
    combo, label: props.keyLabel ?? label, run: props.onPress, disabledReason, order: props.keyOrder ?? 80,
  }]);
  const attributes = {
    ...((props.isEnterStop === true || props.isPassedByEnter === true) && { 'data-enter-stop': props.isPassedByEnter === true ? 'passed' : true }),
    ...(props.isMainAction === true && { 'data-main-action': true }),
  };
  const button = (
    <AriaButton
      {...attributes}
      ref={props.ref ?? null}
      className={classNames('button', kind !== 'plain' && kind, props.isTall && 'tall', props.isWide && 'wide')}
      onPress={props.onPress}
      isDisabled={disabledReason !== undefined}
      autoFocus={props.autoFocus ?? false}
      {...(disabledReason !== undefined && { 'aria-describedby': reasonId })}
    >
      {icon !== undefined && <Icon shape={icon} size={kind === 'main' ? 'medium' : 'small'} />}
      <span>{label}</span>
      {cap !== undefined && <KeyCap combo={cap} isDecoration isWideOnly={kind === 'in-block' && props.keepsCap !== true} />}
    </AriaButton>
  );
  if (disabledReason === undefined) return button;
  return <>{button}<p id={reasonId} className="hint">{disabledReason}</p></>;
}

interface LinkButtonProps {
  readonly label: string;
  readonly onPress: () => void;
}

/** Looks like a link and goes somewhere inside the program. */
export function LinkButton({ label, onPress }: LinkButtonProps) {
  return <AriaButton className="link link-button" onPress={onPress}>{label}</AriaButton>;
}
