import { describe, expect, it } from 'vitest';
import type { PrintJobView } from '../../../src-shared/contract/dossier-views.ts';
import { waitingJob } from '../../../src-renderer/features/dossiers/waiting-job.ts';

type Outcome = PrintJobView['copies'][number]['outcome'];

function paper(id: string, copies: Partial<Record<'keep' | 'citizen', Outcome>>, marks: { readonly reprint?: number; readonly amended?: number } = {}): PrintJobView {
  return {
    id, dossier: 'dossier', form: 'receipt', formVersion: '2025-v1', formTitle: 'Giấy tiếp nhận', code: 'H99.27-261127-1001', ownerName: 'Lò Thị Mai',
    reprint: marks.reprint ?? 0, amended: marks.amended ?? 0, size: 'A5', createdAt: 0,
    copies: Object.entries(copies).map(([copy, outcome]) => ({ copy: copy as 'keep' | 'citizen', outcome, reportedAt: null })),
  };
}

describe('the paper that is still to come out', () => {
  it('is the one with a copy that nobody has', () => {
    expect(waitingJob([])).toBeUndefined();
    expect(waitingJob([paper('a', { keep: 'printed', citizen: 'printed' })])).toBeUndefined();
    expect(waitingJob([paper('a', { keep: 'printed', citizen: 'failed' })])?.id).toBe('a');
  });

  it('is not one whose missing copy came out as a reprint', () => {
    expect(waitingJob([paper('b', { citizen: 'printed' }, { reprint: 1 }), paper('a', { keep: 'printed', citizen: 'failed' })])).toBeUndefined();
    expect(waitingJob([paper('b', { keep: 'printed' }, { reprint: 1 }), paper('a', { keep: 'printed', citizen: 'failed' })])?.id).toBe('a');
  });

  it('is never one with the words from before a correction', () => {
    expect(waitingJob([paper('b', { keep: 'printed', citizen: 'printed' }, { amended: 1 }), paper('a', { keep: 'printed', citizen: 'failed' })])).toBeUndefined();
  });
});
