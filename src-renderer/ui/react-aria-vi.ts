/**
 * The hidden texts of React Aria in Vietnamese: labels that screen readers speak. The library has 34 languages and no
 * Vietnamese, and takes no texts from outside for most of them, so the build puts these in the place of its English ones
 * (react-aria-vi-plugin.ts). Names and parameters are the library's; a test compares them with the installed version.
 */

type Values = Readonly<Record<string, string | number>>;
interface Formatter {
  readonly number: (value: string | number | undefined) => string;
}
type HiddenText = string | ((values: Values, formatter: Formatter) => string);
type HiddenTexts = Readonly<Record<string, HiddenText>>;

const SELECTION = { select: 'Chọn', selectAll: 'Chọn tất cả' } as const;
const FOLDING = { expand: 'Mở ra', collapse: 'Thu lại' } as const;

/** By the library's own group names; `components` are those of react-aria-components, `stately-…` of react-stately. */
export const REACT_ARIA_VI: Readonly<Record<string, HiddenTexts>> = {
  autocomplete: { collectionLabel: 'Gợi ý' },
  breadcrumbs: { breadcrumbs: 'Đường dẫn' },
  calendar: {
    previous: 'Trước',
    next: 'Sau',
    selectedDateDescription: (values) => `Ngày đã chọn: ${values['date']}`,
    selectedRangeDescription: (values) => `Khoảng đã chọn: ${values['dateRange']}`,
    todayDate: (values) => `Hôm nay, ${values['date']}`,
    todayDateSelected: (values) => `Hôm nay, ${values['date']}, đã chọn`,
    dateSelected: (values) => `${values['date']}, đã chọn`,
    startRangeSelectionPrompt: 'Bấm để chọn ngày đầu',
    finishRangeSelectionPrompt: 'Bấm để chọn ngày cuối',
    minimumDate: 'Ngày sớm nhất',
    maximumDate: 'Ngày muộn nhất',
    dateRange: (values) => `từ ${values['startDate']} đến ${values['endDate']}`,
  },
  combobox: {
    focusAnnouncement: (values, formatter) => {
      const group = values['isGroupChange'] ? `Vào nhóm ${values['groupTitle']}, ${formatter.number(values['groupCount'])} mục. ` : '';
      return `${group}${values['optionText']}${values['isSelected'] ? ', đã chọn' : ''}`;
    },
    countAnnouncement: (values, formatter) => `Có ${formatter.number(values['optionCount'])} mục.`,
    selectedAnnouncement: (values) => `${values['optionText']}, đã chọn`,
    buttonLabel: 'Mở danh sách',
    listboxLabel: 'Danh sách để chọn',
  },
  components: {
    selectPlaceholder: 'Chưa chọn',
    tableResizer: 'Đổi độ rộng cột',
    dropzoneLabel: 'Vùng thả',
    colorSwatchPicker: 'Bảng màu',
  },
  datepicker: {
    era: 'kỷ nguyên',
    year: 'năm',
    month: 'tháng',
    day: 'ngày',
    hour: 'giờ',
    minute: 'phút',
    second: 'giây',
    dayPeriod: 'sáng, chiều',
    calendar: 'Lịch',
    startDate: 'Ngày đầu',
    endDate: 'Ngày cuối',
    weekday: 'thứ',
    timeZoneName: 'múi giờ',
    selectedDateDescription: (values) => `Ngày đã chọn: ${values['date']}`,
    selectedRangeDescription: (values) => `Khoảng đã chọn: từ ${values['startDate']} đến ${values['endDate']}`,
    selectedTimeDescription: (values) => `Giờ đã chọn: ${values['time']}`,
  },
  grid: {
    deselectedItem: (values) => `Đã bỏ chọn ${values['item']}.`,
    select: SELECTION.select,
    selectedCount: (values, formatter) =>
      Number(values['count']) === 0 ? 'Chưa chọn mục nào.' : `Đã chọn ${formatter.number(values['count'])} mục.`,
    selectedAll: 'Đã chọn tất cả.',
    selectedItem: (values) => `Đã chọn ${values['item']}.`,
    longPressToSelect: 'Nhấn giữ để chọn nhiều mục.',
  },
  menu: { longPressMessage: 'Nhấn giữ, hoặc bấm Alt và mũi tên xuống để mở' },
  numberfield: {
    decrease: (values) => `Bớt ${values['fieldLabel'] ?? ''}`.trim(),
    increase: (values) => `Thêm ${values['fieldLabel'] ?? ''}`.trim(),
    numberField: 'Ô số',
  },
  overlays: { dismiss: 'Đóng' },
  searchfield: { 'Clear search': 'Xóa chữ tìm' },
  spinbutton: { Empty: 'Để trống' },
  steplist: { steplist: 'Các bước' },
  table: {
    ...SELECTION,
    ...FOLDING,
    sortable: 'cột sắp xếp được',
    ascending: 'tăng dần',
    descending: 'giảm dần',
    ascendingSort: (values) => `đã xếp tăng dần theo cột ${values['columnName']}`,
    descendingSort: (values) => `đã xếp giảm dần theo cột ${values['columnName']}`,
    columnSize: (values) => `${values['value']} điểm ảnh`,
    resizerDescription: 'Bấm Enter để đổi độ rộng cột',
  },
  tag: { removeDescription: 'Bấm Delete để bỏ.', removeButtonLabel: 'Bỏ' },
  toast: {
    close: 'Đóng',
    notifications: (values, formatter) => `${formatter.number(values['count'])} thông báo.`,
  },
  tree: FOLDING,
  'stately-datepicker': {
    rangeUnderflow: (values) => `Ngày sớm nhất là ${values['minValue']}.`,
    rangeOverflow: (values) => `Ngày muộn nhất là ${values['maxValue']}.`,
    rangeReversed: 'Ngày đầu phải trước ngày cuối.',
    unavailableDate: 'Ngày này không chọn được.',
  },
};
