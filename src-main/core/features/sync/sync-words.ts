import type { AnswerFault } from './answer-fault.ts';
import type { ExchangeFailure } from '../../../../src-node/sync-engine/http-request.ts';
import type { FrameProblem } from '../../../../src-node/sync-engine/read-frame.ts';

/** Why nothing moves, as an officer reads it. Nothing here is lost by any of it; what to do stands beside it where somebody can. */
const SENTENCES: Readonly<Record<Exclude<AnswerFault['code'] | ExchangeFailure['code'], `storage.${string}`> | 'sync.training' | 'sync.rescued' | 'budgetUsed' | 'stopped' | 'unexpected', string>> = {
  unreachable: 'Không tới được máy chủ: mạng đang mất hoặc máy chủ đang nghỉ. Máy tự thử lại.',
  timedOut: 'Mạng im lâu quá nên máy ngắt rồi tự thử lại.',
  untrusted: 'Khóa của máy chủ đã khác khóa so lúc kết nối. Máy không gửi gì; việc vẫn lưu ở đây. Hỏi tuyến trên trước khi kết nối lại.',
  malformedAnswer: 'Máy chủ trả lời không đọc được. Máy tự thử lại.',
  notOurServer: 'Nơi trả lời không phải máy chủ đã kết nối. Có thể mạng đang đòi đăng nhập.',
  badAddress: 'Địa chỉ máy chủ không dùng được. Kết nối lại với địa chỉ đúng.',
  wrongKey: 'Máy chủ ký bằng khóa khác với khóa đã so. Không gửi gì cho tới khi kết nối lại. Hỏi tuyến trên.',
  budgetUsed: 'Hôm nay đã dùng hết dung lượng cho phép. Mai máy gửi tiếp; cần gấp thì bấm “Gửi ngay”.',
  stopped: 'Vừa ngắt giữa chừng. Máy tự thử lại.',
  unexpected: 'Máy gặp lỗi lạ khi gửi. Việc đã lưu vẫn còn; máy tự thử lại.',
  'sync.training': 'Bản dùng thử không gửi gì lên tuyến trên.',
  'sync.malformed': 'Máy chủ không đọc được phần gửi lên. Cần cập nhật phần mềm.',
  'sync.tooLarge': 'Máy chủ không nhận phần lớn như vậy. Cần cập nhật phần mềm.',
  'sync.protocol': 'Máy chủ và phần mềm ở máy này khác đời nhau. Cần cập nhật phần mềm.',
  'sync.unknownOffice': 'Máy chủ chưa nhận cơ quan này. Xin tuyến trên mã kết nối.',
  'sync.unknownDevice': 'Máy chủ chưa biết máy này. Nối mạng một máy khác của cơ quan trước, hoặc hỏi tuyến trên.',
  'sync.revoked': 'Cơ quan đã ngừng máy này nên tuyến trên không nhận việc của máy. Việc chưa gửi vẫn còn đây. Báo quản trị: lấy về máy khác, hoặc xin tuyến trên mở cho gửi nốt.',
  'sync.stopped': 'Tuyến trên đã ngừng nhận việc của máy này. Làm việc, xem và in vẫn được; việc chưa gửi còn nguyên ở đây. Báo quản trị hỏi tuyến trên.',
  'sync.rescued': 'Cơ quan đã ngừng máy này. Tuyến trên đã mở cho gửi nốt và đã nhận hết việc của máy.',
  'sync.badSignature': 'Máy chủ không nhận chữ ký của máy này. Hỏi tuyến trên.',
  'sync.badCode': 'Mã kết nối chưa đúng hoặc đã dùng.',
  'sync.tooManyTries': 'Thử sai mã quá nhiều lần. Đợi 15 phút rồi thử lại.',
  'sync.busy': 'Máy chủ đang bận. Máy tự thử lại.',
  'sync.unexpected': 'Máy chủ gặp lỗi. Máy tự thử lại.',
};

const ASIDE: Readonly<Record<FrameProblem['code'], string>> = {
  'frame.malformed': 'Không đọc được.',
  'frame.otherDictionary': 'Không đọc được.',
  'frame.tooLarge': 'Phần này lớn quá mức cho phép.',
  'branch.foreignOffice': 'Là việc của cơ quan khác.',
  'branch.badSignature': 'Chữ ký không khớp.',
  'branch.badChain': 'Khác với bản đã có.',
  'branch.gap': 'Thiếu một đoạn ở trước.',
  'branch.tooLarge': 'Có một việc lớn quá mức cho phép.',
  'branch.unknownDevice': 'Cơ quan chưa thêm máy này.',
  'branch.ownDevice': 'Có máy khác ghi bằng chính tên của máy này.',
};

export function failureSentence(code: string): string {
  if (code.startsWith('storage.')) return 'Máy này chưa ghi được phần nhận về. Việc đã lưu vẫn còn; máy tự thử lại.';
  return Object.hasOwn(SENTENCES, code) ? SENTENCES[code as keyof typeof SENTENCES] : SENTENCES.unexpected;
}

/** Of the other end's codes, which may be newer than this program, at least that it said no. */
export function asideSentence(code: string): string {
  return Object.hasOwn(ASIDE, code) ? ASIDE[code as FrameProblem['code']] : Object.hasOwn(SENTENCES, code) ? failureSentence(code) : 'Chưa nhận được.';
}
