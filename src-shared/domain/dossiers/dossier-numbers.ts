import { formNumberOf } from '../numbers/form-number.ts';
import type { IssuedNumber } from '../numbers/number-series.ts';
import type { OperationRef } from '../operations/operation.ts';
import type { DossierReceived } from './dossier-content.ts';
import type { Dossier } from './dossier.ts';

/** A number with the operation that issued it. */
export interface NumberOfAct {
  readonly operation: OperationRef;
  readonly number: IssuedNumber;
}

/** The numbers that an act has used up, by its parsed body, whether or not the act counts. */
export function numbersIssuedBy(kind: string, body: unknown): readonly IssuedNumber[] {
  if (body === undefined) return [];
  if (kind === 'dossier.received') return [(body as DossierReceived).number, (body as DossierReceived).register];
  const form = formNumberOf(kind, body);
  return form === undefined ? [] : [form.number];
}

/** All numbers of a dossier: of every reception, and of every form, undone ones too. A number once printed is never given again. */
export function numbersOf({ history }: Pick<Dossier, 'history'>): readonly NumberOfAct[] {
  return history.flatMap(({ header: { kind, device, seq }, body }) => numbersIssuedBy(kind, body).map((number) => ({ operation: { device, seq }, number })));
}
