import type { Appointment } from '../../../../src-shared/domain/dossiers/dossier-content.ts';
import { isDossierKind, type DossierBody, type DossierKind } from '../../../../src-shared/domain/dossiers/dossier-operations.ts';
import type { StepMove } from '../../../../src-shared/domain/dossiers/dossier-step-bodies.ts';
import { formatDong } from '../../../../src-shared/domain/fees/money.ts';
import { dateInWords, dayInWords, minuteInWords } from '../../../../src-shared/domain/deadlines/day-words.ts';
import { deadlineRecordSchema } from '../../../../src-shared/domain/deadlines/deadline-record.ts';
import type { FormNumber } from '../../../../src-shared/domain/numbers/form-number.ts';
import { isOfficeKind } from '../../../../src-shared/domain/office/office-operations.ts';
import type { OperationId } from '../../../../src-shared/domain/operations/operation.ts';
import { isIsoDate, officeDate, officeMinuteOfDay } from '../../../../src-shared/lib/office-time.ts';
import { FEE_WORDS } from './fee-words.ts';
import { correctionWords } from './correction-words.ts';
import type { Naming } from './naming.ts';
import { officeOperationWords } from './office-operation-words.ts';
import type { OperationWords, WordLine } from './word-line.ts';

/**
 * The words of any operation about a dossier or the office. `body` is the parsed body; undefined where it was erased,
 * cannot be read, or was written by a newer program: then the title alone is known.
 */
export function operationWords(kind: string, body: unknown, naming: Naming): OperationWords {
  if (isOfficeKind(kind)) return officeOperationWords(kind, body, naming);
  if (!isDossierKind(kind)) return { title: 'Việc do bản phần mềm mới hơn ghi', lines: [] };
  if (body === undefined) return { title: DOSSIER_TITLES[kind], lines: [] };
  const { title, lines } = WORDS[kind](body as never, naming);
  return { title: title ?? DOSSIER_TITLES[kind], lines: lines.filter((line) => line.text !== '') };
}

/** A mapped type in place of a switch: the compiler refuses a forgotten kind here too. */
const DOSSIER_TITLES: Readonly<Record<DossierKind, string>> = {
  'dossier.received': 'Tiếp nhận hồ sơ',
  'dossier.imported': 'Chuyển hồ sơ từ nơi khác vào',
  'dossier.taken': 'Nhận xử lý',
  'dossier.assigned': 'Giao người xử lý',
  'dossier.transferred': 'Bàn giao hồ sơ giấy',
  'dossier.supplementRequested': 'Yêu cầu bổ sung giấy tờ',
  'dossier.supplementReceived': 'Nhận giấy tờ bổ sung',
  'dossier.dutyRequested': 'Yêu cầu nộp tiền',
  'dossier.dutyMet': 'Đã nộp tiền',
  'dossier.apologised': 'Xin lỗi, hẹn lại',
  'dossier.forwarded': 'Chuyển cơ quan khác',
  'dossier.corrected': 'Sửa thông tin',
  'dossier.voided': 'Bỏ hồ sơ nhận nhầm',
  'dossier.withdrawn': 'Người dân rút hồ sơ',
  'dossier.stopped': 'Dừng giải quyết',
  'dossier.refused': 'Từ chối giải quyết',
  'dossier.finished': 'Đã có kết quả',
  'dossier.reworked': 'Làm lại kết quả',
  'dossier.handedOver': 'Trả kết quả',
  'dossier.codeLinked': 'Gắn thêm mã hồ sơ',
  'dossier.feeCollected': 'Thu phí, lệ phí',
  'dossier.feeReceiptIssued': 'Ghi biên lai đã viết',
  'dossier.feeExempted': 'Miễn phí, lệ phí',
  'dossier.feeRefunded': 'Hoàn phí, lệ phí',
  'dossier.feeVoided': 'Bỏ một lần ghi tiền',
  'dossier.undone': 'Lùi lại một việc',
  'dossier.conflictSettled': 'Chọn giữa những việc trái nhau',
  'dossier.conflictAsked': 'Nhờ lãnh đạo quyết chỗ ghi trái nhau',
  'dossier.paperReported': 'Ghi việc in giấy',
  'dossier.paperReprinted': 'In lại giấy',
};

