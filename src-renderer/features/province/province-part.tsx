import { useState } from 'react';
import { callCore, type ScreenError } from '../../client/core-client.ts';
import { useHasRole } from '../../client/desk-session.ts';
import { useQuery } from '../../client/use-query.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Note, Skeleton } from '../../ui/note.tsx';
import { EntryCard } from './entry-card.tsx';
import { FieldOrderCard } from './field-order-card.tsx';
import type { ProvinceSettings, SaveSetting } from './province-settings.ts';
import { ShapeCard } from './shape-card.tsx';

const words = vi.province.settings;

/** What this office's province does its own way: which procedures it wants, its form, its codes, its files. */
export function ProvincePart() {
  const settings = useQuery('settings.get', {}, (event) => event.type === 'office');
  const isAdmin = useHasRole('admin');
  const [error, setError] = useState<ScreenError>();
  const [saved, setSaved] = useState<keyof ProvinceSettings>();
  if (settings.error !== undefined) return <RefusalNote error={settings.error} />;
  if (settings.value === undefined) return <Skeleton />;
  if (!isAdmin) return <Note kind="calm">{t(vi.settings.readOnly)}</Note>;
  const known = settings.value.settings as unknown as ProvinceSettings;
  const save: SaveSetting = async (key, value) => {
    const answer = await callCore('settings.save', { key, value: JSON.parse(JSON.stringify(value)) as never });
    setError(answer.ok ? undefined : (answer.error as ScreenError));
    setSaved(answer.ok ? key : undefined);
  };
  return (
    <>
      <RefusalNote error={error} />
      <EntryCard entry={known.provinceEntry} save={save} />
      <FieldOrderCard key={JSON.stringify(known.provinceFields)} order={known.provinceFields} isSaved={saved === 'provinceFields'} save={save} />
      <ShapeCard key={known.provinceCodeShapes.join()} shapes={known.provinceCodeShapes} isSaved={saved === 'provinceCodeShapes'} save={save} />
      <ReadingCard reading={known.importReading} save={save} />
    </>
  );
}

function ReadingCard({ reading, save }: { readonly reading: ProvinceSettings['importReading']; readonly save: SaveSetting }) {
  const [columns, states] = [Object.keys(reading.columns).length, Object.keys(reading.states).length];
  return (
    <Card title={words.readingTitle}>
      <div className="row wide">
        <p className="grow">{t(words.reading, { columns, states })}</p>
        {columns + states > 0 && <Button label={words.forget} onPress={() => void save('importReading', { columns: {}, states: {} })} />}
      </div>
    </Card>
  );
}
