/** Words of the controls themselves, the same on every screen. */
export const viUi = {
  keys: {
    next: 'ô tiếp',
    previous: 'ô trước',
    nextBlock: 'phần tiếp',
    previousBlock: 'phần trước',
    openList: 'mở danh sách',
    tick: 'đánh dấu',
    choose: 'chọn',
    chooseAndConfirm: 'chọn, Enter xác nhận',
    open: 'mở',
    close: 'đóng',
    doIt: 'làm',
  },
  /** How keys are printed on their caps where the name is not international. */
  caps: {
    space: 'Dấu cách',
    shiftEnter: '⇧Enter',
  },
  field: {
    optional: '(không bắt buộc)',
  },
  date: {
    unreadable: 'Chưa đọc được ngày này. Gõ ngày rồi tháng, ví dụ 3/11 hoặc 03112026.',
    impossible: 'Không có ngày {typed}. {Xưng} xem lại ngày và tháng.',
  },
  time: {
    unreadable: 'Chưa đọc được giờ này. Gõ ví dụ 7:30 hoặc 0730.',
  },
  money: {
    unreadable: 'Số tiền chỉ gồm chữ số, ví dụ 6.000.',
    currency: 'đ',
  },
  list: {
    openLabel: 'Mở danh sách',
    label: 'Danh sách để chọn',
    empty: 'Không thấy mục nào có “{typed}”. Thử gõ ít chữ hơn.',
    more: 'Còn {count} mục nữa, gõ thêm chữ để thu hẹp.',
    nothingChosen: 'Chưa chọn',
  },
  form: {
    errorsLeft: 'Còn {count} chỗ cần sửa.',
    errorCode: 'Mã lỗi: {code}',
  },
  loading: 'Đang mở…',
  dialog: {
    close: 'Đóng',
  },
} as const;
