import type { ReceiptWording } from './receipt-wording.ts';

/**
 * Mẫu 01 of TT 01/2018/TT-VPCP as printed by one-stop systems until 30/6/2025 (domain.md §c.2 item 1). Order and labels
 * come from those templates, not from the annex itself.
 */
export const receiptWording2018v1: ReceiptWording = {
  keepCopy: 'Liên 1: Lưu',
  citizenCopy: 'Liên 2: Giao khách hàng',
  submitterLabel: () => 'Tiếp nhận hồ sơ của Ông/Bà:',
  receptionUnitLabel: 'Bộ phận tiếp nhận:',
  termLabel: '3. Thời gian giải quyết hồ sơ theo quy định:',
  certifiedHeading: ['Bản chứng', 'thực'],
};
