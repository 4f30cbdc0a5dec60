import { Check } from 'lucide-react';
import { vi } from '../text/vi.ts';
import { Icon } from '../ui/icon.tsx';

/** Says once, quietly, that nothing typed is lost. */
export function DraftState({ isKept }: { readonly isKept: boolean }) {
  if (!isKept) return <span className="draft-state waiting">{vi.frame.draft.keeping}</span>;
  return <span className="draft-state"><Icon shape={Check} size="small" />{vi.frame.draft.kept}</span>;
}
