import type { HelpTopic } from '../help-topic.ts';

/** What F1 says while an act on a dossier is open. */
export const viHelpActs = {
  more: {
    what: 'Mọi việc làm được với hồ sơ này, và việc nào chưa làm được thì vì sao.',
    first: 'Gõ vài chữ của việc, không cần dấu, rồi Enter.',
  },
  paper: {
    what: 'Giấy vừa sinh ra từ việc đã làm.',
    first: 'Bấm F9 để in, nhìn khay máy in rồi trả lời.',
    wrong: 'Máy in hỏng thì để in sau. Giấy chờ ở mục Chờ in.',
  },
  moveStep: {
    what: 'Đưa hồ sơ sang bước khác của quy trình. Người giữ không đổi.',
    first: 'Bước sau đã chọn sẵn. Đúng rồi thì bấm F10.',
    wrong: 'Chuyển nhầm thì dùng Lùi lại việc cuối.',
  },
  assign: {
    what: 'Giao hồ sơ cho người xử lý.',
    first: 'Bấm số để chọn người, ghi lời nhắn nếu cần, rồi F10.',
    then: 'Hồ sơ vào Việc của tôi của người ấy.',
  },
  transfer: {
    what: 'Ghi lúc đưa hồ sơ giấy cho người khác.',
    first: 'Chọn người nhận, F10 khi đưa giấy.',
    then: 'Người nhận mở hồ sơ và ký nhận. Sổ ghi cả hai giờ, hai tên.',
    wrong: 'Người nhận chưa ký thì nhắc họ mở hồ sơ.',
  },
  requestSupplement: {
    what: 'Yêu cầu người dân nộp thêm hoặc nộp lại giấy.',
    first: 'Chọn giấy cần bổ sung và ghi rõ thiếu gì, sai gì. Chỉ nên yêu cầu một lần.',
    then: 'F10 thì đồng hồ dừng. Báo cho người dân biết cần nộp gì.',
  },
  receiveSupplement: {
    what: 'Nhận giấy mà người dân vừa nộp thêm.',
    first: 'Đánh dấu giấy vừa nhận, rồi F10.',
    then: 'Đồng hồ chạy tiếp và máy tính lại ngày hẹn.',
  },
  requestDuty: {
    what: 'Yêu cầu người dân nộp tiền (thuế, tiền đất) trước khi giải quyết.',
    first: 'Ghi nộp khoản gì. Chưa biết số tiền thì để trống.',
    then: 'F10 thì đồng hồ dừng cho đến khi ghi đã nộp.',
  },
  meetDuty: {
    what: 'Ghi người dân đã nộp khoản tiền được yêu cầu.',
    first: 'Chép số biên lai hoặc giấy nộp tiền, rồi F10.',
    then: 'Đồng hồ chạy tiếp và máy tính lại ngày hẹn.',
  },
  apologise: {
    what: 'Xin lỗi người dân và hẹn ngày khác khi không kịp.',
    first: 'Ghi lý do, viết cho dân hiểu.',
    then: 'Chọn ngày mới, F10, rồi báo cho người dân.',
    wrong: 'Quy định chỉ cho hẹn lại một lần. Lần nữa thì phải ghi vì sao.',
  },
  forward: {
    what: 'Ghi đã chuyển hồ sơ sang cơ quan khác giải quyết.',
    first: 'Ghi tên cơ quan nhận, rồi F10.',
    then: 'Ngày hẹn với người dân không đổi.',
  },
  withdraw: {
    what: 'Người dân xin rút hồ sơ.',
    first: 'Chọn ai xin rút, ghi lý do, rồi F10.',
    then: 'Hồ sơ đóng lại. Số vẫn giữ trong sổ.',
  },
  stop: {
    what: 'Dừng giải quyết và đóng hồ sơ, có lý do.',
    first: 'Ghi lý do để báo cho người dân, rồi F10.',
    wrong: 'Ghi nhầm thì dùng Lùi lại việc cuối.',
  },
  refuse: {
    what: 'Từ chối giải quyết và đóng hồ sơ, có lý do.',
    first: 'Ghi lý do và văn bản căn cứ, rồi F10.',
    wrong: 'Ghi nhầm thì dùng Lùi lại việc cuối.',
  },
  finish: {
    what: 'Ghi kết quả: giấy gì, số nào, ai ký.',
    first: 'Chép số, ngày ký từ văn bản, rồi F10.',
    then: 'Hồ sơ vào danh sách chờ trả.',
    wrong: 'Ghi sai thì dùng Lùi lại việc cuối, rồi ghi lại.',
  },
  rework: {
    what: 'Kết quả sai, phải làm lại.',
    first: 'Ghi lý do rồi F10. Kết quả cũ vẫn còn trong lịch sử.',
  },
  collectFee: {
    what: 'Ghi tiền đã cầm và số in trên tờ biên lai.',
    first: 'Xem số trên tờ biên lai rồi bấm Space để xác nhận, rồi F10.',
    then: 'Khoản thu vào bảng kê của ngày.',
    wrong: 'Ghi nhầm thì dùng Bỏ một lần ghi tiền. Trả lại tiền thì dùng Hoàn phí, lệ phí.',
  },
  issueFeeReceipt: {
    what: 'Ghi số biên lai viết sau khi đã thu tiền.',
    first: 'Chọn lần thu, gõ số trên tờ, rồi F10.',
  },
  exemptFee: {
    what: 'Ghi người dân được miễn phí, lệ phí.',
    first: 'Chọn khoản được miễn và ghi lý do, rồi F10.',
    then: 'Giấy chứng minh chưa có vẫn ghi được.',
  },
  refundFee: {
    what: 'Ghi đã trả lại tiền cho người dân.',
    first: 'Chọn lần thu, số tiền trả lại và lý do, rồi F10.',
    then: 'Số biên lai cũ vẫn giữ, không dùng lại.',
  },
  voidFee: {
    what: 'Bỏ một lần ghi tiền khi ghi nhầm, tiền chưa hề thu.',
    first: 'Chọn lần ghi, tờ biên lai hỏng hay còn trắng, ghi lý do.',
    wrong: 'Đã trả lại tiền thì dùng Hoàn phí, lệ phí.',
  },
  undo: {
    what: 'Lùi lại một việc ghi nhầm.',
    first: 'Chọn việc, ghi lý do, rồi F10.',
    then: 'Hồ sơ trở về như trước. Việc được lùi vẫn còn trong lịch sử.',
  },
  correct: {
    what: 'Sửa tên, ngày sinh, giấy tờ đã ghi sai.',
    first: 'Sửa ô sai, xem bảng những chỗ sẽ đổi, ghi lý do, rồi F10.',
    then: 'Giấy in sau đó có chữ SỬA ĐỔI.',
  },
  void: {
    what: 'Bỏ hẳn hồ sơ nhận nhầm. Cần lãnh đạo làm.',
    first: 'Ghi lý do rồi F10. Số vẫn giữ trong sổ.',
    wrong: 'Chỉ sai vài chữ thì dùng Sửa thông tin.',
  },
  reprint: {
    what: 'In lại giấy tiếp nhận và hẹn trả.',
    first: 'Chọn liên và khổ giấy, ghi lý do, rồi F10.',
    then: 'Giấy sẽ có chữ BẢN IN LẠI.',
  },
} satisfies Readonly<Record<string, HelpTopic>>;
