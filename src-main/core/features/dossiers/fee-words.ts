import { dongOf } from '../../../../src-shared/domain/fees/fee-entry.ts';
import type { FeeBody, FeeKindOfAct } from '../../../../src-shared/domain/fees/fee-operations.ts';
import { FEE_KIND_WORDS, FEE_MEANS_WORDS, receiptWords, sumsWords } from '../../../../src-shared/domain/fees/fee-words.ts';
import { formatDong } from '../../../../src-shared/domain/fees/money.ts';
import type { Naming } from './naming.ts';
import type { WordLine } from './word-line.ts';

type WordsOf<K extends FeeKindOfAct> = (body: FeeBody<K>, naming: Naming) => { readonly lines: readonly WordLine[] };
const line = (label: string, text: string | null | undefined): WordLine => ({ label, text: text ?? '' });

/** Acts about money in words, for the history and for conflicts. */
export const FEE_WORDS: { readonly [K in FeeKindOfAct]: WordsOf<K> } = {
  'dossier.feeCollected': ({ lines, means, reference, payer, receipt, note }) => ({
    lines: [
      ...lines.map(({ kind, name, quantity, dong }) => line(kind === 'charge' ? 'Phí' : 'Lệ phí', `${formatDong(dong)}${name === '' ? '' : `, ${name}`}${quantity > 1 ? ` × ${quantity}` : ''}`)),
      line('Cách nộp', reference ? `${FEE_MEANS_WORDS[means]}, ${reference}` : FEE_MEANS_WORDS[means]),
      line('Người nộp tiền', payer),
      line('Biên lai', receipt === null ? 'viết sau' : receiptWords(receipt)),
      line('Ghi chú', note),
    ],
  }),
  'dossier.feeReceiptIssued': ({ collection, receipt }, naming) => ({ lines: [line('Biên lai', receiptWords(receipt)), line('Của lần thu', naming.operationTitle(collection))] }),
  'dossier.feeExempted': ({ kinds, ground, evidence }) => ({
    lines: [line('Miễn', kinds.map((kind) => FEE_KIND_WORDS[kind]).join(', ')), line('Lý do', ground), line('Giấy tờ chứng minh', evidence ?? 'chưa có')],
  }),
  'dossier.feeRefunded': ({ collection, sums, means, to, reason }, naming) => ({
    lines: [line('Hoàn', sumsWords(dongOf(sums))), line('Cách trả', FEE_MEANS_WORDS[means]), line('Người nhận', to), line('Lý do', reason), line('Của lần thu', naming.operationTitle(collection))],
  }),
  'dossier.feeVoided': ({ entry, reason, receipt }, naming) => ({
    lines: [line('Lần ghi', naming.operationTitle(entry)), line('Lý do', reason), line('Tờ biên lai', receipt === undefined ? '' : receipt === 'spoiled' ? 'đã viết, hỏng' : 'chưa viết, còn dùng')],
  }),
};
