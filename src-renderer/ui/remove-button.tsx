import { X } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import { Icon } from './icon.tsx';

/** Takes a row out of a list that is being filled; `label` says which, because the cross does not. */
export function RemoveButton({ label, onPress }: { readonly label: string; readonly onPress: () => void }) {
  return <AriaButton className="remove-button" aria-label={label} onPress={onPress}><Icon shape={X} size="small" /></AriaButton>;
}
