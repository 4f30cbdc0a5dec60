import { Check } from 'lucide-react';
import { useImperativeHandle, useRef, useState, type KeyboardEvent, type Ref } from 'react';
import type { DossierView } from '../../../src-shared/contract/dossier-views.ts';
import { provinceFieldText, type ProvinceField, type ProvinceFieldOrder } from '../../../src-shared/domain/province/province-fields.ts';
import { copyText } from '../../client/clipboard.ts';
import { openScreen } from '../../router/router.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Icon } from '../../ui/icon.tsx';
import { useKeys } from '../../ui/keyboard/use-keys.ts';
import { forgetCopied, noteCopied, useCopiedFields } from './copied-fields.ts';

const words = vi.province.copy;

export interface CopyPanelHandle {
  /** Puts the cursor on the first field that was not copied yet. */
  readonly focus: () => void;
}

interface CopyPanelProps {
  readonly dossier: DossierView;
  readonly order: ProvinceFieldOrder;
  /** The last field was copied: the code comes next. */
  readonly onEnd: () => void;
  readonly ref?: Ref<CopyPanelHandle>;
}

interface CopiedRow {
  readonly field: ProvinceField;
  readonly name: string;
  readonly text: string;
}

/** The dossier in the order of the province's own form: Enter copies a field and goes on to the next one that holds something. */
export function CopyPanel({ dossier, order, onEnd, ref }: CopyPanelProps) {
  const list = useRef<HTMLOListElement>(null);
  const rows = order.filter(({ field }) => !isOfNobody(field, dossier)).map(({ field, name }): CopiedRow => ({ field, name, text: provinceFieldText(field, dossier) }));
  const filled = rows.filter(({ text }) => text !== '');
  const copied = useCopiedFields(dossier.id);
  const [active, setActive] = useState<ProvinceField>();
  const [said, setSaid] = useState<{ readonly name: string; readonly isCopied: boolean }>();
  const stop = filled.find(({ field }) => field === active)?.field ?? filled.find(({ field }) => !copied.has(field))?.field ?? filled[0]?.field;
  useKeys([{ combo: 'Enter', label: words.help, order: 7, listed: 'bar' }, { combo: '↑ ↓', label: vi.ui.keys.choose, order: 6 }]);
  useImperativeHandle(ref, () => ({ focus: () => focusField(filled.find(({ field }) => !copied.has(field))?.field ?? filled[0]?.field) }));

  function focusField(field: ProvinceField | undefined): void {
    list.current?.querySelector<HTMLElement>(`[data-field="${field}"]`)?.focus();
  }
  async function copy(row: CopiedRow): Promise<void> {
    const isCopied = await copyText(row.text);
    setSaid({ name: row.name, isCopied });
    if (!isCopied) return;
    noteCopied(dossier.id, row.field);
    const next = filled[filled.indexOf(row) + 1];
    if (next === undefined) onEnd();
    else focusField(next.field);
  }
  function onKeyDown(event: KeyboardEvent, row: CopiedRow): void {
    const at = filled.indexOf(row);
    const next = { ArrowDown: filled[at + 1], ArrowUp: filled[at - 1], Home: filled[0], End: filled.at(-1) }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    focusField(next.field);
  }
  return (
    <Card title={words.title} note={words.help} aside={t(words.done, { done: filled.filter(({ field }) => copied.has(field)).length, all: filled.length })} isFlush isClipped className="copy-card"
      foot={<CopyFoot dossier={dossier} said={said} hasCopied={copied.size > 0} />}>
      <ol ref={list} className="copy-fields" aria-label={words.listLabel}>
        {rows.map((row) => (row.text === ''
          ? <li key={row.field} className="copy-field empty"><span className="copy-name">{row.name}</span><span className="muted">{words.nothing}</span></li>
          : (
            <li key={row.field}>
              <button type="button" data-field={row.field} tabIndex={row.field === stop ? 0 : -1} className={classNames('copy-field', copied.has(row.field) && 'copied')}
                onClick={() => void copy(row)} onFocus={() => setActive(row.field)} onKeyDown={(event) => onKeyDown(event, row)}>
                <span className="copy-name">{row.name}</span>
                <span className="copy-value">{row.text}</span>
                {copied.has(row.field) && <span className="copy-tick"><Icon shape={Check} size="small" /><span className="visually-hidden">{words.copied}</span></span>}
              </button>
            </li>
          )))}
      </ol>
    </Card>
  );
}

/** Four blank lines about somebody who is not there only lengthen the way. */
function isOfNobody(field: ProvinceField, { content }: DossierView): boolean {
  return (field.startsWith('submitter') && content.submitter === undefined) || (field.startsWith('authorised') && content.authorised === undefined);
}

interface CopyFootProps {
  readonly dossier: DossierView;
  readonly said: { readonly name: string; readonly isCopied: boolean } | undefined;
  readonly hasCopied: boolean;
}

function CopyFoot({ dossier, said, hasCopied }: CopyFootProps) {
  return (
    <div className="row wide">
      <span role="status" className="grow">{said === undefined ? t(words.ownCode, { code: dossier.code }) : said.isCopied ? t(words.said, { name: said.name }) : words.failed}</span>
      {hasCopied && <LinkButton label={words.again} onPress={() => forgetCopied(dossier.id)} />}
      <LinkButton label={words.openDossier} onPress={() => openScreen({ name: 'dossier', dossierId: dossier.id })} />
    </div>
  );
}
