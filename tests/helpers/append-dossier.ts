import { randomUUID } from 'node:crypto';
import type { DossierContent, DossierReceived } from '../../src-shared/domain/dossiers/dossier-content.ts';
import type { Dossier } from '../../src-shared/domain/dossiers/dossier.ts';
import type { DossierBody, DossierKind } from '../../src-shared/domain/dossiers/dossier-operations.ts';
import { formatCode, registerSeries, dossierSeries } from '../../src-shared/domain/numbers/number-series.ts';
import { attributesOn } from '../../src-shared/domain/office/office.ts';
import { parseOperationId, type Operation } from '../../src-shared/domain/operations/operation.ts';
import type { SubjectId } from '../../src-shared/lib/ids.ts';
import { ok } from '../../src-shared/lib/result.ts';
import { foldDossier } from '../../src-shared/domain/dossiers/dossier-fold.ts';
import { projectDossier } from '../../src-node/operations/dossier-projection.ts';
import { nextCounter } from '../../src-node/operations/issued-numbers.ts';
import type { Writing } from '../../src-node/operations/log.ts';
import { contentBody } from './build-operations.ts';
import { valueOf, type TestDesk, type TestOfficer } from './open-test-desk.ts';

export interface AppendedDossier {
  readonly id: SubjectId;
  readonly code: string;
  readonly received: Operation;
}

export interface AppendOptions {
  readonly content?: Partial<DossierContent>;
  readonly body?: Partial<DossierReceived>;
  /** Runs in the same transaction, as a reception puts its receipt there. */
  readonly alongside?: (writing: Writing, dossier: Dossier, received: Operation) => void;
}

/** Receives a dossier straight into the log and its projections, by the officer of the reception. */
export function appendDossier(at: TestDesk, options: AppendOptions = {}): AppendedDossier {
  const { desk } = at;
  const id = randomUUID() as string as SubjectId;
  const businessDate = desk.clock.businessDate();
  const { token } = desk.office().devices.get(desk.device)!;
  return valueOf(
    desk.log.write((writing) => {
      const series = dossierSeries(token!, businessDate);
      const register = registerSeries(token!, businessDate);
      const number = { ...series, counter: nextCounter(writing.db, series) };
      const { numbering, attributes } = attributesOn(desk.office(), businessDate);
      const code = formatCode(numbering.pattern, attributes.agencyCode, number);
      const body = {
        content: { ...contentBody(), ...options.content },
        receivedAt: desk.clock.nowMs(),
        clockUnverified: false,
        codes: [{ system: 'own', code }],
        number,
        register: { ...register, counter: nextCounter(writing.db, register) },
        codeProvisional: false,
        receiptWanted: true,
        ...options.body,
      };
      const received = writing.append({ kind: 'dossier.received', version: 1, subject: id, actor: at.officers.reception, after: [], body });
      const dossier = projectDossier(writing.db, writing.names, desk.office(), [received])!;
      options.alongside?.(writing, dossier, received);
      return ok({ id, code, received });
    }),
  );
}

/** Appends an act to a dossier as an officer and projects it. */
export function appendAct<K extends DossierKind>(at: TestDesk, id: SubjectId, officer: TestOfficer, kind: K, body: DossierBody<K>): Operation {
  const { desk } = at;
  return valueOf(
    desk.log.write((writing) => {
      const operations = desk.log.listSubject(id);
      const after = foldDossier(operations, desk.office())!.heads.map(parseOperationId);
      const operation = writing.append({ kind, version: 1, subject: id, actor: at.officers[officer], after, body });
      projectDossier(writing.db, writing.names, desk.office(), [...operations, operation]);
      return ok(operation);
    }),
  );
}

/** The dossier as folded from the log now. */
export function readDossier(at: TestDesk, id: SubjectId): Dossier {
  return foldDossier(at.desk.log.listSubject(id), at.desk.office())!;
}
