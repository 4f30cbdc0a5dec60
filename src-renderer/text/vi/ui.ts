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
  /** F1: how to type into a kind of field. */
  help: {
    date: 'Gõ 3/11, 0311 hoặc 03112026. Thiếu năm thì máy điền năm và hiện đủ ngày.',
    time: 'Gõ 7:30, 730 hoặc 0730.',
    money: 'Chỉ gõ chữ số, ví dụ 6000. Để trống là chưa rõ, không phải miễn phí.',
    picks: 'Bấm chữ số trên ô, hoặc dùng mũi tên rồi Enter.',
    list: 'Gõ vài chữ không dấu để lọc. Mũi tên để chọn, Enter để nhận, F4 mở cả danh sách.',
    choice: 'Bấm 1, 2, 3 để chọn và sang ô sau; mũi tên để chọn và ở lại.',
    tick: 'Dấu cách để đánh dấu hoặc bỏ dấu.',
    notes: 'Gõ tự do. Alt+Enter để xuống dòng.',
    rows: 'Mũi tên lên, xuống để chọn dòng; Enter để mở.',
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
