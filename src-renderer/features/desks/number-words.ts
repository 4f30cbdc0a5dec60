import type { OutputOf } from '../../../src-shared/contract/contract.ts';
import { formatRegisterBook } from '../../../src-shared/domain/numbers/number-series.ts';
import { formatDate } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';

export type Numbers = OutputOf<'numbers.list'>;
const words = vi.settings.numbers;

/** A number as it stands on papers: the end of the code with its day, or the place in the register. */
export function nameOfNumber({ kind, token, period, counter }: Omit<Numbers['skipped'][number], 'reason'>): string {
  return kind === 'register'
    ? t(words.registerNumber, { counter, book: formatRegisterBook({ kind, token, period, counter }) })
    : t(words.dossierNumber, { number: `${token}${String(counter).padStart(3, '0')}`, date: formatDate(period) });
}
