import { useDeskSession } from '../../client/desk-session.ts';
import { vi } from '../../text/vi.ts';
import { Card, ValueLine } from '../../ui/card.tsx';
import { Note } from '../../ui/note.tsx';

/** Which program, which office, which machine: what a person reads out on the telephone. */
export function AboutPart() {
  const words = vi.settings.about;
  const office = useDeskSession((state) => state.office);
  const open = office?.office;
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
        </div>
      </Card>
      {open?.training === true && <Note kind="warn">{words.training}</Note>}
      <Note kind="good">{words.safe}</Note>
    </>
  );
}
