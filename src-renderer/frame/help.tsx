import { useEffect } from 'react';
import type { HelpTopic } from '../text/help-topic.ts';
import { t } from '../text/t.ts';
import { vi } from '../text/vi.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { KeyCap } from '../ui/key-cap.tsx';
import { ScrollArea } from '../ui/scroll-area.tsx';
import { barKeys, keyStore, type KeyBinding } from '../ui/keyboard/key-store.ts';
import { openHelpTopic, type NamedHelp } from './open-help.ts';
import { HelpWords } from './help-words.tsx';

export interface HelpContent {
  /** What this place is for and how one goes about it. */
  readonly place: NamedHelp;
  /** The field that has the cursor, as it is labelled; undefined between fields. */
  readonly field: string | undefined;
  readonly words: readonly string[];
  /** All keys that work here, also those for which the bar has no room. */
  readonly keys: readonly KeyBinding[];
}

/** What to say about the field that has the cursor. Read at the press of F1, before the dialog takes cursor and keys. */
export function readHelp(screen: HelpTopic): HelpContent {
  const element = document.activeElement;
  const field = element === null ? undefined : labelOf(element);
  const words = element === null || field === undefined ? [] : [element.closest('[data-help]')?.getAttribute('data-help'), ...describedBy(element), waysOf(element)];
  return { place: openHelpTopic() ?? { title: document.querySelector('h1')?.textContent ?? '', topic: screen }, field, words: words.filter((one): one is string => typeof one === 'string' && one !== ''), keys: barKeys(keyStore.getState()) };
}

/** F1: what this place is for, how the field at hand is filled, and the keys of this screen. */
export function Help({ content, onClose }: { readonly content: HelpContent; readonly onClose: () => void }) {
  const { place, field, words, keys } = content;
  useEffect(() => {
    // Longer than the window: the arrows scroll at once.
    document.querySelector<HTMLElement>('.help-scroll[tabindex="0"]')?.focus();
  }, []);
  return (
    <Dialog title={t(vi.frame.help.of, { place: place.title })} className="help-dialog" onClose={onClose} actions={<Button kind="main" label={vi.frame.help.close} cap="Esc" autoFocus onPress={onClose} />}>
      <ScrollArea className="help-scroll">
        <HelpWords topic={place.topic} />
        {field !== undefined && words.length > 0 && (
          <section className="help-field">
            <h3>{t(vi.frame.help.field, { label: field })}</h3>
            {words.map((one) => <p key={one}>{one}</p>)}
          </section>
        )}
        <h3>{vi.frame.help.keys}</h3>
        <ul className="help-keys">
          {keys.map((key) => <li key={key.combo}><KeyCap combo={key.combo} />{key.label}</li>)}
        </ul>
        <p className="muted small">{vi.frame.help.more}</p>
      </ScrollArea>
    </Dialog>
  );
}

function labelOf(element: Element): string | undefined {
  const group = element.closest('[role=radiogroup]');
  const named = group ?? element;
  const byId = named.getAttribute('aria-labelledby')?.split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' ').trim();
  const ownLabel = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.labels?.[0]?.textContent : undefined;
  const label = named.getAttribute('aria-label') ?? (byId === undefined || byId === '' ? undefined : byId) ?? (group === null ? ownLabel : undefined);
  return label === undefined || label === null || label.trim() === '' ? undefined : label.trim();
}

/** Hint and error as they stand below the field. */
function describedBy(element: Element): readonly string[] {
  return (element.getAttribute('aria-describedby') ?? '').split(' ').map((id) => (id === '' ? '' : document.getElementById(id)?.textContent ?? ''));
}

/** How this kind of control is worked by keys. */
function waysOf(element: Element): string | undefined {
  if (element.matches('[data-picks]')) return vi.ui.help.picks;
  if (element.matches('[role=combobox], [aria-haspopup=listbox]')) return vi.ui.help.list;
  if (element.matches('[type=radio]')) return vi.ui.help.choice;
  if (element.matches('[type=checkbox]')) return vi.ui.help.tick;
  if (element.matches('textarea')) return vi.ui.help.notes;
  return element.closest('[role=grid]') === null ? undefined : vi.ui.help.rows;
}
