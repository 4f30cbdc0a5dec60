import type { ReceiptWording } from './receipt-wording.ts';

/**
 * Mẫu 01 of TT 03/2025/TT-VPCP. The annex was not at hand: fields and order are those of domain.md §c.2 item 1, the
 * layout that of ux.md §10, so a later correction becomes `2025-v2` and papers already printed keep this one.
 */
export const receiptWording2025v1: ReceiptWording = {
  keepCopy: 'Liên 1: Lưu',
  citizenCopy: 'Liên 2: Giao người nộp hồ sơ',
  submitterLabel: (honorific) => `Tiếp nhận hồ sơ của ${honorific}:`,
  receptionUnitLabel: null,
  termLabel: '3. Thời gian giải quyết theo quy định:',
  certifiedHeading: ['Chứng', 'thực'],
};
