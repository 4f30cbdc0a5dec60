import { useState } from 'react';
import type { OfficeState } from '../../../src-shared/contract/office.api.ts';
import { callCore, type ScreenError } from '../../client/core-client.ts';
import { loadOffice, tokenPicked, useDeskSession, useHasRole } from '../../client/desk-session.ts';
import { useQuery } from '../../client/use-query.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Note } from '../../ui/note.tsx';
import { PickList } from '../../ui/pick-list.tsx';
import { DateQuestion } from './date-question.tsx';

interface DeskQuestionsProps {
  /** Opens the place where an old folder is taken over. */
  readonly onImport: () => void;
}

type OpenOffice = NonNullable<OfficeState['office']>;

/** What the desk must know before numbers can be given, one question at a time: the date first, then the series. */
export function DeskQuestions({ onImport }: DeskQuestionsProps) {
  const gate = useDeskSession((state) => state.gate);
  const office = useDeskSession((state) => state.office?.office);
  const isDateAside = useDeskSession((state) => state.isDateQuestionAside);
  const needsToken = useDeskSession((state) => state.needsToken);
  const [readDevices, setReadDevices] = useState(readDevicesKept);
  if (office == null || gate !== 'open') return null;
  if (office.dateQuestion !== null && !isDateAside) return <DateQuestion question={office.dateQuestion} />;
  if (office.newIncarnation !== null && !readDevices.includes(office.device)) {
    return <IncarnationNews office={office} onImport={onImport} onRead={() => setReadDevices(keepRead(office.device))} />;
  }
  if (office.deskRevoked && !readDevices.includes(stoppedMark(office))) return <StoppedNews onRead={() => setReadDevices(keepRead(stoppedMark(office)))} />;
  if (needsToken && !office.deskRevoked) return <TokenQuestion />;
  return null;
}

const READ_DEVICES = 'motcua.readIncarnations';

function readDevicesKept(): string {
  return localStorage.getItem(READ_DEVICES) ?? '';
}

function keepRead(device: string): string {
  const devices = `${readDevicesKept()} ${device}`.trim();
  localStorage.setItem(READ_DEVICES, devices);
  return devices;
}

/** Read once, as the news of a new incarnation is. */
function stoppedMark({ device }: OpenOffice): string {
  return `stopped-${device}`;
}

/** The office has stopped this desk: what is here can be read and printed, and nothing new is written. */
function StoppedNews({ onRead }: { readonly onRead: () => void }) {
  const words = vi.officeSettings.desk;
  return (
    <Dialog title={words.stoppedHereTitle} onClose={onRead} actions={<Button kind="main" autoFocus label={words.understood} onPress={onRead} />}>
      <p>{t(words.stoppedHere)}</p>
    </Dialog>
  );
}

interface IncarnationNewsProps {
  readonly office: OpenOffice;
  readonly onImport: () => void;
  readonly onRead: () => void;
}

/** The folder was copied or restored, so this is a new machine with its own numbers. Shown until read. */
function IncarnationNews({ office, onImport, onRead }: IncarnationNewsProps) {
  const words = vi.session.incarnation;
  const canImport = useHasRole('admin', 'leader');
  const reason = words.reasons[office.newIncarnation as keyof typeof words.reasons];
  return (
    <Dialog title={office.token === null ? words.titleNoToken : t(words.title, { token: office.token })} onClose={onRead} actions={<>
      {canImport && <Button label={words.import} onPress={() => {
        onRead();
        onImport();
      }} />}
      <Button kind="main" autoFocus label={words.understood} onPress={onRead} />
    </>}>
      <div className="stack">
        <p>{reason}</p>
        <Note kind="good">{words.safe}</Note>
        <p>{words.ask}</p>
      </div>
    </Dialog>
  );
}

/** Every reserve is used: the officer picks a free token, and the code is provisional (rule 4). */
function TokenQuestion() {
  const words = vi.session.token;
  const tokens = useQuery('desks.freeTokens', {}).value?.tokens;
  const [error, setError] = useState<ScreenError>();
  const [picked, setPicked] = useState<string>();
  async function pick(token: string): Promise<void> {
    const answer = await callCore('desks.pickToken', { token });
    if (!answer.ok) {
      setError(answer.error as ScreenError);
      return;
    }
    setPicked(token);
    await loadOffice();
  }
  if (picked !== undefined) {
    return (
      <Dialog title={words.title} onClose={tokenPicked} actions={<Button kind="main" autoFocus label={vi.ui.dialog.close} onPress={tokenPicked} />}>
        <Note kind="good">{t(words.done, { token: picked })}</Note>
      </Dialog>
    );
  }
  return (
    <Dialog title={words.title} onClose={tokenPicked}>
      <div className="stack">
        <p>{words.why}</p>
        {tokens !== undefined && tokens.length > 0 && (
          <PickList label={words.label} mode="confirm" columns={10} autoFocus onPick={(token) => void pick(token)}
            items={tokens.slice(0, 40).map((token) => ({ id: token, label: <span className="num">{token}</span> }))} />
        )}
        {tokens?.length === 0 && <Note kind="warn">{words.none}</Note>}
        <Note kind="calm">{words.provisional}</Note>
        <RefusalNote error={error} />
      </div>
    </Dialog>
  );
}
