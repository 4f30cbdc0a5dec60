import { useQuery } from '../../client/use-query.ts';
import { openScreen } from '../../router/router.ts';
import { formatShortCode } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { LinkButton } from '../../ui/button.tsx';

const SHOWN = 3;

/** Papers of other dossiers whose question nobody has answered yet: receiving went on, the question stayed. */
export function WaitingPapers({ except }: { readonly except: string }) {
  const { value } = useQuery('printing.jobs', {}, (event) => event.type === 'printing');
  const others = (value?.jobs ?? []).filter((job) => job.dossier !== null && job.dossier !== except);
  // The screen of a dossier asks about its newest paper.
  const jobs = [...new Map(others.toReversed().map((job) => [job.dossier, job])).values()].toReversed();
  if (jobs.length === 0) return null;
  return (
    <div className="waiting-papers small">
      <span className="muted">{t(vi.printing.waiting, { count: jobs.length })}</span>
      {jobs.slice(0, SHOWN).map((job) => (
        <LinkButton key={job.id} label={t(vi.printing.waitingOpen, { code: job.code === null ? '' : formatShortCode(job.code), name: job.ownerName ?? '' })}
          onPress={() => { if (job.dossier !== null) openScreen({ name: 'received', dossierId: job.dossier }); }} />
      ))}
    </div>
  );
}
