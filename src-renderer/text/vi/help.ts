import type { ScreenName } from '../../router/screens.ts';
import type { HelpTopic } from '../help-topic.ts';
import { viHelpActs } from './help-acts.ts';
import { viHelpSettings } from './help-settings.ts';

const screens = {
  today: {
    what: 'Màn đầu tiên mỗi ngày: đón người dân, xem việc đến hạn và việc đang nhập dở.',
    first: 'Có người đến thì quét thẻ căn cước, bấm phím số của thủ tục, hoặc bấm F2.',
    then: 'Không có ai thì mở việc ở trên cùng của Việc của tôi: hạn gần nhất nằm trên.',
    wrong: 'Đang nhập mà phải dừng thì cứ rời đi. Chữ còn ở Đang nhập dở.',
  },
  receive: {
    what: 'Nhận một hồ sơ: thủ tục, người nộp, nội dung, giấy tờ.',
    first: 'Chọn thủ tục bằng phím số hoặc gõ vài chữ không dấu, rồi Enter qua từng ô.',
    then: 'Bấm F10: máy lưu, cấp mã, tính ngày hẹn và in giấy.',
    wrong: 'Thiếu giấy thì bấm F7 để ghi hướng dẫn. Phải dừng thì bấm Esc, bản nháp vẫn giữ.',
  },
  received: {
    what: 'Hồ sơ đã lưu chắc: đây là mã, ngày hẹn và tình trạng giấy in.',
    first: 'Nhìn khay máy in rồi trả lời giấy đã ra chưa, đọc câu Nói với người dân.',
    then: 'Bấm phím số hoặc quét thẻ để đón người tiếp theo.',
    wrong: 'Giấy chưa ra thì vẫn đón người sau, giấy chờ ở mục Chờ in.',
  },
  dossiers: {
    what: 'Tìm và xem mọi hồ sơ của cơ quan.',
    first: 'Gõ tên, mã, số căn cước hoặc điện thoại không dấu, hoặc chọn một danh sách.',
    then: 'Mũi tên xuống tới dòng cần, Enter để mở, F8 để trả kết quả.',
    wrong: 'Không thấy thì gõ ít chữ hơn và chọn danh sách Tất cả. Hồ sơ của máy bên có thể chưa tới.',
  },
  dossier: {
    what: 'Một hồ sơ: của ai, đang ở đâu, còn bao nhiêu ngày, đã làm những gì.',
    first: 'F10 là việc nên làm tiếp, ghi ở cột phải. Việc khác thì Alt+0 rồi gõ vài chữ.',
    then: 'Làm xong mỗi việc, máy ghi vào lịch sử và chỉ việc tiếp theo.',
    wrong: 'Ghi nhầm thì dùng Lùi lại việc cuối hoặc Sửa thông tin.',
  },
  printQueue: {
    what: 'Những giấy chưa ra hết ở máy in.',
    first: 'Xem máy in có bật, còn giấy, còn mực không, rồi bấm In ở dòng ấy.',
    then: 'Máy chưa rõ thì nhìn khay máy in: có giấy thì bấm Đã ra rồi.',
    wrong: 'Máy in hỏng thì cứ để đó: hồ sơ đã lưu, sửa xong vẫn in đúng bản này.',
  },
  handOver: {
    what: 'Trả kết quả cho người dân.',
    first: 'Tìm hồ sơ theo tên hoặc mã trên giấy hẹn, Enter để chọn.',
    then: 'Bấm số để chọn người nhận, ghi cách nhận ra họ, rồi bấm F10.',
    wrong: 'Không thấy trong danh sách là chưa ghi kết quả. Mở hồ sơ để ghi kết quả trước.',
  },
  workload: {
    what: 'Lãnh đạo xem việc của từng người, hồ sơ quá hạn và vì sao, giấy tờ còn chờ.',
    first: 'Đọc hàng số ở trên, rồi mở từng hồ sơ quá hạn; bảng dài có dòng Xem cả.',
    then: 'Trong hồ sơ, giao người khác hoặc xin lỗi và hẹn lại ngày trả.',
    wrong: 'Chỗ hai máy ghi trái nhau thì mở ra và chọn một cách. Cả hai lời ghi đều còn.',
  },
  registers: {
    what: 'Sổ theo dõi hồ sơ, kết quả chưa ai nhận, tiền đã thu và quyển biên lai.',
    first: 'Chọn sổ ở hàng trên, rồi chọn khoảng ngày.',
  },
  province: {
    what: 'Hồ sơ nhận ở đây mà hệ thống tỉnh chưa có.',
    first: 'Chọn hồ sơ, rồi bấm Enter ở từng ô để chép sang mẫu của tỉnh.',
    then: 'Tỉnh cấp mã thì dán mã vào ô cuối và bấm F10.',
    wrong: 'Gắn nhầm mã thì bấm Lùi lại ngay ở đây.',
  },
  imports: {
    what: 'Lấy hồ sơ đang giải quyết từ tệp của hệ thống khác vào đây.',
    first: 'Chọn tệp Excel hoặc CSV. Máy cho xem trước, chưa ghi gì.',
    then: 'Xem dòng nào sai, rồi bấm F10 để nhập các dòng đúng.',
    wrong: 'Sửa dòng sai trong tệp rồi nhập lại, mỗi mã vẫn chỉ có một hồ sơ.',
  },
  appointments: {
    what: 'Mục này chưa có trong bản phần mềm đang dùng.',
    first: 'Về Hôm nay để làm tiếp.',
  },
  sync: {
    what: 'Mục này chưa có trong bản phần mềm đang dùng.',
    first: 'Về Hôm nay để làm tiếp. Mọi việc đã lưu trên máy này.',
  },
  settings: {
    what: 'Những gì cơ quan và từng người đặt cho mình.',
    first: 'Chọn một mục ở cột trái, F6 để vào mục ấy.',
  },
} satisfies Record<ScreenName, HelpTopic>;

