/** Words where desks wrote against each other; the sides themselves come in words from the core. */
export const viConflicts = {
  heading: '{title}, {xưng} chọn giúp',
  act: 'Việc đã ghi',
  side: '{desk} · {who}',
  unknownDesk: 'Máy khác',
  sides: 'Mỗi máy đã ghi gì',
  options: 'Chọn một cách',
  how: 'Bấm số để chọn, Enter để xác nhận.',
} as const;
