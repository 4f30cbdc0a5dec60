import type { DossierFeesView, FeeEntryView } from '../../../../src-shared/contract/fee-views.ts';
import { DOSSIER_PERMISSIONS } from '../../../../src-shared/domain/dossiers/dossier-operations.ts';
import type { Dossier } from '../../../../src-shared/domain/dossiers/dossier.ts';
import { cashLinesOf } from '../../../../src-shared/domain/fees/cash-sheet.ts';
import { feeBalance } from '../../../../src-shared/domain/fees/fee-balance.ts';
import { leftToRefund, NO_DONG, type FeeEntry } from '../../../../src-shared/domain/fees/fee-entry.ts';
import { hasAnyRole } from '../../../../src-shared/domain/office/permissions.ts';
import type { Role } from '../../../../src-shared/domain/officers/officer.ts';
import type { OfficerId } from '../../../../src-shared/lib/ids.ts';
import { isVoidable } from './money-acts.ts';
import type { Naming } from './naming.ts';

/** The money of a dossier as its page shows it: how phí and lệ phí stand, and every entry. */
export function feesView(dossier: Dossier, naming: Naming, viewer: { readonly officer: OfficerId; readonly roles: ReadonlySet<Role> }): DossierFeesView {
  const mayVoid = !dossier.needsUpdate && hasAnyRole(viewer.roles, DOSSIER_PERMISSIONS['dossier.feeVoided']);
  const lines = cashLinesOf(dossier);
  return {
    charge: feeBalance('charge', dossier.content.fee.amount, dossier.fees),
    levy: feeBalance('levy', dossier.content.levy.amount, dossier.fees),
    entries: dossier.fees.map((entry, index) => {
      const { id, what, at, charge, levy, means, person, receipt, text, evidence } = lines[index]!;
      return {
        id, what, at, means, person, receipt, text, evidence,
        sums: { charge, levy },
        ...detailsOf(entry, dossier.fees),
        byName: naming.officerName(entry.by),
        deskName: naming.deskName(entry.device),
        voided: entry.voided && { byName: naming.officerName(entry.voided.by), at: entry.voided.at, reason: entry.voided.reason },
        voidable: mayVoid && isVoidable(dossier, id, viewer),
      };
    }),
  };
}

function detailsOf(entry: FeeEntry, entries: readonly FeeEntry[]): Pick<FeeEntryView, 'left' | 'lines' | 'kinds'> {
  return {
    left: entry.what === 'collected' && entry.voided === null ? leftToRefund(entries, entry) : NO_DONG,
    lines: entry.what === 'collected' ? [...entry.lines] : [],
    kinds: entry.what === 'exempted' ? [...entry.kinds] : [],
  };
}
