/** Days, due times and amounts of time in words. */
export const viDates = {
  /** By number of the weekday, Sunday first. */
  weekdays: ['Chủ nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy'],
  due: {
    overdueDays: 'Quá hạn {count} ngày',
    overdueToday: 'Quá hạn từ {time}',
    today: 'Hôm nay, {time}',
    tomorrow: 'Ngày mai, {time}',
    days: 'Còn {count} ngày',
  },
  ago: {
    minutes: '{count} phút trước',
    hours: '{count} giờ trước',
    days: '{count} ngày trước',
    now: 'vừa xong',
  },
} as const;
