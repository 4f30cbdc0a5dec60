import type { ConflictView } from '../../../../src-shared/contract/dossier-views.ts';
import { conflictId } from '../../../../src-shared/domain/conflicts/conflict.ts';
import { receiptWords } from '../../../../src-shared/domain/fees/fee-words.ts';
import { FORM_NAMES, formatFormNumber } from '../../../../src-shared/domain/numbers/form-number.ts';
import { formatRegisterBook, isFormNumberKind, NUMBER_KINDS } from '../../../../src-shared/domain/numbers/number-series.ts';
import type { OfficeConflict } from '../../../../src-shared/domain/office/office.ts';
import { operationId, parseOperationId, type Operation, type OperationRef } from '../../../../src-shared/domain/operations/operation.ts';
import { getOperation, toOperation } from '../../../../src-node/operations/operation-rows.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import { listDoubledNumbers, listDoubledReceipts, type DoubledNumber } from './conflict-queries.ts';

export type DescribeOperation = (desk: OpenDesk, operation: Operation) => ConflictView['operations'][number];

/**
 * What is about the office and not one dossier: two machines on one token, a join file used twice, acts that nobody was
 * allowed, two dossiers with one number. Nothing to choose here: both stay, and people must know of it (rule 4).
 */
export function listOfficeConflicts(desk: OpenDesk, describe: DescribeOperation): ConflictView[] {
  const views = [...desk.office().conflicts.map((conflict) => officeConflictView(desk, conflict, describe)), ...doubledViews(desk, describe), ...doubledReceiptViews(desk, describe)];
  // One pair of receptions may share both its code and its place in the register: told once, by the code, which stands first.
  const seen = new Set<string>();
  return views.filter(({ id }) => !seen.has(id) && seen.add(id));
}

const WORDS: Readonly<Record<OfficeConflict['reason'], { readonly title: (detail: string) => string; readonly reason: string }>> = {
  'token.claimedTwice': {
    title: (token) => `Hai máy cùng dùng ký hiệu dãy số ${token}`,
    reason: 'Mã đã cấp đều giữ nguyên. Một trong hai máy cần chọn ký hiệu khác trước khi cấp mã mới.',
  },
  'join.usedTwice': {
    title: () => 'Một tệp thêm máy đã dùng cho hai máy',
    reason: 'Việc của cả hai máy còn nguyên. Quản trị tạo tệp mới cho máy thêm sau.',
  },
  'receiptBook.overlaps': {
    title: (series) => `Hai quyển biên lai ${series} trùng số`,
    reason: 'Hai máy ghi hai quyển có số chung. Xem bìa hai quyển, rồi sửa quyển ghi nhầm ở Sổ theo dõi.',
  },
  'operation.notPermitted': {
    title: () => 'Một việc của cơ quan do người chưa có quyền ghi',
    reason: 'Việc này còn nguyên trong lịch sử nhưng không tính. Quản trị làm lại nếu cần.',
  },
  'operation.malformed': {
    title: () => 'Một việc của cơ quan ghi chưa đúng mẫu',
    reason: 'Việc này còn nguyên trong lịch sử nhưng máy không đọc được hết, nên không tính.',
  },
};

function officeConflictView(desk: OpenDesk, conflict: OfficeConflict, describe: DescribeOperation): ConflictView {
  const { title, reason } = WORDS[conflict.reason];
  return viewOf(desk, conflict.operations.map(parseOperationId), { title: title(conflict.detail), reason }, describe);
}

function doubledViews(desk: OpenDesk, describe: DescribeOperation): ConflictView[] {
  const doubled = listDoubledNumbers(desk);
  return NUMBER_KINDS.flatMap((kind) =>
    doubled.filter(({ number }) => number.kind === kind).map((double) => viewOf(desk, double.operations, doubledWords(desk, double), describe)),
  );
}

/** Both payments stay counted: the money is there. Whoever holds the book sees which of the two has the sheet. */
function doubledReceiptViews(desk: OpenDesk, describe: DescribeOperation): ConflictView[] {
  return listDoubledReceipts(desk).map(({ receipt, operations }) =>
    viewOf(desk, operations, { title: `Hai lần thu cùng ghi biên lai ${receiptWords(receipt)}`, reason: 'Tiền của cả hai lần vẫn tính. Xem cuống biên lai, rồi bỏ lần ghi nhầm số và ghi lại.' }, describe),
  );
}

function doubledWords(desk: OpenDesk, { number, operations }: DoubledNumber): { title: string; reason: string } {
  const reason = 'Cả hai hồ sơ còn nguyên và giữ mã đã in. Tìm theo tên hoặc số căn cước để khỏi nhầm.';
  if (isFormNumberKind(number.kind)) {
    return { title: `Hai ${FORM_NAMES[number.kind]} trùng số ${formatFormNumber(number, '')} của năm ${number.period}`, reason: 'Cả hai giấy giữ số đã in. Ghi chú vào bản lưu để khỏi nhầm.' };
  }
  if (number.kind === 'register') return { title: `Hai hồ sơ trùng số ${number.counter}, quyển ${formatRegisterBook(number)}`, reason };
  const received = operations[0] && readOperation(desk, operations[0])?.body;
  const code = (received as { readonly codes?: readonly { readonly code: string }[] } | undefined)?.codes?.[0]?.code;
  return { title: `Hai hồ sơ trùng mã ${code ?? `${number.token}${number.counter}`}`, reason };
}

function viewOf(desk: OpenDesk, refs: readonly OperationRef[], words: { title: string; reason: string }, describe: DescribeOperation): ConflictView {
  const operations = refs.flatMap((ref) => readOperation(desk, ref) ?? []).map((operation) => describe(desk, operation));
  return { id: conflictId(refs.map(operationId)), dossier: null, ...words, leaderOnly: false, asked: null, settledBy: null, operations, options: [] };
}

function readOperation(desk: OpenDesk, ref: OperationRef): Operation | undefined {
  const stored = getOperation(desk.db, desk.log.names, ref);
  return stored && toOperation(stored);
}