const registers = {
  register: {
    what: 'Sổ theo dõi hồ sơ của khoảng ngày đã chọn, theo số thứ tự.',
    first: 'Chọn khoảng ngày, thêm thủ tục hoặc người xử lý nếu cần.',
    then: 'Enter ở một dòng để mở hồ sơ, Esc để về đúng chỗ cũ.',
    wrong: 'Số bỏ trống có ghi lý do. Thiếu lý do thì nhờ quản trị ghi ở Cài đặt, Các máy.',
  },
  uncollected: {
    what: 'Kết quả đã có mà chưa ai đến nhận, chờ lâu nhất nằm trên.',
    first: 'Gọi theo số điện thoại ở dòng ấy để mời đến nhận.',
    then: 'Người dân đến thì mở dòng ấy và bấm F8 để trả.',
  },
  cash: {
    what: 'Tiền đã thu, đã hoàn và đã miễn của những ngày đã chọn.',
    first: 'Chọn ngày, rồi so Tiền mặt phải có với tiền trong ngăn kéo.',
    then: 'Bấm In bảng kê để có giấy ký nộp.',
    wrong: 'Lệch thì xem từng dòng. Ghi nhầm thì mở hồ sơ và bỏ lần ghi ấy, có lý do.',
  },
  books: {
    what: 'Quyển biên lai in sẵn: số nào đã dùng, hỏng hay bỏ trống.',
    first: 'Nhận quyển mới thì bấm Ghi quyển mới và gõ số in trên bìa.',
    then: 'Khi thu tiền, máy gợi ý tờ tiếp theo của quyển ở máy này.',
    wrong: 'Tờ rách hoặc viết hỏng thì bấm Ghi số hỏng.',
  },
  forms: {
    what: 'Số đã cấp cho phiếu yêu cầu bổ sung, phiếu từ chối, văn bản xin lỗi.',
    first: 'Chọn loại phiếu và năm.',
    then: 'Enter ở một dòng để mở hồ sơ của phiếu ấy.',
    wrong: 'Việc đã lùi lại thì số vẫn giữ, không cấp lại. Phiếu hỏng thì ghi bỏ trống ở Cài đặt, Các máy.',
  },
} satisfies Readonly<Record<string, HelpTopic>>;

