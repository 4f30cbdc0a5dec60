/** Words of the first-day tour. `practice` stands instead of `words` where the practice office lets one really do it. */
export const viTour = {
  label: 'Chỉ dẫn ngày đầu',
  stepOf: 'Bước {step} trong {count}',
  next: 'Bước sau',
  finish: 'Xong chỉ dẫn',
  end: 'Thôi chỉ dẫn',
  endKey: 'thôi chỉ dẫn',
  offer: {
    title: 'Ngày đầu làm ở máy này?',
    words: 'Đi thử một vòng, chừng hai phút: nhận hồ sơ, in giấy, tìm, trả kết quả.',
    later: 'Để sau',
    start: 'Bắt đầu',
    again: 'Xem lại được ở Cài đặt, mục Của tôi.',
  },
  again: {
    title: 'Chỉ dẫn ngày đầu',
    words: 'Đi lại một vòng qua các màn hay dùng. Máy không ghi gì, bấm Esc là thôi.',
    start: 'Xem lại chỉ dẫn',
  },
  steps: {
    home: {
      title: 'Hôm nay là chỗ bắt đầu',
      words: 'Có người đến thì bấm F2, hoặc quét thẻ căn cước. Bấm F2 xem.',
    },
    procedure: {
      title: 'Chọn thủ tục',
      words: 'Bấm phím số của thủ tục hay dùng, hoặc gõ vài chữ không dấu. Chưa có ai đến thì chưa cần chọn.',
      practice: 'Bấm phím số của một thủ tục, hoặc gõ vài chữ không dấu rồi Enter.',
    },
    person: {
      title: 'Ghi người nộp',
      words: 'Quét thẻ thì máy tự điền. Không có thẻ thì gõ họ tên, Enter để sang ô sau.',
      practice: 'Gõ một tên bất kỳ, Enter để sang ô sau. Có thẻ thì quét, máy tự điền.',
    },
    papers: {
      title: 'Đánh dấu giấy tờ',
      words: 'Chọn thủ tục xong, giấy phải nộp hiện ở đây. Đủ rồi thì bấm Space ở nút Đủ giấy bắt buộc.',
      practice: 'Bấm Space ở nút Đủ giấy bắt buộc. Thiếu giấy thì bấm F7 để ghi hướng dẫn.',
    },
    save: {
      title: 'F10 để lưu và in',
      words: 'Với hồ sơ thật, F10 lưu, cấp mã và in giấy hẹn. Bây giờ chưa có ai thì chưa bấm.',
      practice: 'Bấm F10: máy lưu, cấp mã, in giấy có chữ TẬP HUẤN. Trả lời giấy đã ra chưa.',
    },
    find: {
      title: 'F3 để tìm',
      words: 'Bấm F3, gõ tên, mã hoặc số điện thoại, không cần dấu, rồi Enter.',
    },
    handOver: {
      title: 'F8 để trả kết quả',
      words: 'Người dân đến lấy kết quả thì bấm F8, gõ tên hoặc mã trên giấy hẹn.',
    },
    help: {
      title: 'F1 khi không rõ',
      words: 'Ở màn nào F1 cũng nói màn ấy để làm gì. Các phím dùng được nằm ở hàng dưới cùng.',
    },
  },
} as const;
