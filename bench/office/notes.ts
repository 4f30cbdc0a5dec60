import type { Chance } from './seeded-chance.ts';

/** What officers type beside the form. Free text is where compression finds least, so a good half of the dossiers has some. */
const WHO = [
  'Bà con đi từ bản Nậm Mít xuống từ sáng sớm', 'Ông nội đi thay vì bố mẹ cháu làm ăn xa dưới Bắc Ninh', 'Chị gái nộp hộ, có giấy ủy quyền viết tay', 'Người nộp không biết chữ, cán bộ đọc lại cho nghe và điểm chỉ', 'Anh đã gọi điện hỏi trước hôm thứ hai',
  'Vợ chồng cùng đến, mang theo sổ hộ khẩu cũ đã rách góc', 'Trưởng thôn đưa lên, xác nhận miệng là đúng người', 'Người nộp nói tiếng Mông, có chị Dở phiên dịch giúp', 'Cô giáo điểm trường Séo Pờ Hồ nộp thay cho phụ huynh', 'Cụ đã 84 tuổi, đi lại khó khăn',
  'Gia đình vừa chuyển về từ xã bên sau sáp nhập', 'Hai anh em cùng đứng tên nên cả hai đều ký', 'Chủ cơ sở mới đăng ký lần đầu', 'Người nộp đang điều trị ở bệnh viện huyện cũ', 'Cháu bé sinh tại nhà, có người làm chứng là bà đỡ',
];
const WHAT = [
  'căn cước bị mờ số cuối nên đã đối chiếu với dữ liệu dân cư', 'tên đệm trong giấy chứng sinh ghi khác với giấy khai sinh của mẹ', 'ngày sinh trên sổ cũ chỉ ghi năm, không có ngày tháng', 'giấy chứng nhận kết hôn còn ghi tên xã trước khi sáp nhập', 'bản sao nộp kèm chưa có dấu giáp lai',
  'thửa đất nằm giáp suối, đo lại năm ngoái lệch 12 mét vuông', 'biển số xe và số khung đã kiểm tra, khớp với đăng ký', 'hợp đồng thuê địa điểm viết tay, hai bên đã ký', 'chữ ký trong đơn không giống lần trước, đã cho ký lại trước mặt', 'địa chỉ tạm trú ghi thiếu tên thôn',
  'quê quán ghi theo tên huyện cũ Bắc Hà', 'giấy báo tử do trạm y tế lập muộn ba ngày', 'số điện thoại là của người cháu ở nhờ', 'hồ sơ gốc lưu ở kho cũ, phải nhờ văn thư tìm trong sổ năm 1997', 'họ của bố viết là Lồ, trong căn cước là Lò',
  'mất điện giữa chừng nên nhập lại từ bản giấy', 'đã chụp ảnh giấy tờ, bản chính trả lại ngay', 'thiếu một ảnh 4x6, hẹn mang bổ sung khi nhận kết quả',
];
const NEXT = [
  'hẹn trả vào phiên chợ chủ nhật cho tiện đường', 'nhắn qua trưởng bản vì nhà không có sóng điện thoại', 'nếu cần bổ sung thì gọi cho con trai', 'xin nhận kết quả tại nhà văn hóa thôn', 'đề nghị ưu tiên vì cháu sắp nhập học', 'cần gấp để kịp làm thủ tục vay vốn ngân hàng chính sách',
  'đã giải thích về lệ phí, gia đình thuộc hộ nghèo nên được miễn', 'chuyển bộ phận tư pháp xem lại trước khi trình ký', 'gửi kèm bản phô tô sổ hộ nghèo năm nay', 'hỏi lại công an xã về nơi đăng ký thường trú', 'dặn mang theo bản chính khi đến lấy', 'đường sạt ở dốc Ba Tầng, có thể đến muộn vài ngày',
];
const WORDS = [
  'suối', 'ruộng', 'nương', 'ngô', 'trâu', 'cầu treo', 'nhà sàn', 'chợ phiên', 'trạm y tế', 'điểm trường', 'bìa rừng', 'giống lúa', 'xe máy', 'máy xát', 'mái tôn', 'đập nước', 'lối mòn', 'cây sa mộc', 'thảo quả', 'chè shan', 'nấm hương', 'lợn đen', 'ao cá', 'bể nước', 'hàng rào', 'mốc giới',
  'cột điện', 'nhà bếp', 'kho thóc', 'vườn mận', 'đồi quế', 'khe núi', 'mưa lũ', 'sương muối', 'đám cưới', 'lễ cúng', 'họ hàng', 'con dâu', 'em rể', 'chị dâu', 'cháu ngoại', 'hàng xóm', 'thợ xây', 'lái xe', 'bộ đội', 'công nhân', 'học sinh', 'cô nuôi', 'y tá', 'bưu tá',
];

/** One to three sentences, as somebody in a hurry types them. */
export function makeNote(chance: Chance): string {
  const date = `${1 + chance.below(28)}/${1 + chance.below(12)}`;
  const middle = chance.pick(WHAT);
  const detail = chance.isHit(0.5) ? ` (${chance.pick(WORDS)} ${chance.pick(WORDS)}, ${chance.pick(WORDS)} ngày ${date})` : '';
  const end = chance.isHit(0.7) ? `; ${chance.pick(NEXT)}` : '';
  return `${chance.pick(WHO)}, ${middle}${detail}${end}${chance.isHit(0.3) ? `, gọi 09${chance.digits(8)}` : ''}.`;
}
