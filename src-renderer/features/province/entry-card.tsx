import { useMemo } from 'react';
import { withEntry, type ProvinceEntry } from '../../../src-shared/domain/province/province-entry.ts';
import { useQuery } from '../../client/use-query.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { SegmentedChoice } from '../../ui/fields/choice-fields.tsx';
import { ComboBox } from '../../ui/fields/combo-box.tsx';
import type { SaveSetting } from './province-settings.ts';

const words = vi.province.settings;
const ENTRY = (['all', 'few'] as const).map((id) => ({ id, label: words.entry[id] }));

interface EntryCardProps {
  readonly entry: ProvinceEntry;
  readonly save: SaveSetting;
}

/** Every procedure but a few, or only a few; each change is saved at once. */
export function EntryCard({ entry, save }: EntryCardProps) {
  const { byDefault, exceptions } = entry;
  const { value } = useQuery('procedures.search', { limit: 500 }, (event) => event.type === 'office');
  const procedures = useMemo(() => value?.procedures ?? [], [value]);
  const options = procedures.filter(({ code }) => !exceptions.includes(code)).map(({ code, shortName, sector, name }) => ({ id: code, label: shortName, note: sector, end: code, keywords: name }));
  const nameOf = (code: string) => procedures.find((one) => one.code === code)?.shortName ?? code;
  const put = (code: string, isEntered: boolean) => void save('provinceEntry', withEntry(entry, code, isEntered));
  return (
    <Card title={words.entryTitle}>
      <div className="stack settings-form">
        <SegmentedChoice label={words.entryLabel} options={ENTRY} value={byDefault ? 'all' : 'few'} onChange={(id) => void save('provinceEntry', { byDefault: id === 'all', exceptions: [] })} />
        <ComboBox label={byDefault ? words.except : words.only} options={options} value={undefined} onChange={(code) => {
          if (code !== undefined) put(code, !byDefault);
        }} />
        <ul className="lines" aria-label={byDefault ? words.exceptList : words.onlyList}>
          {exceptions.length === 0 && <li className="muted">{words.none}</li>}
          {exceptions.map((code) => (
            <li key={code}><span className="grow">{nameOf(code)} <span className="muted num">{code}</span></span><Button kind="in-block" label={t(words.remove, { name: nameOf(code) })} onPress={() => put(code, byDefault)} /></li>
          ))}
        </ul>
      </div>
    </Card>
  );
}
