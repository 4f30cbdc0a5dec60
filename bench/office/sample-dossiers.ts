import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ReceiptData } from '../../src-shared/forms/receipt/receipt-data.ts';
import type { DossierReceived } from '../../src-shared/domain/dossiers/dossier-content.ts';
import { assert } from '../../src-shared/lib/assert.ts';
import type { SubjectId } from '../../src-shared/lib/ids.ts';
import { getPrintJob } from '../../src-main/core/features/printing/print-job-queries.ts';
import { call, signIn } from './core-calls.ts';
import { makeReception, PROCEDURE_CODES } from './receptions.ts';
import { createChance } from './seeded-chance.ts';
import { BENCH_PASSWORD, createSetClock, openOffice, setUpOffice } from './set-up-office.ts';

/** What the product itself writes when it receives a dossier of a procedure: the mould of all the others. */
export interface SampleDossier {
  readonly body: DossierReceived;
  readonly paper: { readonly formVersion: string; readonly data: ReceiptData };
  readonly answer: string;
}

/** One dossier per procedure, received by the calls that screens use, in an office that is thrown away. */
export async function receiveSamples(nowMs: number): Promise<ReadonlyMap<string, SampleDossier>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'motcua-samples-'));
  const clock = createSetClock(nowMs);
  const core = openOffice(folder, clock);
  try {
    const session = await signIn(core, await setUpOffice(core, clock), BENCH_PASSWORD);
    const desk = core.holder.desk()!;
    const chance = createChance(1);
    const samples = new Map<string, SampleDossier>();
    for (const code of PROCEDURE_CODES) {
      const { dossier, job } = await call(core, session, 'dossiers.receive', makeReception(chance, nowMs, code));
      const paper = job && getPrintJob(desk.db, job.id);
      assert(job && paper?.form === 'receipt', 'a reception has its receipt');
      samples.set(code, {
        body: desk.log.listSubject(dossier.id as SubjectId)[0]!.body as DossierReceived,
        paper: { formVersion: paper.formVersion, data: paper.data },
        answer: JSON.stringify({ dossier: dossier.id, job: job.id }),
      });
    }
    return samples;
  } finally {
    await core.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
