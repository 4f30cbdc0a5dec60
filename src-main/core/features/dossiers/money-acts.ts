import type { DossierActInput } from '../../../../src-shared/contract/dossier-act-input.ts';
import { wireError, type WireError } from '../../../../src-shared/contract/errors.ts';
import type { DossierBody, DossierKind } from '../../../../src-shared/domain/dossiers/dossier-operations.ts';
import type { Dossier } from '../../../../src-shared/domain/dossiers/dossier.ts';
import { feeFault, findEntry, leftToRefund, type FeeFault } from '../../../../src-shared/domain/fees/fee-entry.ts';
import type { FeeBody, FeeKindOfAct, ReceiptNumber } from '../../../../src-shared/domain/fees/fee-operations.ts';
import type { Role } from '../../../../src-shared/domain/officers/officer.ts';
import { assertNever } from '../../../../src-shared/lib/assert.ts';
import type { OfficerId } from '../../../../src-shared/lib/ids.ts';
import { err, ok, type Result } from '../../../../src-shared/lib/result.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import { KIND_OF_ACT, type DossierAct } from './act-rules.ts';

/** What money asks of the books of biên lai. */
export interface ReceiptDep {
  /** Why a number cannot be used here, or null; another desk may use it meanwhile, which shows as a conflict. */
  readonly receiptFault: (desk: OpenDesk, receipt: ReceiptNumber) => 'fees.receiptUsed' | 'fees.receiptSpoiled' | null;
}

export type FeeError = WireError<
  'session.notPermitted' | 'fees.receiptUsed' | 'fees.receiptSpoiled' | 'fees.unknownEntry' | 'fees.hasReceipt' | 'fees.refundTooMuch' | 'fees.hasRefund' | 'fees.sheetUnsaid'
>;

const MONEY_ACTS = ['collectFee', 'issueFeeReceipt', 'exemptFee', 'refundFee', 'voidFee'] as const;
export type MoneyAct = (typeof MONEY_ACTS)[number];

export function isMoneyAct(act: DossierAct): act is MoneyAct {
  return MONEY_ACTS.some((one) => one === act);
}

interface Acting {
  readonly dep: ReceiptDep;
  readonly desk: OpenDesk;
  readonly officer: OfficerId;
  readonly roles: ReadonlySet<Role>;
  readonly dossier: Dossier;
}

/** The operation of an act about money, or why it does not fit in a code of its own; the fold asks the same once more. */
export function feeOperation(
  input: Extract<DossierActInput, { readonly act: MoneyAct }>,
  { dep, desk, officer, roles, dossier }: Acting,
): Result<{ kind: DossierKind; body: DossierBody<DossierKind> }, FeeError> {
  const kind = KIND_OF_ACT[input.act] as FeeKindOfAct;
  const body = bodyOf(input);
  const fault = feeFault(dossier.fees, kind, body, { by: officer, mayVoidAny: roles.has('leader') });
  if (fault !== null) return err(refusalOf(fault));
  const receipt = 'receipt' in body && typeof body.receipt === 'object' ? body.receipt : null;
  const used = receipt === null ? null : dep.receiptFault(desk, receipt);
  return used === null ? ok({ kind, body }) : err(wireError(used));
}

function bodyOf(input: Extract<DossierActInput, { readonly act: MoneyAct }>): FeeBody<FeeKindOfAct> {
  const { act: _act, ...body } = input;
  if (!('receipt' in body) || body.receipt === null || typeof body.receipt !== 'object') return body as FeeBody<FeeKindOfAct>;
  const { seenOnPaper: _seen, ...receipt } = body.receipt;
  return { ...body, receipt } as FeeBody<FeeKindOfAct>;
}

function refusalOf(fault: FeeFault): FeeError {
  switch (fault) {
    case 'unknownEntry':
      return wireError('fees.unknownEntry');
    case 'hasReceipt':
      return wireError('fees.hasReceipt');
    case 'tooMuch':
      return wireError('fees.refundTooMuch');
    case 'hasRefund':
      return wireError('fees.hasRefund');
    case 'badReceipt':
      return wireError('fees.sheetUnsaid');
    case 'ofAnother':
      return wireError('session.notPermitted', undefined, 'Lần ghi này của người khác. Người ấy hoặc lãnh đạo bỏ được.');
    default:
      return assertNever(fault);
  }
}

/** Why an act about money has nothing to be about, or null. */
export function moneyFault(act: DossierAct, dossier: Dossier, viewer: { readonly officer: OfficerId; readonly roles: ReadonlySet<Role> }): string | null {
  const collections = dossier.fees.filter((entry) => entry.what === 'collected' && entry.voided === null);
  if (act === 'issueFeeReceipt') return collections.some((entry) => entry.what === 'collected' && entry.receipt === null) ? null : 'Không có lần thu nào chờ viết biên lai.';
  if (act === 'refundFee') {
    const isLeft = collections.some((entry) => entry.what === 'collected' && Object.values(leftToRefund(dossier.fees, entry)).some((dong) => dong > 0));
    return isLeft ? null : 'Chưa thu khoản nào để hoàn.';
  }
  if (act !== 'voidFee') return null;
  const standing = dossier.fees.filter((entry) => entry.voided === null);
  if (standing.length === 0) return 'Chưa có lần ghi tiền nào.';
  return standing.some((entry) => isVoidable(dossier, entry.id, viewer)) ? null : 'Người ghi hoặc lãnh đạo bỏ được.';
}

/** What became of the sheet is said when it is voided; here only whether the entry itself may go. */
export function isVoidable(dossier: Dossier, id: string, { officer, roles }: { readonly officer: OfficerId; readonly roles: ReadonlySet<Role> }): boolean {
  const entry = findEntry(dossier.fees, id);
  const receipt = entry?.what === 'collected' && entry.receipt !== null ? { receipt: 'spoiled' as const } : {};
  return feeFault(dossier.fees, 'dossier.feeVoided', { entry: id, reason: '–', ...receipt }, { by: officer, mayVoidAny: roles.has('leader') }) === null;
}
