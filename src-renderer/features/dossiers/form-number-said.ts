import type { DossierView } from '../../../src-shared/contract/dossier-views.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';

/** What is said after an act, with the number that its form got: the officer has it before the form is written. */
export function withFormNumber(said: string, { history }: DossierView): string {
  const number = history.at(-1)?.formNumber;
  return number == null ? said : `${said} ${t(vi.dossiers.formNumber, { number })}`;
}
