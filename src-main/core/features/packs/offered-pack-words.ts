/** Why a pack of the upper tier cannot be used here, for whoever reads the list of packs. */
export function offeredSentence(code: string, detail: string | null): string {
  switch (code) {
    case 'pack.badSignature':
      return 'Chữ ký không phải của tuyến trên đã kết nối, nên không nhận. Báo cho tuyến trên.';
    case 'pack.damaged':
      return 'Gói nhận về không đúng với gói tuyến trên đã ký, nên không dùng. Báo cho tuyến trên.';
    case 'pack.unsupportedFormat':
      return 'Phần mềm trên máy này chưa đọc được loại gói này. Cập nhật phần mềm rồi máy tự nhận lại.';
    case 'pack.otherText':
      return 'Cơ quan đã cài một gói khác nội dung dưới cùng số bản. Báo tuyến trên công bố bản mang số lớn hơn.';
    default:
      return detail === null || detail === '' ? 'Gói có lỗi nên không nhận cả gói. Báo cho tuyến trên.' : `Gói có lỗi nên không nhận cả gói: ${detail}. Báo cho tuyến trên.`;
  }
}
