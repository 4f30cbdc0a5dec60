import { useEffect, useRef, type ComponentType } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useHelpTopic } from '../../frame/open-help.ts';
import { Screen } from '../../frame/screen.tsx';
import { replaceScreen } from '../../router/router.ts';
import { vi } from '../../text/vi.ts';
import { useBlockKeys } from '../../ui/keyboard/form-scope.tsx';
import './settings.css';

export type SettingsPart = keyof typeof vi.settings.parts;

interface SettingsScreenProps {
  /** Which part is open; the first one otherwise. */
  readonly part?: string;
  /** In the order of the list. Handed in, because parts belong to several features. */
  readonly parts: Readonly<Partial<Record<SettingsPart, ComponentType>>>;
}

/** The list of parts at the left, one part at the right. */
export function SettingsScreen({ part, parts }: SettingsScreenProps) {
  const ids = Object.keys(parts) as SettingsPart[];
  const open = ids.find((id) => id === part) ?? ids[0];
  const Part = open === undefined ? undefined : parts[open];
  const list = useRef<HTMLUListElement>(null);
  useBlockKeys({ current: null });
  useHelpTopic(open === undefined ? '' : vi.settings.parts[open], open === undefined ? undefined : vi.help.settings[open]);
  useEffect(() => {
    // A part that was chosen keeps the cursor in the list; F6 goes on into it.
    if (part !== undefined) list.current?.querySelector<HTMLElement>('[aria-current]')?.focus();
  }, [part]);
  return (
    <Screen title={vi.settings.title}>
      <div className="settings">
        <nav aria-label={vi.settings.partsLabel} data-block="1">
          <ul ref={list} className="settings-parts">
            {ids.map((id) => (
              <li key={id}>
                <AriaButton onPress={() => replaceScreen({ name: 'settings', part: id })} {...(id === open && { 'aria-current': 'page' as const })}>{vi.settings.parts[id]}</AriaButton>
              </li>
            ))}
          </ul>
        </nav>
        <div className="settings-part stack" data-block="2" tabIndex={-1}>{Part !== undefined && <Part key={open} />}</div>
      </div>
    </Screen>
  );
}
