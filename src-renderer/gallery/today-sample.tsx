import { Check, FilePlus, Files, HandCoins, IdCard } from 'lucide-react';
import { Screen } from '../frame/screen.tsx';
import { formatShortCode } from '../text/format.ts';
import { Button, LinkButton } from '../ui/button.tsx';
import { Card, Counter } from '../ui/card.tsx';
import { Chip } from '../ui/chip.tsx';
import { Icon } from '../ui/icon.tsx';
import { PickList } from '../ui/pick-list.tsx';
import { Table, type TableColumn } from '../ui/table.tsx';
import { SAMPLE_FAVOURITES, SAMPLE_TASKS, type SampleTask } from './sample-data.ts';

const COLUMNS: readonly TableColumn<SampleTask>[] = [
  { id: 'name', header: 'Người, việc', cell: (row) => <><b>{row.name}</b><span className="second-line">{row.matter}</span></> },
  { id: 'code', header: 'Mã hồ sơ', width: 134, hasFigures: true, isWideOnly: true, cell: (row) => <span className="muted">{formatShortCode(row.code)}</span> },
  { id: 'due', header: 'Hạn', width: 170, cell: (row) => <Chip tone={row.tone}>{row.due}</Chip> },
  { id: 'next', header: 'Việc tiếp theo', width: 230, cell: (row) => <span className="detail">{row.next}</span> },
];

interface TodaySampleProps {
  readonly onDone: (what: string) => void;
}

export function TodaySample({ onDone }: TodaySampleProps) {
  return (
    <Screen title="Hôm nay" layout="column">
      <div className="card sample-hero">
        <div className="stack">
          <div className="row wide">
            <span className="icon-tile"><Icon shape={IdCard} size="large" /></span>
            <div><h2>Tiếp nhận người dân</h2><p className="muted">Quét thẻ căn cước, hoặc chọn việc bằng phím số</p></div>
          </div>
          <span className="grow" />
          <Button kind="main" isTall label="Tiếp nhận" combo="F2" keyOrder={1} icon={FilePlus} onPress={() => onDone('Tiếp nhận')} />
        </div>
        <PickList label="Thủ tục hay làm" autoFocus onPick={onDone}
          items={SAMPLE_FAVOURITES.map((label, index) => ({ id: label, label, digit: index + 1 }))} />
      </div>
      <div className="counters">
        <Counter count={1} words="Quá hạn" tone="over" onOpen={() => onDone('Quá hạn')} />
        <Counter count={3} words="Đến hạn hôm nay" tone="today" onOpen={() => onDone('Đến hạn')} />
        <Counter count={5} words="Có kết quả, chờ trả" icon={HandCoins} onOpen={() => onDone('Chờ trả')} />
        <Counter count={2} words="Chờ dân bổ sung" tone="pause" onOpen={() => onDone('Bổ sung')} />
        <Counter count={21} words="Đang giải quyết" icon={Files} onOpen={() => onDone('Giải quyết')} />
        <Counter count={16} words="Đã nhận hôm nay" icon={Check} onOpen={() => onDone('Đã nhận')} />
      </div>
      <div className="sample-two">
        <Card title="Việc của tôi" note="gần hạn nhất ở trên" aside="5 / 12 việc" isFlush isClipped
          foot={<LinkButton label="Còn 7 việc nữa, xem tất cả" onPress={() => onDone('Tất cả')} />}>
          <Table label="Việc của tôi" columns={COLUMNS} rows={SAMPLE_TASKS} rowId={(row) => row.id} onOpen={(row) => onDone(row.name)}
            density="two-line" isHeadHidden />
        </Card>
        <div className="stack sample-wide-only">
          <Card title="Đang nhập dở" aside="1 bản nháp">
            <div className="row wide"><div className="grow"><b>Lầu Thị Súa</b><p className="muted small">Trợ cấp hưu trí xã hội · dừng ở mục Giấy tờ, <span className="num">11:24</span></p></div>
              <Button kind="in-block" label="Làm tiếp" onPress={() => onDone('Làm tiếp')} /></div>
          </Card>
          <Card title="Hẹn đến lấy hôm nay" aside="2 / 5 đã đến" isFlush isClipped>
            <ul className="lines">
              <li><span className="num">15:00</span><b className="grow">Hạng Thị Dở</b><span className="muted small">Bản sao trích lục</span></li>
              <li><span className="num">15:30</span><b className="grow">Tẩn Mùi Mẩy</b><span className="muted small">Xác nhận hôn nhân</span></li>
              <li><span className="num">16:00</span><b className="grow">Lò Thị Mai</b><span className="muted small">Chứng thực chữ ký</span></li>
            </ul>
          </Card>
        </div>
      </div>
    </Screen>
  );
}
