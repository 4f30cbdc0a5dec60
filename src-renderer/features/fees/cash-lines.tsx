import { Fragment } from 'react';
import type { CashLineView } from '../../../src-shared/contract/fees.api.ts';
import { receiptWords } from '../../../src-shared/domain/fees/fee-words.ts';
import { formatDayMonth, formatNumber, formatTime } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import type { TableColumn } from '../../ui/table.tsx';

const words = vi.fees.cash;

/** Lines of the cash sheet; what was voided is weak and says why, and adds nothing. */
export function cashColumns(isOneDay: boolean): readonly TableColumn<CashLineView>[] {
  return [
    { id: 'at', header: words.columns.at, width: isOneDay ? 70 : 118, hasFigures: true, cell: ({ businessDate, at }) => (isOneDay ? formatTime(at) : `${formatDayMonth(businessDate)} ${formatTime(at)}`) },
    { id: 'person', header: words.columns.person, cell: (line) => <PersonCell line={line} /> },
    { id: 'receipt', header: words.columns.receipt, width: 170, hasFigures: true, cell: ({ what, receipt }) => (receipt !== null ? receiptWords(receipt) : what === 'collected' ? <span className="muted">{words.later}</span> : null) },
    { id: 'charge', header: words.columns.charge, width: 96, align: 'right', hasFigures: true, cell: (line) => sumOf(line, line.charge) },
    { id: 'levy', header: words.columns.levy, width: 96, align: 'right', hasFigures: true, cell: (line) => sumOf(line, line.levy) },
    { id: 'means', header: words.columns.means, width: 164, isWideOnly: true, cell: ({ means, byName }) => <>{means !== null && vi.fees.means[means]}<span className="second-line one-line">{byName}</span></> },
  ];
}

function PersonCell({ line: { what, person, ownerName, code, otherCodes, procedureName, text, voided } }: { readonly line: CashLineView }) {
  const about = voided !== null ? t(words.voided, { reason: voided.reason })
    : what === 'exempted' ? t(words.exempted, { ground: text ?? '' })
    : what === 'refunded' ? t(words.refunded, { reason: text ?? '' }) : procedureName;
  return (
    <>
      <b className="one-line">{person ?? ownerName}</b>
      {otherCodes.length > 0 && <span className="second-line">{[code, ...otherCodes].map((one, index) => <Fragment key={one}>{index > 0 && ', '}<span className="num">{one}</span></Fragment>)}</span>}
      <span className="second-line two-lines">{otherCodes.length === 0 && <><span className="num">{code}</span> · </>}{about}</span>
    </>
  );
}

/** Money that went back stands with its sign; nothing stays empty. */
function sumOf({ what }: CashLineView, dong: number): string {
  return dong === 0 ? '' : `${what === 'refunded' ? '−' : ''}${formatNumber(dong)}`;
}
