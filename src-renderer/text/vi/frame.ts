/** Words of the frame around every screen. */
export const viFrame = {
  product: 'Một Cửa Vùng Cao',
  windowTitle: '{screen} – Một Cửa Vùng Cao',
  railLabel: 'Mục chính',
  keyBarLabel: 'Các phím dùng được ở đây',
  rail: {
    today: 'Hôm nay',
    receive: 'Tiếp nhận',
    dossiers: 'Hồ sơ',
    handOver: 'Trả kết quả',
    printQueue: 'Chờ in',
    workload: 'Điều hành',
    registers: 'Sổ theo dõi',
    province: 'Nhập tỉnh',
    appointments: 'Lịch hẹn',
    sync: 'Gửi – nhận',
    settings: 'Cài đặt',
  },
  find: {
    label: 'Tìm hồ sơ',
    placeholder: 'Tìm tên, mã, căn cước, điện thoại',
    key: 'Tìm',
  },
  officer: {
    label: 'Đổi người hoặc khóa máy: {name}',
    lock: 'Khóa máy, đổi người',
  },
  draft: {
    kept: 'Đã giữ bản nháp trên máy',
    keeping: 'Đang giữ bản nháp…',
  },
  back: 'quay lại',
  network: {
    none: 'Chưa có mạng, làm việc bình thường',
    waitingLong: 'Việc chờ lâu nhất đã {days} ngày. Nên chép ra USB.',
    allSent: 'Đã gửi hết lúc {time}',
    sending: 'Đang gửi {count} việc',
  },
  core: {
    reconnecting: 'Đang nối lại với phần lưu trữ… Chữ đã nhập vẫn còn.',
  },
  palette: {
    key: 'Gõ việc cần làm',
    label: 'Gõ việc cần làm',
    hint: 'không cần gõ dấu',
    empty: 'Không thấy việc nào có “{typed}”. Thử gõ ít chữ hơn.',
  },
  fault: {
    title: 'Màn này đang lỗi',
    words: 'Việc đã lưu và chữ đã nhập vẫn còn.',
    help: 'Màn này không mở được vì lỗi của phần mềm. {Xưng} về Hôm nay làm tiếp; gặp lại thì báo quản trị.',
    home: 'Về Hôm nay',
  },
  help: {
    key: 'Trợ giúp',
    of: 'Trợ giúp: {place}',
    field: 'Ô đang đứng: {label}',
    keys: 'Các phím dùng được ở đây',
    more: 'Không nhớ phím thì bấm Ctrl+K rồi gõ việc cần làm, không cần dấu.',
    close: 'Đóng',
  },
  training: 'Đang tập huấn',
} as const;
