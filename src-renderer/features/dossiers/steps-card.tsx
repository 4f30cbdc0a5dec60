import { Check, CircleStop, TriangleAlert } from 'lucide-react';
import type { DossierView, StepView } from '../../../src-shared/contract/dossier-views.ts';
import { isPaused } from '../../../src-shared/domain/dossiers/dossier-state.ts';
import { isStepLate } from '../../../src-shared/domain/deadlines/step-deadline.ts';
import { officeDate } from '../../../src-shared/lib/office-time.ts';
import { useDeskNow } from '../../client/use-desk-now.ts';
import { formatInstant, formatTime } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Card } from '../../ui/card.tsx';
import { Chip } from '../../ui/chip.tsx';
import { Icon } from '../../ui/icon.tsx';
import { earlyEndOf } from './early-end.ts';

const words = vi.steps;

/** The way through the flow as stages: done with both times and a name, the present one with its own term, what comes; or the end, where it came early. */
export function StepsCard({ dossier }: { readonly dossier: DossierView }) {
  const end = earlyEndOf(dossier);
  const steps = end === undefined ? dossier.steps : dossier.steps.filter(({ state }) => state !== 'ahead');
  if (dossier.steps.length === 0) return null;
  return (
    <Card title={words.title} className="steps-card">
      <ol className="stages">
        {steps.map((step, index) => (
          <li key={index} className={`stage ${step.state}`} aria-current={step.state === 'current' ? 'step' : undefined}>
            <span className="stage-mark" aria-hidden="true">{step.state === 'done' || step.state === 'passed' ? <Icon shape={Check} size="small" /> : index + 1}</span>
            <span className="stage-name" title={step.name}>{step.name}<span className="visually-hidden">, {words.states[step.state]}</span></span>
            <StageWords step={step} isStopped={isPaused(dossier.status)} />
          </li>
        ))}
        {end !== undefined && (
          <li className="stage ended">
            <span className="stage-mark" aria-hidden="true"><Icon shape={CircleStop} size="small" /></span>
            <span className="stage-name">{vi.dossiers.status[dossier.status]}</span>
            {end.at !== null && <span className="stage-words"><span className="num">{formatInstant(end.at)}</span></span>}
          </li>
        )}
      </ol>
      {steps.some(({ state, needsReview }) => state === 'current' && needsReview) && <p className="small muted">{t(words.review)}</p>}
    </Card>
  );
}

function StageWords({ step, isStopped }: { readonly step: StepView; readonly isStopped: boolean }) {
  switch (step.state) {
    case 'done':
      return (
        <span className="stage-words">
          {step.officerName !== null && <span>{step.officerName}</span>}
          {step.begunAt !== null && step.endedAt !== null && <span className="num">{spanWords(step.begunAt, step.endedAt)}</span>}
          {step.late && <span className="stage-late"><Icon shape={TriangleAlert} size="small" />{words.late}</span>}
        </span>
      );
    case 'passed':
      return <span className="stage-words">{words.passed}</span>;
    case 'current':
      return (
        <span className="stage-words">
          {step.officerName !== null && <span>{step.officerName}</span>}
          {step.begunAt !== null && <span className="num">{t(words.since, { when: formatInstant(step.begunAt) })}</span>}
          <StepTerm step={step} isStopped={isStopped} />
        </span>
      );
    case 'ahead':
      return (
        <span className="stage-words">
          <span>{step.unit ?? words.roles[step.role]}</span>
          {step.term !== null && <span>{t(words.term, { term: step.term })}</span>}
        </span>
      );
  }
}

/** The term of the present step; renewed every minute. */
function StepTerm({ step: { dueAt, term }, isStopped }: { readonly step: StepView; readonly isStopped: boolean }) {
  const now = useDeskNow();
  if (isStopped) return <span><Chip tone="pause">{words.stands}</Chip></span>;
  if (dueAt === null) return <span>{term === null ? words.noTerm : t(words.term, { term })}</span>;
  const isToday = officeDate(dueAt) === officeDate(now);
  const late = isStepLate(dueAt, now);
  const when = isToday ? t(words.dueToday, { time: formatTime(dueAt) }) : t(words.due, { when: formatInstant(dueAt) });
  return late ? <><span className="num">{when}</span><span><Chip tone="over">{words.late}</Chip></span></> : <span><Chip tone={isToday ? 'today' : 'early'}>{when}</Chip></span>;
}

/** `30/11 09:00 – 15:01`, or both days. */
function spanWords(from: number, to: number): string {
  return `${formatInstant(from)} – ${officeDate(from) === officeDate(to) ? formatTime(to) : formatInstant(to)}`;
}
