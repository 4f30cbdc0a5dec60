import { useState } from 'react';
import { vi } from '../../text/vi.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Card, ValueLine } from '../../ui/card.tsx';
import { Select } from '../../ui/fields/select.tsx';
import { NotesField, TextField } from '../../ui/fields/text-field.tsx';
import type { ReceiveForm } from './receive-form.ts';

interface DeliveryCardProps {
  readonly form: ReceiveForm;
  readonly update: (change: Partial<ReceiveForm>) => void;
}

const CHANNELS = (['direct', 'online', 'post'] as const).map((id) => ({ id, label: vi.receive.delivery.channels[id] }));
const WAYS = (['counter', 'post', 'online', 'elsewhere'] as const).map((id) => ({ id, label: vi.receive.delivery.ways[id] }));

/** How it came and how the result goes out; both nearly always the same, so they are read and seldom touched. */
export function DeliveryCard({ form, update }: DeliveryCardProps) {
  const [isOpen, setIsOpen] = useState(false);
  const needsPlace = form.deliveryBy === 'post' || form.deliveryBy === 'elsewhere';
  if (!isOpen) {
    return (
      <Card className="receive-delivery">
        <div className="row">
          <span className="label">{vi.receive.delivery.by}</span>
          <span className="small"><LinkButton label={vi.receive.delivery.change} onPress={() => setIsOpen(true)} /></span>
          <b className="end">{vi.receive.delivery.ways[form.deliveryBy]}</b>
        </div>
        <div className="receive-tall-only"><ValueLine label={vi.receive.delivery.channel}><b>{vi.receive.delivery.channels[form.channel]}</b></ValueLine></div>
      </Card>
    );
  }
  return (
    <Card className="receive-delivery">
      <div className="receive-side-fields">
        <Select label={vi.receive.delivery.by} options={WAYS} value={form.deliveryBy} onChange={(by) => update({ deliveryBy: by as ReceiveForm['deliveryBy'] })} />
        {needsPlace && <TextField label={vi.receive.delivery.place} name="deliveryPlace" lengthMax={300} value={form.deliveryPlace}
          onChange={(deliveryPlace) => update({ deliveryPlace })} error={form.deliveryPlace.trim() === '' ? vi.receive.delivery.placeMissing : undefined} />}
        <Select label={vi.receive.delivery.channel} options={CHANNELS} value={form.channel} onChange={(channel) => update({ channel: channel as ReceiveForm['channel'] })} />
        <NotesField label={vi.receive.delivery.note} labelNote={vi.ui.field.optional} lengthMax={1_000} value={form.note} onChange={(note) => update({ note })} />
      </div>
    </Card>
  );
}
