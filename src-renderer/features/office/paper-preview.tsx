import { codePatternFault } from '../../../src-shared/domain/numbers/number-series.ts';
import { deskToday } from '../../client/desk-session.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Note } from '../../ui/note.tsx';
import { exampleCode, headOf, paperDay, type SetUpDraft } from './set-up-draft.ts';

/** The head of a paper as it will be, while the names are being typed. */
export function PaperPreview({ draft }: { readonly draft: SetUpDraft }) {
  const words = vi.office.preview;
  const head = headOf(draft);
  const today = draft.today ?? deskToday();
  return (
    <aside className="set-up-preview" aria-label={words.label}>
      <p className="label">{words.label}</p>
      <div className="paper-head">
        <div className="paper-columns">
          <div><p>{head.superiorName}</p><p><b>{head.unitName}</b></p><i aria-hidden="true" /></div>
          <div>{words.nation.map((line) => <p key={line}><b>{line}</b></p>)}<p><b>{words.motto}</b></p><i className="long" aria-hidden="true" /><p className="paper-date">{t(words.date, { place: head.placeName, ...paperDay(draft) })}</p></div>
        </div>
        <div className="paper-title">{words.paper.map((line) => <p key={line}>{line}</p>)}</div>
        {codePatternFault(draft.pattern) === null && <p className="paper-code num">{words.code} <mark>{exampleCode(draft, today)}</mark></p>}
      </div>
      <Note kind="calm"><p>{words.explain}</p><p>{words.explainSeries}</p></Note>
    </aside>
  );
}
