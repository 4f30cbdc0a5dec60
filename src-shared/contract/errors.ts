/**
 * The one table of error codes. A code reads `noun.reason`, is never reused and never changes its meaning; retired ones
 * stay here as a comment. `status` is HTTP's; `retry` tells a program what may help; `report` marks faults of ours that
 * somebody should hear of. The sentence is what an officer reads when the screen knows nothing better.
 */
export interface ErrorRow {
  readonly status: number;
  readonly retry: 'no' | 'backoff' | 'after-merge';
  readonly report: boolean;
  readonly sentence: string;
}

export const refusal = (status: number, sentence: string): ErrorRow => ({ status, retry: 'no', report: false, sentence });

export const ERRORS = {
  // Any call
  'request.malformed': refusal(400, 'Nội dung gửi lên chưa đúng mẫu.'),
  'request.encoding': refusal(400, 'Nội dung gửi lên không phải chữ UTF-8.'),
  'request.contentType': refusal(415, 'Chỉ nhận nội dung dạng JSON.'),
  'request.tooLarge': refusal(413, 'Nội dung gửi lên quá lớn.'),
  'request.forbiddenOrigin': refusal(403, 'Trang gọi tới không được phép.'),
  'request.wrongSecret': refusal(403, 'Chỉ cửa sổ của phần mềm được gọi tới đây.'),
  'request.unknownCall': refusal(404, 'Không có việc này.'),
  'internal.unexpected': { status: 500, retry: 'no', report: true, sentence: 'Máy gặp lỗi lạ. Việc đã lưu vẫn còn.' },

  // Signing in
  'session.required': refusal(401, 'Cần đăng nhập lại.'),
  'session.locked': refusal(423, 'Màn hình đang khóa. Nhập mật khẩu để làm tiếp.'),
  'session.notPermitted': refusal(403, 'Việc này cần người có quyền khác làm.'),
  'session.wrongPassword': refusal(401, 'Mật khẩu chưa đúng.'),
  'session.lockedOut': refusal(429, 'Nhập sai nhiều lần. Chờ ít phút rồi thử lại.'),
  'session.wrongRecoveryCode': refusal(401, 'Mã khôi phục chưa đúng.'),
  'session.unknownOfficer': refusal(404, 'Không có cán bộ này trên máy.'),

  // The office and its desks
  'office.notSetUp': refusal(409, 'Máy này chưa được cài đặt lần đầu.'),
  'office.alreadySetUp': refusal(409, 'Máy này đã được cài đặt rồi.'),
  'office.badPattern': refusal(422, 'Mẫu mã hồ sơ chưa dùng được.'),
  'office.badJoinFile': refusal(422, 'Tệp thêm máy không đọc được hoặc mã mở tệp chưa đúng.'),
  'office.unknownRecoveryCode': refusal(409, 'Mã này không phải mã vừa làm trên máy này. Xé bỏ tờ ấy rồi làm mã khác; mã cũ vẫn dùng được.'),
  'office.weakPassword': refusal(422, 'Mật khẩu cần ít nhất 8 ký tự.'),
  'office.badLogo': refusal(422, 'Hình này chưa dùng được. Chọn một tệp PNG hoặc JPEG khác.'),
  'desks.unknown': refusal(404, 'Cơ quan không có máy này.'),
  'desks.revoked': refusal(409, 'Cơ quan đã ngừng máy này. Xem và in vẫn được; ghi việc mới thì làm ở máy khác.'),
  'desks.revokeHere': refusal(409, 'Không ngừng được máy đang ngồi. Làm việc này ở máy khác.'),
  'desks.alreadyRevoked': refusal(409, 'Máy này đã ngừng rồi.'),
  'desks.noTokenLeft': refusal(409, 'Đã hết ký hiệu dãy số để chia cho máy mới.'),
  'desks.tokenHeld': refusal(409, 'Ký hiệu này đang có máy giữ.'),
  'desks.branchUnreadable': refusal(422, 'Không mở được thư mục dữ liệu cũ.'),
  'desks.workUnderWay': refusal(409, 'Máy đang lấy việc từ thư mục cũ, nhập hồ sơ từ tệp hoặc xếp lại danh sách. Chờ xong rồi làm lại.'),
  'desks.branchForeign': refusal(422, 'Thư mục này là của cơ quan khác.'),
  'desks.dateQuestionOpen': refusal(409, 'Đồng hồ máy có thể sai. Cần trả lời “Hôm nay là ngày nào?” trước.'),
  'desks.dateNotAsked': refusal(409, 'Ngày trên máy đang dùng được, không cần đổi. Chỉ lãnh đạo xác nhận lại ngày khi cần.'),
  'desks.badDate': refusal(422, 'Ngày này không dùng được.'),
  'desks.alreadyOpen': refusal(409, 'Chương trình đang mở sẵn trên thư mục dữ liệu này.'),
  'officers.unknown': refusal(404, 'Không có cán bộ này.'),
  'officers.lastAdministrator': refusal(409, 'Cơ quan phải còn ít nhất một quản trị.'),
  'officers.lastLeader': refusal(409, 'Cơ quan phải còn ít nhất một lãnh đạo.'),
  'delegations.unknown': refusal(404, 'Không có lần giao làm thay này.'),
  'delegations.over': refusal(409, 'Lần làm thay này đã hết hoặc đã thôi rồi.'),
  'delegations.toOneself': refusal(422, 'Người làm thay phải là người khác.'),
  'delegations.retired': refusal(422, 'Có người đã nghỉ nên không giao làm thay được.'),
  'delegations.notHeld': refusal(422, 'Người giao không có quyền này nên không giao được.'),
  'delegations.badDates': refusal(422, 'Chọn từ hôm nay trở đi; ngày cuối không trước ngày đầu.'),
  'delegations.overlapping': refusal(409, 'Hai người này đã có lần làm thay trùng ngày. Thôi lần cũ rồi giao lại.'),

  // Catalogue
  'procedures.unknown': refusal(404, 'Không có thủ tục này trong danh mục.'),
  'procedures.notOffered': refusal(409, 'Cơ quan chưa bật tiếp nhận thủ tục này.'),
  'procedures.invalid': refusal(422, 'Thủ tục chưa đúng mẫu.'),
  'calendar.badDay': refusal(422, 'Ngày này chưa ghi vào lịch được.'),
  'packs.refused': refusal(422, 'Gói dữ liệu có lỗi nên không nhận cả gói.'),
  'packs.notOffered': refusal(404, 'Gói này chưa về đủ, hoặc tuyến trên không còn công bố nữa.'),

  // Dossiers
  'dossiers.unknown': refusal(404, 'Không tìm thấy hồ sơ.'),
  'dossiers.badPerson': refusal(422, 'Thông tin người nộp chưa đúng.'),
  'dossiers.badIdNumber': refusal(422, 'Số căn cước phải đủ 12 chữ số.'),
  'dossiers.badContent': refusal(422, 'Hồ sơ còn chỗ chưa đúng.'),
  'dossiers.badAppointment': refusal(422, 'Ngày hẹn trả chưa đúng.'),
  'dossiers.badOfficer': refusal(422, 'Chọn một cán bộ đang làm việc và được làm việc này.'),
  'dossiers.repeatReasonMissing': refusal(422, 'Đã làm việc này một lần. Làm thêm lần nữa thì ghi vì sao.'),
  'dossiers.badStep': refusal(422, 'Bước chọn chưa đúng với quy trình của hồ sơ.'),
  'dossiers.badTime': refusal(422, 'Giờ giao chưa đúng: chưa tới, hoặc trước lúc tiếp nhận.'),
  'dossiers.termUnknown': refusal(422, 'Danh mục không ghi rõ thời hạn. Cần chọn ngày hẹn kèm lý do.'),
  'dossiers.wrongState': refusal(409, 'Hồ sơ đang ở bước khác nên không làm được việc này.'),
  'dossiers.badUndo': refusal(409, 'Việc này không lùi lại được nữa. Lãnh đạo có thể lùi giúp.'),
  'dossiers.openConflict': refusal(409, 'Hai máy ghi hai việc trái nhau. Chọn xong mới trả kết quả được.'),
  'dossiers.needsUpdate': refusal(409, 'Hồ sơ có việc do bản phần mềm mới hơn ghi. Cần cập nhật phần mềm.'),
  'dossiers.keyReused': refusal(409, 'Mã yêu cầu này đã dùng cho một việc khác.'),
  'dossiers.badCode': refusal(422, 'Mã hồ sơ chỉ gồm chữ, số và các dấu . - / ở giữa.'),
  'dossiers.codeDoubtful': refusal(409, 'Mã này có chỗ cần xem lại trước khi gắn.'),
  'imports.unreadable': refusal(422, 'Tệp này không đọc được thành bảng.'),
  'imports.encoding': refusal(422, 'Chữ trong tệp không phải UTF-8. Lưu lại kiểu “CSV UTF-8” hoặc “.xlsx” rồi chọn lần nữa.'),
  'imports.tooLarge': refusal(422, 'Tệp lớn quá. Chia tệp làm nhiều phần rồi nhập từng phần.'),
  'imports.noRows': refusal(422, 'Trong tệp không có dòng hồ sơ nào dưới dòng tiêu đề.'),
  'imports.columnsMissing': refusal(422, 'Chưa rõ cột nào là mã hồ sơ, chủ hồ sơ, thủ tục, ngày tiếp nhận.'),
  'conflicts.unknown': refusal(404, 'Không có chỗ trái nhau này.'),
  'conflicts.badChoice': refusal(422, 'Không có cách chọn này. Mở lại hồ sơ rồi chọn.'),
  'conflicts.alreadySettled': refusal(409, 'Chỗ này đã có người chọn xong. Mở lại hồ sơ để xem.'),
  'numbers.unknownToken': refusal(404, 'Cơ quan không có ký hiệu dãy số này.'),
  'numbers.tokenInUse': refusal(409, 'Ký hiệu này đang có máy dùng.'),
  'numbers.alreadyReturned': refusal(409, 'Ký hiệu này đã lấy lại rồi.'),
  'numbers.alreadyIssued': refusal(409, 'Số này đã cấp cho một hồ sơ, không bỏ trống được.'),
  'numbers.alreadySkipped': refusal(409, 'Số này đã ghi bỏ trống rồi.'),
  'numbers.otherDesk': refusal(409, 'Dãy này của máy khác. Làm việc này ở máy ấy.'),
  'numbers.notReached': refusal(409, 'Số này chưa tới lượt. Chỉ bỏ trống đúng số tiếp theo.'),
  'numbers.noSeries': refusal(409, 'Máy này chưa có dãy số. Chọn một ký hiệu còn trống để làm tiếp.'),
  'registers.badPeriod': refusal(422, 'Ngày cuối trước ngày đầu. Chọn lại khoảng ngày của sổ.'),

  // Money
  'fees.receiptUsed': refusal(409, 'Số biên lai này đã dùng rồi. Xem lại số in trên tờ biên lai.'),
  'fees.receiptSpoiled': refusal(409, 'Số biên lai này đã ghi là hỏng, không dùng lại được.'),
  'fees.unknownEntry': refusal(404, 'Lần ghi tiền này không còn, hoặc đã bỏ.'),
  'fees.hasReceipt': refusal(409, 'Lần thu này đã có biên lai.'),
  'fees.refundTooMuch': refusal(422, 'Không hoàn được nhiều hơn số đã thu.'),
  'fees.hasRefund': refusal(409, 'Lần thu này đã hoàn tiền. Bỏ lần hoàn trước.'),
  'fees.sheetUnsaid': refusal(422, 'Cần nói tờ biên lai đã viết hay còn trắng.'),
  'fees.badPeriod': refusal(422, 'Ngày cuối trước ngày đầu. Chọn lại khoảng ngày.'),
  'fees.sheetTooLong': refusal(422, 'Bảng kê dài quá 1.000 dòng. Chọn ít ngày hơn, hoặc một người thu.'),
  'fees.badBook': refusal(422, 'Số cuối của quyển phải từ số đầu trở lên, và quyển không quá 1.000 số.'),
  'fees.bookOverlaps': refusal(409, 'Đã có quyển khác chứa những số này.'),
  'fees.bookInUse': refusal(409, 'Quyển này đã dùng số nằm ngoài khoảng mới.'),
  'fees.notInBook': refusal(404, 'Số này không nằm trong quyển nào đã ghi.'),
  'fees.notMarked': refusal(409, 'Số này chưa ghi là hỏng.'),

  // Drafts, papers
  'drafts.stale': { status: 409, retry: 'after-merge', report: false, sentence: 'Bản nháp này vừa được sửa ở cửa sổ khác.' },
  'drafts.unknown': refusal(404, 'Không còn bản nháp này.'),
  'drafts.tooMany': refusal(409, 'Đã giữ 500 bản nháp. Xóa bớt bản cũ rồi làm tiếp.'),
  'printing.unknownJob': refusal(404, 'Không có lệnh in này.'),
  'printing.alreadyReported': refusal(409, 'Lệnh in này đã có kết quả.'),

  // The upper tier's server
  'sync.training': refusal(409, 'Bản dùng thử không gửi gì lên tuyến trên.'),
  'sync.badAddress': refusal(422, 'Địa chỉ máy chủ chưa đúng. Địa chỉ bắt đầu bằng https://.'),
  'sync.unreachable': { status: 503, retry: 'backoff', report: false, sentence: 'Chưa tới được máy chủ. Xem lại mạng và địa chỉ.' },
  'sync.notOurServer': refusal(409, 'Nơi trả lời ở địa chỉ này không phải máy chủ Một Cửa. Có thể mạng đang đòi đăng nhập.'),
  'sync.untrusted': refusal(409, 'Nơi trả lời không giữ khóa mà máy chủ này xưng. Không gửi gì. Hỏi lại tuyến trên trước khi kết nối.'),
  'sync.protocol': refusal(409, 'Máy chủ và phần mềm ở máy này khác đời nhau. Cần cập nhật phần mềm.'),
  'sync.fingerprintDiffers': refusal(409, 'Dấu khóa của máy chủ không giống dấu vừa so. Xem lại dấu khóa với tuyến trên rồi kết nối lại.'),
  'sync.badCode': refusal(422, 'Mã kết nối chưa đúng, đã dùng hoặc đã hết hạn. Xin tuyến trên mã khác.'),
  'sync.tooManyTries': refusal(429, 'Thử sai mã quá nhiều lần nên máy chủ tạm không xem mã nào. Đợi 15 phút rồi thử lại.'),
  'sync.notAdmitted': refusal(409, 'Máy chủ chưa nhận cơ quan này. Xin tuyến trên mã kết nối rồi nhập vào đây.'),
  'sync.notConnected': refusal(409, 'Máy này chưa kết nối với máy chủ nào.'),
  'sync.olderArriving': refusal(409, 'Máy này đang tải hồ sơ cũ nên sổ và bảng kê chưa đủ. Đợi tải xong rồi làm lại, hoặc làm ở máy khác.'),
  'sync.paused': refusal(409, 'Việc gửi đang tạm dừng. Bấm “Gửi tiếp” trước.'),

  // The world
  'storage.full': { status: 507, retry: 'backoff', report: true, sentence: 'Ổ đĩa đã đầy, chưa lưu được. Việc đã lưu vẫn còn.' },
  'storage.readOnly': { status: 507, retry: 'no', report: true, sentence: 'Thư mục dữ liệu chỉ cho đọc, chưa lưu được.' },
  'storage.damaged': { status: 500, retry: 'no', report: true, sentence: 'Tệp dữ liệu bị hỏng. Báo quản trị; đừng xóa gì.' },
  'storage.newer': { status: 409, retry: 'no', report: true, sentence: 'Dữ liệu do bản phần mềm mới hơn ghi. Cần cập nhật phần mềm.' },
  'storage.busy': { status: 503, retry: 'backoff', report: false, sentence: 'Máy đang bận, thử lại ngay.' },
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof ERRORS;

/** Codes any call may answer with, besides those it declares. */
export const COMMON_ERRORS = [
  'request.malformed', 'request.encoding', 'request.contentType', 'request.tooLarge', 'request.forbiddenOrigin', 'internal.unexpected',
  'session.required', 'session.locked', 'session.notPermitted', 'office.notSetUp', 'storage.full', 'storage.readOnly', 'storage.damaged',
  'storage.newer', 'storage.busy',
  // Every act waits for the date; reading and drafts go on.
  'desks.dateQuestionOpen',
  // And none is written by a desk that the office has stopped.
  'desks.revoked',
] as const satisfies readonly ErrorCode[];

/** What goes over the wire. `detail` is data for the screen (tries left, the line of a pack …), never a stack. */
export interface WireError<Code extends string = ErrorCode> {
  readonly code: Code;
  readonly sentence: string;
  readonly detail?: Readonly<Record<string, unknown>>;
  /** Quoted by the user, found in the log. */
  readonly incident?: string;
}

export function wireError<Code extends ErrorCode>(code: Code, detail?: Readonly<Record<string, unknown>>, sentence?: string): WireError<Code> {
  return { code, sentence: sentence ?? ERRORS[code].sentence, ...(detail ? { detail } : {}) };
}

/** What every call may answer without declaring it. */
export type CommonError = WireError<(typeof COMMON_ERRORS)[number]>;
