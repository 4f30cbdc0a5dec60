import type { OutputOf } from '../../../src-shared/contract/contract.ts';
import { formatFormNumber } from '../../../src-shared/domain/numbers/form-number.ts';
import { formatRegisterBook, isFormNumberKind } from '../../../src-shared/domain/numbers/number-series.ts';
import { formatDate } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';

export type Numbers = OutputOf<'numbers.list'>;
const words = vi.settings.numbers;

/** A number as it stands on papers: the end of the code with its day, the place in the register, or the form with its number and year. */
export function nameOfNumber({ kind, token, period, counter }: Omit<Numbers['skipped'][number], 'reason'>): string {
  if (isFormNumberKind(kind)) return t(words.formNumber, { form: words.kinds[kind], number: formatFormNumber({ token, counter }, ''), year: period });
  return kind === 'register'
    ? t(words.registerNumber, { counter, book: formatRegisterBook({ kind, token, period, counter }) })
    : t(words.dossierNumber, { number: `${token}${String(counter).padStart(3, '0')}`, date: formatDate(period) });
}
