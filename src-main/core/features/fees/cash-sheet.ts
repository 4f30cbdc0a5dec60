import type { OutputOf } from '../../../../src-shared/contract/contract.ts';
import type { CashLineView } from '../../../../src-shared/contract/fees.api.ts';
import { balanceInWords, cashSums, type CashLine } from '../../../../src-shared/domain/fees/cash-sheet.ts';
import type { Office } from '../../../../src-shared/domain/office/office.ts';
import { readOfficeSettings } from '../../../../src-shared/domain/settings/office-settings.ts';
import type { DeskId, DeviceId, OfficerId } from '../../../../src-shared/lib/ids.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import { listCashGroups, listCashLines, type CashGroup, type SheetQuestion } from './fee-queries.ts';

const SHEET_LINES_MAX = 1_000;

/** The cash sheet of some days: its lines, its sums, and who has to hand over how much. */
export function cashSheet(desk: OpenDesk, question: SheetQuestion): OutputOf<'fees.sheet'> {
  const office = desk.office();
  const found = listCashLines(desk, question, SHEET_LINES_MAX + 1);
  const groups = listCashGroups(desk, question);
  const sums = cashSums(groups);
  return {
    lines: found.slice(0, SHEET_LINES_MAX).map((line) => lineView(office, line)),
    hasMore: found.length > SHEET_LINES_MAX,
    sums,
    inWords: balanceInWords(sums.netDong, readOfficeSettings(office.settings).zeroTensWord),
    groups: groupViews(office, groups),
    ...occurring(office, question.officer === undefined && question.desk === undefined ? groups : listCashGroups(desk, { from: question.from, to: question.to })),
  };
}

function lineView(office: Office, { by, device, seq: _seq, voided, otherCodes, ...line }: CashLine): CashLineView {
  return {
    ...line,
    otherCodes: [...otherCodes],
    byName: officerName(office, by),
    deskName: deskOf(office, device)?.name ?? null,
    voided: voided && { byName: officerName(office, voided.by), at: voided.at, reason: voided.reason, receipt: voided.receipt },
  };
}

function groupViews(office: Office, groups: readonly CashGroup[]): OutputOf<'fees.sheet'>['groups'] {
  const byKey = Map.groupBy(groups, ({ date, officer, device }) => [date, officer ?? '', deskOf(office, device)?.id ?? device].join(' '));
  const views = [...byKey.values()].map((parts) => {
    const { date, officer, device } = parts[0]!;
    const desk = deskOf(office, device);
    return { date, officer, officerName: officerName(office, officer), desk: desk?.id ?? null, deskName: desk?.name ?? null, sums: cashSums(parts) };
  });
  return views.sort((one, other) => (one.date < other.date ? -1 : one.date > other.date ? 1 : (one.officerName ?? '').localeCompare(other.officerName ?? '', 'vi')));
}

/** Who can be asked for: whoever wrote something on these days. */
function occurring(office: Office, groups: readonly CashGroup[]): Pick<OutputOf<'fees.sheet'>, 'officers' | 'desks'> {
  const officers = [...new Set(groups.map(({ officer }) => officer))].flatMap((id) => (id === null ? [] : [{ id, name: officerName(office, id) ?? '' }]));
  const desks = new Map<DeskId, { id: DeskId; name: string }>();
  for (const { device } of groups) {
    const desk = deskOf(office, device);
    if (desk) desks.set(desk.id, { id: desk.id, name: desk.name });
  }
  const byName = (one: { readonly name: string }, other: { readonly name: string }) => one.name.localeCompare(other.name, 'vi');
  return { officers: officers.sort(byName), desks: [...desks.values()].sort(byName) };
}

function officerName(office: Office, officer: string | null): string | null {
  return officer === null ? null : (office.officers.get(officer as OfficerId)?.name ?? null);
}

function deskOf(office: Office, device: string) {
  const known = office.devices.get(device as DeviceId);
  return known && office.desks.get(known.desk);
}
