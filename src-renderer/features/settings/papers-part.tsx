import { useEffect, useRef, useState } from 'react';
import { callCore, type ScreenError } from '../../client/core-client.ts';
import { loadOffice, useDeskSession, useHasRole } from '../../client/desk-session.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card, ValueLine } from '../../ui/card.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { FormScope, type FormScopeHandle } from '../../ui/keyboard/form-scope.tsx';
import { Note } from '../../ui/note.tsx';
import { PageFrame } from '../../ui/page-frame.tsx';
import { LogoField } from './logo-field.tsx';
import { isPrintable, paperDraftOf, type PaperDraft } from './paper-draft.ts';

const words = vi.officeSettings.paper;
const head = vi.office.head;

/** What the office is called on every paper, beside the paper itself while it is being typed. */
export function PapersPart() {
  const office = useDeskSession((state) => state.office?.office);
  const isAdmin = useHasRole('admin');
  if (office == null) return null;
  const { attributes } = office;
  if (!isAdmin) {
    return (
      <>
        <Card>
          <div className="stack settings-form">
            <ValueLine label={head.superior}><b>{attributes.superiorName}</b></ValueLine>
            <ValueLine label={head.unit}><b>{attributes.unitName}</b></ValueLine>
            <ValueLine label={head.place}>{attributes.placeName}</ValueLine>
            <ValueLine label={head.hotline}>{attributes.hotline}</ValueLine>
            <ValueLine label={words.address}>{attributes.address}</ValueLine>
          </div>
        </Card>
        <Note kind="calm">{t(vi.settings.readOnly)}</Note>
      </>
    );
  }
  return <PapersForm before={paperDraftOf(attributes)} hasLogo={attributes.logo !== undefined} />;
}

function PapersForm({ before, hasLogo }: { readonly before: PaperDraft; readonly hasLogo: boolean }) {
  const form = useRef<FormScopeHandle>(null);
  const [draft, setDraft] = useState(before);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<ScreenError>();
  const [isSaved, setIsSaved] = useState(false);
  const change = (changes: Partial<PaperDraft>) => {
    setDraft((now) => ({ ...now, ...changes }));
    setIsSaved(false);
  };
  async function save(): Promise<void> {
    if (form.current?.revealErrors() !== 0) return;
    const answer = await callCore('office.change', { ...draft, reason });
    setError(answer.ok ? undefined : (answer.error as ScreenError));
    if (!answer.ok) return;
    await loadOffice();
    setDraft(paperDraftOf(answer.value.attributes));
    setReason('');
    setIsSaved(true);
  }
  return (
    <div className="papers-part">
      <Card title={words.formTitle}>
        <FormScope className="stack" handle={form}>
          <p className="muted small">{words.rule}</p>
          <NameFields draft={draft} change={change} />
          <LogoField hasLogo={hasLogo} logo={draft.logo} onChange={(logo) => change({ logo })} />
          <TextField label={words.reason} labelNote={vi.ui.field.optional} hint={words.reasonHint} value={reason} onChange={setReason} lengthMax={300} />
          <RefusalNote error={error} />
          {isSaved && <Note kind="good">{words.saved}</Note>}
          <div><Button kind="main" isMainAction label={vi.settings.save} combo="F10" onPress={() => void save()} /></div>
          <p className="muted small">{words.numberingStays}</p>
        </FormScope>
      </Card>
      <PaperView draft={draft} />
    </div>
  );
}

interface NameFieldsProps {
  readonly draft: PaperDraft;
  readonly change: (changes: Partial<PaperDraft>) => void;
}

function NameFields({ draft, change }: NameFieldsProps) {
  const needed = (text: string) => (text.trim() === '' ? head.missing : undefined);
  return (
    <>
      <TextField label={head.superior} value={draft.superiorName} onChange={(superiorName) => change({ superiorName })} lengthMax={120} error={needed(draft.superiorName)} />
      <TextField label={head.unit} value={draft.unitName} onChange={(unitName) => change({ unitName })} lengthMax={160} error={needed(draft.unitName)} />
      <div className="two-fields">
        <TextField label={head.place} value={draft.placeName} onChange={(placeName) => change({ placeName })} lengthMax={60} error={needed(draft.placeName)} />
        <TextField label={words.commune} value={draft.communeName} onChange={(communeName) => change({ communeName })} lengthMax={80} error={needed(draft.communeName)} />
      </div>
      <TextField label={words.address} labelNote={vi.ui.field.optional} hint={words.addressHint} value={draft.address} onChange={(address) => change({ address })} lengthMax={160} />
      <div className="two-fields">
        <TextField label={head.hotline} labelNote={vi.ui.field.optional} value={draft.hotline} onChange={(hotline) => change({ hotline })} lengthMax={60} />
        <TextField label={head.lookup} labelNote={vi.ui.field.optional} value={draft.lookupAddress} onChange={(lookupAddress) => change({ lookupAddress })} lengthMax={120} />
      </div>
      <TextField label={words.footer} labelNote={vi.ui.field.optional} hint={words.footerHint} value={draft.footer} onChange={(footer) => change({ footer })} lengthMax={160} />
    </>
  );
}

/** So wide a paper of A5 draws itself in its real size. */
const PAGE_WIDTH_PX = 600;
const TYPING_PAUSE_MS = 400;

/** The paper that the form itself draws, shortly after the last key; the former one stays while a blank has to be filled. */
function PaperView({ draft }: { readonly draft: PaperDraft }) {
  const [preview, setPreview] = useState<string>();
  const asked = useRef(0);
  useEffect(() => {
    if (!isPrintable(draft)) return undefined;
    // The first paper comes at once, the others after a pause in typing.
    const timer = setTimeout(() => {
      const mine = (asked.current += 1);
      void callCore('forms.preview', draft).then((answer) => {
        if (answer.ok && mine === asked.current) setPreview(answer.value.preview);
      });
    }, asked.current === 0 ? 0 : TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [draft]);
  return (
    <aside className="papers-preview" aria-label={words.preview}>
      <p className="label">{words.preview}</p>
      {preview !== undefined && <PageFrame source={`/api/papers/${preview}`} title={words.previewFrame} width={PAGE_WIDTH_PX} />}
      <p className="muted small">{words.previewNote}</p>
    </aside>
  );
}
