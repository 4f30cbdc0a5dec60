import { formatFormNumber, type FormNumber } from '../../../../src-shared/domain/numbers/form-number.ts';
import { formSeries, type FormNumberKind } from '../../../../src-shared/domain/numbers/number-series.ts';
import { readOfficeSettings } from '../../../../src-shared/domain/settings/office-settings.ts';
import { nextCounter } from '../../../../src-node/operations/issued-numbers.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';

/**
 * The number of a form that an act makes due, as a member of the act's body. To be asked inside the transaction that writes the act,
 * so that a number is neither lost nor given twice (rule 4). Nothing where the office writes it by hand; nor where this desk has
 * no series: an act about a dossier waits for no number, its form then has a blank line.
 */
export function numberedForm(desk: OpenDesk, kind: FormNumberKind): { readonly formNumber?: FormNumber } {
  const office = desk.office();
  const { by, symbol } = readOfficeSettings(office.settings).formNumbers[kind];
  const token = office.devices.get(desk.device)?.token;
  if (by === 'hand' || !token) return {};
  const series = formSeries(kind, token, desk.clock.businessDate());
  const number = { ...series, counter: nextCounter(desk.db, series, office.skippedNumbers.map((skipped) => skipped.number)) };
  return { formNumber: { number, text: formatFormNumber(number, symbol) } };
}
