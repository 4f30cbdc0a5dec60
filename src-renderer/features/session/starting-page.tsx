import { Brand } from '../../frame/brand.tsx';
import { vi } from '../../text/vi.ts';
import { Skeleton } from '../../ui/note.tsx';
import './session.css';

/** The core has not answered yet: the mark, and after a moment grey bars and one quiet line. */
export function StartingPage() {
  return (
    <main className="starting">
      <Brand sizePx={56} />
      <p className="muted">{vi.session.starting}</p>
      <Skeleton lines={2} />
    </main>
  );
}