/** A noun for "Giữ …, bỏ …". */
const SHORT_NAMES: Readonly<Record<DossierKind, string>> = {
  'dossier.received': 'lần tiếp nhận',
  'dossier.imported': 'hồ sơ chuyển vào',
  'dossier.taken': 'việc nhận xử lý',
  'dossier.assigned': 'việc giao người xử lý',
  'dossier.transferred': 'việc bàn giao',
  'dossier.supplementRequested': 'yêu cầu bổ sung',
  'dossier.supplementReceived': 'việc nhận giấy bổ sung',
  'dossier.dutyRequested': 'yêu cầu nộp tiền',
  'dossier.dutyMet': 'việc đã nộp tiền',
  'dossier.apologised': 'lần hẹn lại',
  'dossier.forwarded': 'việc chuyển cơ quan khác',
  'dossier.corrected': 'chỗ sửa',
  'dossier.voided': 'lần bỏ hồ sơ nhận nhầm',
  'dossier.withdrawn': 'việc rút hồ sơ',
  'dossier.stopped': 'việc dừng giải quyết',
  'dossier.refused': 'việc từ chối',
  'dossier.finished': 'kết quả',
  'dossier.reworked': 'việc làm lại kết quả',
  'dossier.handedOver': 'việc trả kết quả',
  'dossier.codeLinked': 'mã gắn thêm',
  'dossier.feeCollected': 'lần thu',
  'dossier.feeReceiptIssued': 'biên lai viết sau',
  'dossier.feeExempted': 'lần miễn',
  'dossier.feeRefunded': 'lần hoàn',
  'dossier.feeVoided': 'việc bỏ lần ghi tiền',
  'dossier.undone': 'việc lùi lại',
  'dossier.conflictSettled': 'lần chọn',
  'dossier.conflictAsked': 'lần nhờ lãnh đạo',
  'dossier.paperReported': 'việc in giấy',
  'dossier.paperReprinted': 'việc in lại',
};

export function shortName(kind: string): string {
  return isDossierKind(kind) ? SHORT_NAMES[kind] : 'việc này';
}

type WordsOf<K extends DossierKind> = (body: DossierBody<K>, naming: Naming) => { readonly title?: string; readonly lines: readonly WordLine[] };

const line = (label: string, text: string | null | undefined): WordLine => ({ label, text: text ?? '' });
/** To be written on the paper where it is not printed. */
const numberLine = (body: { readonly formNumber?: FormNumber | undefined }) => line('Số của phiếu', body.formNumber?.text);
const reasonOnly = (body: { readonly reason: string }) => ({ lines: [line('Lý do', body.reason)] });

const WORDS: { readonly [K in DossierKind]: WordsOf<K> } = {
  'dossier.received': (body) => ({ lines: birthLines(body) }),
  'dossier.imported': (body) => ({ lines: [line('Chuyển từ', body.source), ...birthLines(body)] }),
  'dossier.taken': (body, naming) => ({ lines: [line('Người xử lý', naming.officerName(body.officer)), ...stepLines(body)] }),
  'dossier.assigned': (body, naming) => ({ lines: [line('Giao cho', naming.officerName(body.officer)), ...stepLines(body), line('Lời nhắn', body.note)] }),
  'dossier.transferred': (body, naming) => ({
    title: body.takenAt === null ? 'Giao hồ sơ giấy' : 'Nhận hồ sơ giấy',
    lines: [
      line('Bên giao', `${naming.officerName(body.from) ?? 'không rõ'}, ${momentWords(body.givenAt)}`),
      line('Bên nhận', `${naming.officerName(body.to) ?? 'không rõ'}, ${body.takenAt === null ? 'chưa ký nhận' : momentWords(body.takenAt)}`),
      ...stepLines(body),
      line('Lời nhắn', body.note),
    ],
  }),
  'dossier.supplementRequested': (body) => ({
    lines: [numberLine(body), line('Nội dung', body.papers.join('; ')), line('Lý do', body.reason), line('Vì sao yêu cầu thêm lần nữa', body.repeatReason), line('Đồng hồ', `Dừng từ ${momentWords(body.pausedAt)}`)],
  }),
  'dossier.supplementReceived': (body) => ({
    lines: [line('Nội dung', body.papers.filter((paper) => !paper.missing).map((paper) => paper.name).join('; ')), line('Đồng hồ', runsOn(body.moved.appointment.dueAt))],
  }),
  'dossier.dutyRequested': (body) => ({
    lines: [line('Nội dung', body.text), line('Số tiền', body.dong === null ? 'chưa rõ' : formatDong(body.dong)), line('Đồng hồ', `Dừng từ ${momentWords(body.pausedAt)}`)],
  }),
  'dossier.dutyMet': (body) => ({ lines: [line('Nội dung', body.evidence), line('Đồng hồ', runsOn(body.moved.appointment.dueAt))] }),
  'dossier.apologised': (body) => ({
    lines: [numberLine(body), line('Lý do', body.reason), line('Vì sao hẹn lại thêm lần nữa', body.repeatReason), line('Hẹn trả cũ', oldDueWords(body.moved.appointment)), line('Hẹn trả mới', dueWords(body.moved.appointment.dueAt))],
  }),
  'dossier.forwarded': (body) => ({ lines: [line('Nơi nhận', body.agency), ...stepLines(body), line('Lời nhắn', body.note)] }),
  'dossier.corrected': (body) => ({
    lines: [...body.changes.map((change) => correctionWords(change.field, change.before, change.after)), line('Lý do', body.reason)],
  }),
  'dossier.voided': reasonOnly,
  'dossier.withdrawn': (body) => ({ lines: [line('Lý do', body.reason), line('Người rút', body.by?.name)] }),
  'dossier.stopped': reasonOnly,
  'dossier.refused': (body) => ({ lines: [numberLine(body), line('Lý do', body.reason)] }),
  'dossier.finished': (body) => ({
    lines: [
      line('Nội dung', body.result.summary),
      line('Số', body.result.number),
      line('Ngày', resultDate(body.result.date)),
      line('Người ký', body.result.signer),
      line('Đồng hồ', `Xong lúc ${momentWords(body.finishedAt)}`),
      ...stepLines(body),
    ],
  }),
  'dossier.reworked': (body) => ({ lines: [...stepLines(body), line('Lý do', body.reason)] }),
  'dossier.handedOver': (body) => ({
    lines: [
      line('Người nhận', `${body.receiver.name}${RECEIVERS[body.receiverIs]}`),
      line('Cách trả', body.how === 'counter' ? 'Tại quầy' : body.how === 'post' ? 'Qua bưu điện' : 'Qua mạng'),
      line('Đã xem', body.shown),
      line('Số bưu gửi', body.postOrder),
      line('Lưu ý', body.despiteConflicts.length > 0 ? 'Trả khi chưa chọn xong những việc trái nhau' : ''),
    ],
  }),
  'dossier.codeLinked': (body) => ({ lines: [line('Mã hồ sơ', body.code.code), line('Hệ thống', CODE_SYSTEMS[body.code.system])] }),
  ...FEE_WORDS,
  'dossier.undone': (body, naming) => ({ lines: [line('Việc lùi lại', naming.operationTitle(body.operation)), line('Lý do', body.reason)] }),
  'dossier.conflictSettled': (body, naming) => ({ lines: [line('Giữ', keptWords(body.keep, naming)), line('Ghi chú', body.note)] }),
  'dossier.conflictAsked': (body) => ({ lines: [line('Lời nhắn', body.note)] }),
  'dossier.paperReported': (body) => ({
    title: PAPER_OUTCOMES[body.outcome],
    lines: [line('Liên', body.copy === 'keep' ? '1, lưu' : '2, giao người nộp')],
  }),
  'dossier.paperReprinted': (body) => ({ title: `In lại giấy lần ${body.ordinal}`, lines: [line('Lý do', body.reason)] }),
};