/** The pages before the frame, and those that lie over it. */
const gates = {
  choose: {
    what: 'Máy này chưa thuộc cơ quan nào. Ở đây chọn cách bắt đầu.',
    first: 'Cơ quan chưa có máy nào thì bấm 1. Đã có máy khác đang dùng thì bấm 2.',
    then: 'Bấm 3 là máy để tập, không dùng cho hồ sơ thật.',
  },
  firstDesk: {
    what: 'Khai cơ quan cho máy đầu tiên, năm bước ngắn, không cần mạng.',
    first: 'Điền từng ô, Enter để đi tiếp. Mã cơ quan lấy ở văn bản của tỉnh.',
    then: 'Bước cuối máy tạo cơ quan và hiện mã khôi phục để in.',
    wrong: 'Chưa biết một điều thì dừng lại được, lần sau mở lại đúng bước này.',
  },
  recoveryCode: {
    what: 'Mã khôi phục mở được máy khi không ai nhớ mật khẩu.',
    first: 'In tờ mã, xem chữ có rõ không, rồi che mã.',
    then: 'Gõ lại hai nhóm từ giấy, ký, cho vào phong bì và cất vào két.',
    wrong: 'Giấy chưa ra thì hiện mã và in lại. Không có máy in thì chép tay thật cẩn thận.',
  },
  join: {
    what: 'Thêm máy này vào cơ quan đã có.',
    first: 'Ở máy đang dùng, quản trị làm tệp thêm máy và ghi mã mở tệp ra giấy.',
    then: 'Chọn tệp ở đây, gõ mã, rồi đăng nhập bằng tài khoản đang dùng.',
    wrong: 'Tệp không mở được thì xem lại mã trước, rồi chép lại tệp.',
  },
  signIn: {
    what: 'Chọn tên mình và gõ mật khẩu để vào làm việc.',
    first: 'Bấm số trên thẻ tên, gõ mật khẩu, Enter.',
    then: 'Chọn nhầm tên thì bấm Esc.',
    wrong: 'Quên mật khẩu thì nhờ quản trị đặt lại. Không còn ai nhớ mật khẩu thì dùng mã khôi phục trong két.',
  },
  lost: {
    what: 'Phần lưu trữ vừa mở lại nên máy hỏi mật khẩu.',
    first: 'Gõ mật khẩu của mình, Enter. Chữ đang nhập vẫn còn ở dưới.',
    wrong: 'Đừng tắt cửa sổ. Gặp lại nhiều lần trong ngày thì báo quản trị.',
  },
  lock: {
    what: 'Màn hình đang khóa để người khác không xem hay bấm được.',
    first: 'Gõ mật khẩu của mình, Enter là làm tiếp đúng chỗ cũ.',
    then: 'Người khác cần dùng máy thì chọn đổi cán bộ. Bản nháp vẫn giữ.',
  },
  recovery: {
    what: 'Mở máy bằng mã khôi phục để đặt mật khẩu mới.',
    first: 'Chọn người cần mật khẩu mới, gõ mật khẩu hai lần.',
    then: 'Đặt xong thì sang đăng nhập như thường. Nên làm mã khôi phục mới.',
  },
  renewal: {
    what: 'Làm tờ mã khôi phục mới thay tờ trong két.',
    first: 'In tờ mới, rồi gõ lại hai nhóm từ giấy.',
    then: 'Tờ mới dùng được rồi mới xé tờ cũ.',
    wrong: 'Thôi giữa chừng thì tờ cũ vẫn dùng được.',
  },
  fault: {
    what: 'Máy chưa lưu được, việc đã lưu trước đó vẫn còn.',
    first: 'Làm đúng một việc ghi trên màn hình, rồi bấm nút ở dưới.',
    wrong: 'Chưa được thì giữ nguyên máy và gọi quản trị. Đừng xóa gì trong thư mục.',
  },
} satisfies Readonly<Record<string, HelpTopic>>;

/** Parts of a screen that ask something of their own. */
const cards = {
  conflict: {
    what: 'Chọn giữa những việc các máy ghi trái nhau; lời nào cũng còn nguyên.',
    first: 'Đọc từng dòng: máy nào, ai, lúc nào, ghi gì. Còn việc chưa về thì nên đợi.',
    then: 'Bấm số để chọn, Enter để xác nhận. Chưa chắc thì chọn Nhờ lãnh đạo quyết.',
  },
} satisfies Readonly<Record<string, HelpTopic>>;

/** Words of F1: what each place is for, what comes first, what then, and what to do when it goes wrong. */
export const viHelp = {
  parts: { what: 'Để làm gì', first: 'Làm trước', then: 'Sau đó', wrong: 'Khi trục trặc' },
  close: 'Đóng trợ giúp',
  screens,
  registers,
  gates,
  settings: viHelpSettings,
  acts: viHelpActs,
  cards,
} as const;
