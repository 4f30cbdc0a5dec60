import { useEffect, useState } from 'react';
import type { ShellOutput } from '../../../src-shared/contract/shell.api.ts';
import { useDeskSession } from '../../client/desk-session.ts';
import { shell } from '../../client/shell.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Card, ValueLine } from '../../ui/card.tsx';
import { Note } from '../../ui/note.tsx';

/** Which program, which office, which machine: what a person reads out on the telephone. */
export function AboutPart() {
  const words = vi.settings.about;
  const office = useDeskSession((state) => state.office);
  const open = office?.office;
  const window = useWindowFacts();
  return (
    <>
      <Card>
        <div className="stack settings-form">
          <ValueLine label={words.product}><b>{vi.frame.product}</b></ValueLine>
          <ValueLine label={words.version}><span className="num">{office?.version}</span></ValueLine>
          {open != null && <>
            <ValueLine label={words.office}><b>{open.attributes.communeName}, {open.attributes.provinceName}</b></ValueLine>
            <ValueLine label={words.desk}>{open.deskName}</ValueLine>
            <ValueLine label={words.token}><span className="num">{open.token ?? vi.settings.desks.noToken}</span></ValueLine>
            <ValueLine label={words.device}><span className="num">{open.device}</span></ValueLine>
            <ValueLine label={words.clock}>{open.clockUnverified ? words.clockUnverified : words.clockGood}</ValueLine>
          </>}
          {window !== undefined && <>
            <ValueLine label={words.dataDir}><span className="num">{window.dataDir}</span></ValueLine>
            <ValueLine label={words.engine}><span className="num">{t(words.engineWords, { electron: window.electron, chrome: window.chrome, node: window.coreNode })}</span></ValueLine>
          </>}
        </div>
      </Card>
      {open?.training === true && <Note kind="warn">{words.training}</Note>}
      <Note kind="good">{words.safe}</Note>
    </>
  );
}

/** Undefined in a browser, which knows nothing of the machine. */
function useWindowFacts(): ShellOutput<'about'> | undefined {
  const [facts, setFacts] = useState<ShellOutput<'about'>>();
  useEffect(() => {
    void shell?.about({}).then((answer) => {
      if (answer.ok) setFacts(answer.value);
    });
  }, []);
  return facts;
}
