import { useCallback, useEffect, useState } from 'react';
import type { PrintOutcome, ShellApi, ShellOutput } from '../../../src-shared/contract/shell.api.ts';
import { callCore, type ScreenError } from '../../client/core-client.ts';
import { printTestPage, shell } from '../../client/shell.ts';
import { useQuery } from '../../client/use-query.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { openScreen } from '../../router/router.ts';
import { formatInstant } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Select } from '../../ui/fields/select.tsx';
import { Note } from '../../ui/note.tsx';

const words = vi.printing.choice;
const SYSTEM = '';
type Printer = ShellOutput<'listPrinters'>['printers'][number];

/** The printer of this machine, and a sheet to try it. */
export function PrintingPart() {
  return (
    <>
      {shell === undefined ? <Note kind="calm">{words.browser}</Note> : <PrinterCards within={shell} />}
      <LinkButton label={words.waiting} onPress={() => openScreen({ name: 'printQueue' })} />
    </>
  );
}

function PrinterCards({ within }: { readonly within: ShellApi }) {
  const [printers, setPrinters] = useState<readonly Printer[]>();
  const kept = useQuery('printing.getPrinter', {});
  const [error, setError] = useState<ScreenError>();
  const chosen = kept.value?.printer ?? null;
  const find = useCallback(() => {
    void within.listPrinters({}).then((answer) => setPrinters(answer.ok ? answer.value.printers : []));
  }, [within]);
  useEffect(find, [find]);
  async function choose(printer: string | null): Promise<void> {
    const answer = await callCore('printing.choosePrinter', { printer });
    setError(answer.ok ? undefined : answer.error as ScreenError);
    kept.reload();
  }
  return (
    <>
      <Card title={words.title}>
        <div className="stack settings-form">
          <Select label={words.name} options={optionsOf(printers ?? [], chosen)} value={chosen ?? SYSTEM} hint={words.note} onChange={(id) => void choose(id === SYSTEM ? null : id)} />
          {kept.value?.at != null && <p className="small muted">{t(words.by, { name: kept.value.byName ?? '', when: formatInstant(kept.value.at) })}</p>}
          <RefusalNote error={error ?? kept.error} />
          {printers?.length === 0 && <Note kind="warn">{words.none}</Note>}
          <div><Button label={words.again} onPress={find} /></div>
        </div>
      </Card>
      <TestCard within={within} printer={chosen} />
    </>
  );
}

/** A chosen printer that is not there now stays in the list, so that nobody changes it unawares. */
function optionsOf(printers: readonly Printer[], chosen: string | null): readonly { readonly id: string; readonly label: string }[] {
  const missing = chosen !== null && !printers.some(({ name }) => name === chosen) ? [{ id: chosen, label: t(words.gone, { name: chosen }) }] : [];
  return [{ id: SYSTEM, label: words.system }, ...printers.map(({ name, label }) => ({ id: name, label })), ...missing];
}

function TestCard({ within, printer }: { readonly within: ShellApi; readonly printer: string | null }) {
  const [outcome, setOutcome] = useState<PrintOutcome>();
  const [isPrinting, setIsPrinting] = useState(false);
  async function test(size: 'A4' | 'A5'): Promise<void> {
    if (isPrinting) return;
    setIsPrinting(true);
    setOutcome(await printTestPage(within, printer, size));
    setIsPrinting(false);
  }
  return (
    <Card title={words.testTitle}>
      <div className="stack settings-form">
        <p className="muted">{words.testNote}</p>
        <div className="row">
          <Button label={t(words.test, { size: 'A5' })} onPress={() => void test('A5')} />
          <Button label={t(words.test, { size: 'A4' })} onPress={() => void test('A4')} />
        </div>
        <div aria-live="polite">
          {isPrinting && <Note kind="calm">{vi.printing.onTheWay}</Note>}
          {!isPrinting && outcome !== undefined && <TestOutcome outcome={outcome} />}
        </div>
      </div>
    </Card>
  );
}

function TestOutcome({ outcome }: { readonly outcome: PrintOutcome }) {
  switch (outcome.outcome) {
    case 'printed':
      return <Note kind="good">{words.testDone}</Note>;
    case 'unknown':
      return <Note kind="warn">{words.testUnknown}</Note>;
    case 'failed':
      return <Note kind="warn" title={vi.printing.failedTitle}>{vi.printing.failures[outcome.reason]}</Note>;
  }
}
