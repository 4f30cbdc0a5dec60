import { useQuery } from '../../client/use-query.ts';
import { openScreen } from '../../router/router.ts';
import { vi } from '../../text/vi.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';

const SHOWN = 3;

/** Papers of other dossiers whose question nobody has answered yet: receiving went on, the question stayed. */
export function WaitingPapers({ except }: { readonly except: string }) {
  const { value } = useQuery('printing.jobs', {}, (event) => event.type === 'printing');
  const jobs = (value?.jobs ?? []).filter((job) => job.dossier !== null && job.dossier !== except);
  if (jobs.length === 0) return null;
  return (
    <Card title={vi.printing.waiting} aside={jobs.length} isFlush>
      <ul className="lines">
        {jobs.slice(0, SHOWN).map((job) => (
          <li key={job.id}>
            <span className="num">{job.code}</span>
            <span className="grow">{job.ownerName}</span>
            <LinkButton label={vi.printing.waitingOpen} onPress={() => { if (job.dossier !== null) openScreen({ name: 'received', dossierId: job.dossier }); }} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
