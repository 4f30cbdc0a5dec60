import { useEffect, useRef } from 'react';
import { createStore } from 'zustand/vanilla';
import type { HelpTopic } from '../text/help-topic.ts';

/** A topic and what its place is called on the screen. */
export interface NamedHelp {
  readonly title: string;
  readonly topic: HelpTopic;
}

interface OpenHelp extends NamedHelp {
  readonly token: symbol;
}

const helpStore = createStore<{ readonly open: readonly OpenHelp[] }>(() => ({ open: [] }));

/**
 * What F1 says while the calling part of a screen is on the page, instead of what it says of the whole screen: an act that is
 * open, a part of the settings. Without a topic the part has nothing of its own to say at the moment.
 */
export function useHelpTopic(title: string, topic: HelpTopic | undefined): void {
  const token = useRef(Symbol('help'));
  useEffect(() => {
    const own = token.current;
    if (topic === undefined) return undefined;
    helpStore.setState(({ open }) => ({ open: [...open, { token: own, title, topic }] }));
    return () => helpStore.setState(({ open }) => ({ open: open.filter((one) => one.token !== own) }));
  }, [title, topic]);
}

export function openHelpTopic(): NamedHelp | undefined {
  return helpStore.getState().open.at(-1);
}
