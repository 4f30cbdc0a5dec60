import type { DossierView } from '../../../src-shared/contract/dossier-views.ts';
import { isOpen } from '../../../src-shared/domain/dossiers/dossier-state.ts';
import { daysBetween, officeDate } from '../../../src-shared/lib/office-time.ts';
import { useDeskNow } from '../../client/use-desk-now.ts';
import { DueChip } from '../../frame/due-chip.tsx';
import { dossierDue } from '../../text/dossier-due.ts';
import { formatIdNumber, formatInstant, formatPhone } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Chip } from '../../ui/chip.tsx';
import { birthWords } from './correction.ts';
import { earlyEndOf } from './early-end.ts';

const words = vi.dossiers;

/** Who, what, how much of the time is used, in which state. */
export function DossierHead({ dossier }: { readonly dossier: DossierView }) {
  const { owner, submitter, authorised, procedure } = dossier.content;
  const facts = [
    owner.birthDate === undefined ? undefined : t(words.born, { when: birthWords(owner.birthDate) ?? '' }),
    owner.idNumber === undefined ? undefined : formatIdNumber(owner.idNumber),
    owner.phone === undefined ? undefined : formatPhone(owner.phone),
  ].filter((fact) => fact !== undefined);
  const others = [
    submitter === undefined ? undefined : t(words.submitter, { name: submitter.relation === undefined ? submitter.name : `${submitter.name} (${submitter.relation})` }),
    authorised === undefined ? undefined : t(words.authorised, { name: authorised.name }),
    dossier.codes.length > 1 ? t(words.otherCodes, { codes: dossier.codes.slice(1).map(({ code }) => code).join(', ') }) : undefined,
  ].filter((fact) => fact !== undefined);
  return (
    <section className="card dossier-head" aria-label={owner.name}>
      <div className="grow">
        <p className="who">{owner.name}<span className="muted num">{facts.join(' · ')}</span></p>
        <p className="what" title={procedure.name}>{procedure.name}</p>
        {dossier.content.request !== procedure.name && <p className="detail">{dossier.content.request}</p>}
        {others.length > 0 && <p className="small muted">{others.join(' · ')}</p>}
      </div>
      <Clock dossier={dossier} />
      <div className="head-part">
        <p className="label">{words.state.label}</p>
        <p><b>{words.status[dossier.status]}</b></p>
        <p className="small muted">{whereabouts(dossier)}</p>
        {dossier.apologies > 0 && <p className="small muted">{t(words.state.apologised, { count: dossier.apologies })}</p>}
        {dossier.codeProvisional && <Chip tone="desk" icon="none">{words.provisionalCode}</Chip>}
        {dossier.clockUnverified && <Chip tone="today">{words.unverifiedClock}</Chip>}
      </div>
    </section>
  );
}

/** With whom it is while somebody works on it, and whether the paper has arrived there. */
function whereabouts(dossier: DossierView): string {
  if (!isAtWork(dossier.status)) return '';
  const { openTransfer, forwardedTo, holderName, deskName } = dossier;
  const here = openTransfer !== null ? t(words.state.onItsWay, { name: openTransfer.toName ?? '' }) : holderName !== null ? t(words.state.with, { name: holderName }) : deskName === null ? '' : t(words.state.atDesk, { desk: deskName });
  return forwardedTo === null ? here : [here, t(words.state.forwarded, { agency: forwardedTo })].filter((part) => part !== '').join(', ');
}

/** Somebody still has it; afterwards it matters no more at whose desk it was. */
function isAtWork(status: DossierView['status']): boolean {
  return isOpen(status) || status === 'finished';
}

/** Days used of the days promised; of one that ended early when and why, since nothing is promised any more. Days off are counted and said so: which days they are stands in the explanation. */
function Clock({ dossier }: { readonly dossier: DossierView }) {
  const nowMs = useDeskNow();
  const { dueAt, receivedAt, pausedAt, finishedAt } = dossier;
  const untilMs = finishedAt ?? pausedAt ?? nowMs;
  const all = dueAt === null ? 0 : Math.max(1, daysBetween(officeDate(receivedAt), officeDate(dueAt)));
  const used = Math.max(0, daysBetween(officeDate(receivedAt), officeDate(untilMs)));
  const { tone } = dossierDue(dossier, nowMs);
  const usedWords = t(words.clock.used, { used, all });
  const end = earlyEndOf(dossier);
  if (end !== undefined) {
    return (
      <div className="head-part dossier-clock">
        <DueChip dossier={dossier} />
        {end.at !== null && <p className="small muted">{t(words.clock.ended, { when: formatInstant(end.at) })}</p>}
        {dossier.closingReason !== null && <p className="small muted three-lines" title={dossier.closingReason}>{dossier.closingReason}</p>}
      </div>
    );
  }
  return (
    <div className="head-part dossier-clock">
      <DueChip dossier={dossier} />
      {dueAt !== null && (
        <>
          <div className={`clock-bar ${tone}`} role="img" aria-label={usedWords}><i style={{ width: `${Math.min(100, Math.round((used / all) * 100))}%` }} /></div>
          <p className="small muted">
            {finishedAt !== null ? t(words.clock.finished, { when: formatInstant(finishedAt) })
              : pausedAt !== null ? t(words.clock.stopped, { when: formatInstant(pausedAt) }) : usedWords}
          </p>
        </>
      )}
      <p className="small muted three-lines" title={dossier.content.appointment.explanation}>{dossier.content.appointment.explanation}</p>
    </div>
  );
}
