import type { z } from 'zod';
import type { dossierActSchema } from '../../../../src-shared/contract/dossier-views.ts';
import type { DossierKind } from '../../../../src-shared/domain/dossiers/dossier-operations.ts';
import { isOpen, isPaused } from '../../../../src-shared/domain/dossiers/dossier-state.ts';
import { openTransfer } from '../../../../src-shared/domain/dossiers/dossier-transfers.ts';
import { stepsOf } from '../../../../src-shared/domain/dossiers/dossier-steps.ts';
import type { Dossier } from '../../../../src-shared/domain/dossiers/dossier.ts';
import type { OfficerId } from '../../../../src-shared/lib/ids.ts';
import type { Naming } from './naming.ts';

export type DossierAct = z.infer<typeof dossierActSchema>;

/** The operation that each act writes; who may do it is asked of its kind. */
export const KIND_OF_ACT: Readonly<Record<DossierAct, DossierKind>> = {
  take: 'dossier.taken',
  assign: 'dossier.assigned',
  moveStep: 'dossier.assigned',
  transfer: 'dossier.transferred',
  confirmTransfer: 'dossier.transferred',
  requestSupplement: 'dossier.supplementRequested',
  receiveSupplement: 'dossier.supplementReceived',
  requestDuty: 'dossier.dutyRequested',
  meetDuty: 'dossier.dutyMet',
  apologise: 'dossier.apologised',
  forward: 'dossier.forwarded',
  withdraw: 'dossier.withdrawn',
  stop: 'dossier.stopped',
  refuse: 'dossier.refused',
  finish: 'dossier.finished',
  rework: 'dossier.reworked',
  handOver: 'dossier.handedOver',
  collectFee: 'dossier.feeCollected',
  issueFeeReceipt: 'dossier.feeReceiptIssued',
  exemptFee: 'dossier.feeExempted',
  refundFee: 'dossier.feeRefunded',
  voidFee: 'dossier.feeVoided',
  undo: 'dossier.undone',
  correct: 'dossier.corrected',
  void: 'dossier.voided',
  reprint: 'dossier.paperReprinted',
};
/**
 * Why an act has no sense here although the fold would take it in any state, or null. Door and screen ask the same; what
 * came from another desk is not asked at all.
 */
export function senseFault(act: DossierAct, dossier: Dossier, officer: OfficerId, naming: Pick<Naming, 'officerName'>): string | null {
  if (act === 'assign' || act === 'transfer') return isOpen(dossier.status) || dossier.status === 'finished' ? null : 'Hồ sơ đã xong, không còn ai phải giữ.';
  if (act === 'collectFee' || act === 'exemptFee') return dossier.status === 'voided' ? 'Hồ sơ đã bỏ, không thu thêm.' : null;
  if (act === 'moveStep') return stepSenseFault(dossier);
  if (act !== 'confirmTransfer') return null;
  const transfer = openTransfer(dossier);
  if (transfer === undefined) return 'Không có hồ sơ giấy nào đang chờ ký nhận.';
  return transfer.to === officer ? null : `Hồ sơ giấy giao cho ${naming.officerName(transfer.to) ?? 'người khác'}, người đó ký nhận.`;
}

function stepSenseFault(dossier: Dossier): string | null {
  if (stepsOf(dossier).length < 2) return 'Hồ sơ này không chia bước.';
  if (isPaused(dossier.status)) return 'Đồng hồ đang dừng. Nhận đủ rồi mới chuyển bước.';
  return isOpen(dossier.status) ? null : 'Hồ sơ đã có kết quả hoặc đã đóng, không còn bước nào.';
}
