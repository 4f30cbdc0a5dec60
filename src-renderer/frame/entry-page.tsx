import { useEffect, useState, type ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { HelpTopic } from '../text/help-topic.ts';
import { t } from '../text/t.ts';
import { vi } from '../text/vi.ts';
import { KeyCap } from '../ui/key-cap.tsx';
import { useKeys } from '../ui/keyboard/use-keys.ts';
import { Brand } from './brand.tsx';
import { HelpWords } from './help-words.tsx';

interface EntryPageProps {
  readonly title: string;
  /** What F1 says here; it takes the place of `side` until F1 is pressed again. */
  readonly help: HelpTopic;
  /** What stands on the indigo cloth at the left, under the mark. */
  readonly side: ReactNode;
  readonly children: ReactNode;
  /** 380 px for the sign-in, 300 px for the steps of the set-up. */
  readonly sideWidth?: 'wide' | 'narrow';
}

/** A page before the frame: sign-in and first set-up. */
export function EntryPage({ title, help, side, children, sideWidth = 'wide' }: EntryPageProps) {
  const [isHelping, setIsHelping] = useState(false);
  const helpLabel = isHelping ? vi.help.close : vi.frame.help.key;
  useKeys([{ combo: 'F1', label: helpLabel, run: () => setIsHelping(!isHelping) }], 'entry');
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
        {isHelping ? <div className="entry-help" role="status"><HelpWords topic={help} /></div> : side}
        <div className="woven" aria-hidden="true" />
      </header>
      <main className="entry-main">
        {children}
        {/* The last one, so that the cursor begins in the page itself. */}
        <AriaButton className="link link-button entry-help-key" onPress={() => setIsHelping(!isHelping)}><KeyCap combo="F1" isDecoration /> {helpLabel}</AriaButton>
      </main>
    </div>
  );
}
