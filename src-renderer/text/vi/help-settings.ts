import type { HelpTopic } from '../help-topic.ts';
import type { viSettings } from './settings.ts';

/** What F1 says in each part of the settings. */
export const viHelpSettings = {
  mine: {
    what: 'Cỡ chữ, mật khẩu và chỉ dẫn ngày đầu của {xưng}.',
    first: 'Chọn cỡ chữ nhìn cho rõ. Cỡ chữ đổi ngay, giữ trên máy này.',
    then: 'Đổi mật khẩu: gõ mật khẩu đang dùng, mật khẩu mới hai lần, rồi F10.',
    wrong: 'Quên mật khẩu đang dùng thì nhờ quản trị đặt lại.',
  },
  officers: {
    what: 'Ai làm ở đây, được làm việc gì.',
    first: 'Bấm Thêm cán bộ, hoặc chọn một người để sửa. Lưu bằng F10.',
    then: 'Nói mật khẩu ban đầu cho cán bộ, để họ tự đổi.',
    wrong: 'Ai quên mật khẩu thì mở tên người ấy và đặt lại.',
  },
  delegations: {
    what: 'Giao người làm thay khi đi họp, đi học hoặc nghỉ.',
    first: 'Chọn người làm thay, việc được làm và những ngày nào.',
    then: 'Hết ngày thì tự thôi. Sổ ghi rõ ai làm, thay cho ai.',
    wrong: 'Về sớm hoặc giao nhầm thì mở dòng ấy và bấm Thôi làm thay.',
  },
  desks: {
    what: 'Các máy của cơ quan: tên, dãy số, thêm máy, ngừng máy.',
    first: 'Thêm máy: đặt tên máy mới, làm tệp, lưu ra USB, ghi mã mở tệp ra giấy.',
    then: 'Ở máy mới, chọn tệp và gõ mã.',
    wrong: 'Máy mất hoặc hỏng thì ngừng máy ấy. Việc máy ấy ghi trước đó vẫn giữ.',
  },
  papers: {
    what: 'Tên cơ quan, địa chỉ, hình và dòng cuối in trên giấy.',
    first: 'Sửa ô cần sửa và nhìn giấy mẫu ở bên.',
    then: 'Ghi lý do rồi F10. Hồ sơ nhận từ lúc lưu mới in theo tên mới.',
    wrong: 'Giấy của hồ sơ cũ in lại vẫn như trước, không phải lỗi.',
  },
  calendar: {
    what: 'Giờ làm việc và ngày nghỉ để tính ngày hẹn.',
    first: 'Sửa giờ hoặc đặt một ngày, rồi xem trước thay đổi.',
    then: 'Lưu thay đổi thì hồ sơ mới hẹn theo lịch mới. Hẹn đã in không đổi.',
    wrong: 'Đặt nhầm ngày thì bỏ ngày ấy để theo lại gói lịch.',
  },
  office: {
    what: 'Những điều chung của cơ quan: tự khóa màn hình, giấy hẹn, số của phiếu, giờ nhận, hạn bổ sung, cách xưng hô.',
    first: 'Sửa ô cần sửa rồi F10.',
    wrong: 'Mẫu mã hồ sơ không đổi được ở đây, vì số đã cấp phải giữ nguyên.',
  },
  procedures: {
    what: 'Phần riêng của cơ quan: thời hạn, giấy tờ, phí, các bước của thủ tục.',
    first: 'Tìm thủ tục, sửa, ghi lý do hoặc số văn bản, rồi F10.',
    then: 'Hồ sơ nhận từ lúc lưu theo chỗ sửa. Hồ sơ nhận trước không đổi.',
    wrong: 'Danh mục thiếu hẳn một việc thì thêm thủ tục của cơ quan.',
  },
  packs: {
    what: 'Gói danh mục thủ tục và gói lịch của tỉnh, tự về máy sau hồ sơ.',
    first: 'Bấm Xem thay đổi ở gói đã về, rồi Cho cơ quan dùng. Không có mạng thì bấm Chọn tệp gói.',
    wrong: 'Gói có lỗi thì máy không nhận cả gói và nói lỗi ở dòng nào. Gói đang dùng không đổi.',
  },
  province: {
    what: 'Thủ tục nào phải nhập hệ thống tỉnh, và thứ tự các ô của mẫu tỉnh.',
    first: 'Mở mẫu của tỉnh, xếp các ô ở đây cho giống từ trên xuống.',
    then: 'Từ đó mục Nhập tỉnh đưa ra đúng thứ tự ấy.',
  },
  printing: {
    what: 'Máy in của máy này và trang in thử.',
    first: 'Chọn máy in, rồi in thử một trang.',
    then: 'Khung đủ bốn cạnh và chữ rõ là được. Giấy hẹn sẽ tự ra máy in này.',
    wrong: 'Không thấy máy in thì xem dây, nguồn, rồi bấm Tìm lại máy in.',
  },
  sync: {
    what: 'Việc nào còn chờ gửi lên tuyến trên, chờ bao lâu, vì sao.',
    first: 'Chưa kết nối thì dán, gõ hoặc quét dòng chữ tuyến trên gửi.',
    then: 'Có mạng là máy tự gửi, tự nhận. Không cần mở mục này.',
    wrong: 'Phần nào không gửi hoặc nhận được thì nằm riêng ở dưới; các phần khác vẫn đi.',
  },
  recovery: {
    what: 'Tờ mã khôi phục đang cất trong két.',
    first: 'So số tờ ở đây với số in trên tờ giấy trong két.',
    then: 'Mất tờ hoặc mã đã lộ thì làm mã khôi phục mới.',
  },
  history: {
    what: 'Ai đã đổi gì về cơ quan, lúc nào.',
    first: 'Mới nhất ở trên. Bấm Xem trước đó để xem tiếp.',
    then: 'Không ai sửa hay xóa được danh sách này.',
  },
  about: {
    what: 'Bản phần mềm, tên máy, nơi lưu trên ổ đĩa.',
    first: 'Khi gọi người giúp, đọc cho họ bản phần mềm và tên máy ở đây.',
  },
} satisfies Record<keyof typeof viSettings.parts, HelpTopic>;