const RECEIVERS = { owner: ' (chủ hồ sơ)', submitter: ' (người nộp)', authorised: ' (người được ủy quyền)', other: '' } as const;
const CODE_SYSTEMS = { own: 'Cơ quan', province: 'Tỉnh', ministry: 'Bộ' } as const;
const PAPER_OUTCOMES = { printed: 'Giấy đã in', failed: 'Giấy chưa in được', unknown: 'Chưa rõ giấy đã ra chưa' } as const;

function birthLines(body: Pick<DossierBody<'dossier.received'>, 'content' | 'codes'>): WordLine[] {
  const { content } = body;
  return [
    line('Thủ tục', content.procedure.name),
    line('Nội dung', content.request),
    line('Mã hồ sơ', body.codes.map(({ code }) => code).join('; ')),
    line('Chủ hồ sơ', content.owner.name),
    line('Người nộp', content.submitter?.name),
    line('Hẹn trả', dueWords(content.appointment.dueAt)),
  ];
}

/** The step that begins with an act, and until when it may take. */
function stepLines({ step }: { readonly step?: StepMove | undefined }): WordLine[] {
  return step === undefined ? [] : [line('Bước', step.due === undefined ? step.name : `${step.name}, hạn ${dueWords(step.due.dueAt)}`)];
}

/** The date that could not be kept, as the new one's record keeps it. */
function oldDueWords({ record }: Appointment): string {
  const read = deadlineRecordSchema.safeParse(record).data;
  return read?.how === 'extended' && read.previousDueAt !== null ? dueWords(read.previousDueAt) : '';
}

function keptWords(keep: readonly OperationId[], naming: Naming): string {
  if (keep.length === 0) return 'Không giữ việc nào';
  return keep.map((id) => naming.operationTitle(id) ?? 'một việc chưa về máy này').join('; ');
}

function resultDate(date: string | undefined): string {
  return date === undefined ? '' : isIsoDate(date) ? dateInWords(date) : date;
}

function runsOn(dueAt: number | null): string {
  return dueAt === null ? 'Chạy tiếp, chưa hẹn được ngày' : `Chạy tiếp, hẹn trả ${dueWords(dueAt)}`;
}

/** `thứ Hai 23/11/2026, 17:00`. */
function dueWords(dueAt: number | null): string {
  return dueAt === null ? 'chưa hẹn được ngày' : `${dayInWords(officeDate(dueAt))}, ${minuteInWords(officeMinuteOfDay(dueAt))}`;
}

/** `10:20 ngày 18/11/2026`. */
export function momentWords(utcMs: number): string {
  return `${minuteInWords(officeMinuteOfDay(utcMs))} ngày ${dateInWords(officeDate(utcMs))}`;
}
