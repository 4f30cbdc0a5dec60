import type { LucideIcon } from 'lucide-react';

export type IconShape = LucideIcon;

interface IconProps {
  readonly shape: IconShape;
  readonly size?: 'small' | 'medium' | 'large';
}

/** An icon beside words that say the same; it is hidden from screen readers. */
export function Icon({ shape: Shape, size = 'medium' }: IconProps) {
  return <Shape className={size === 'medium' ? 'icon' : `icon ${size}`} aria-hidden="true" focusable="false" />;
}
