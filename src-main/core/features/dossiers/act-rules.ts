import type { z } from 'zod';
import type { dossierActSchema } from '../../../../src-shared/contract/dossier-views.ts';
import { isOpen } from '../../../../src-shared/domain/dossiers/dossier-state.ts';
import { openTransfer } from '../../../../src-shared/domain/dossiers/dossier-transfers.ts';
import type { Dossier } from '../../../../src-shared/domain/dossiers/dossier.ts';
import type { OfficerId } from '../../../../src-shared/lib/ids.ts';
import type { Naming } from './naming.ts';

export type DossierAct = z.infer<typeof dossierActSchema>;

/**
 * Why an act has no sense here although the fold would take it in any state, or null. Door and screen ask the same; what
 * came from another desk is not asked at all.
 */
export function senseFault(act: DossierAct, dossier: Dossier, officer: OfficerId, naming: Pick<Naming, 'officerName'>): string | null {
  switch (act) {
    case 'assign':
    case 'transfer':
      return isOpen(dossier.status) || dossier.status === 'finished' ? null : 'Hồ sơ đã xong, không còn ai phải giữ.';
    case 'confirmTransfer': {
      const transfer = openTransfer(dossier);
      if (transfer === undefined) return 'Không có hồ sơ giấy nào đang chờ ký nhận.';
      return transfer.to === officer ? null : `Hồ sơ giấy giao cho ${naming.officerName(transfer.to) ?? 'người khác'}, người đó ký nhận.`;
    }
    default:
      return null;
  }
}
