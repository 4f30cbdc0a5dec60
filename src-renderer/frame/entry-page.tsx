import { useEffect, type ReactNode } from 'react';
import { t } from '../text/t.ts';
import { vi } from '../text/vi.ts';
import { Brand } from './brand.tsx';

interface EntryPageProps {
  readonly title: string;
  /** What stands on the indigo cloth at the left, under the mark. */
  readonly side: ReactNode;
  readonly children: ReactNode;
  /** 380 px for the sign-in, 300 px for the steps of the set-up. */
  readonly sideWidth?: 'wide' | 'narrow';
}

/** A page before the frame: sign-in and first set-up. */
export function EntryPage({ title, side, children, sideWidth = 'wide' }: EntryPageProps) {
  useEffect(() => {
    const before = document.title;
    document.title = t(vi.frame.windowTitle, { screen: title });
    // A lock goes away and leaves the screen below, which does not set its title again.
    return () => {
      document.title = before;
    };
  }, [title]);
  return (
    <div className={`entry ${sideWidth}`}>
      <header className="entry-side">
        <div className="row wide entry-brand"><Brand /><b>{vi.frame.product}</b></div>
        {side}
        <div className="woven" aria-hidden="true" />
      </header>
      <main className="entry-main">{children}</main>
    </div>
  );
}
