import { FileText, Printer, QrCode } from 'lucide-react';
import { useRef, useState } from 'react';
import { DraftState } from '../frame/draft-state.tsx';
import { Screen } from '../frame/screen.tsx';
import { Button, LinkButton } from '../ui/button.tsx';
import { Block, Card, ValueLine } from '../ui/card.tsx';
import { Chip } from '../ui/chip.tsx';
import { Checkbox, SegmentedChoice } from '../ui/fields/choice-fields.tsx';
import { DateField } from '../ui/fields/date-field.tsx';
import { NumberField, PhoneField } from '../ui/fields/number-fields.tsx';
import { TextField } from '../ui/fields/text-field.tsx';
import type { FormScopeHandle } from '../ui/keyboard/form-scope.tsx';
import { Note } from '../ui/note.tsx';
import { Table } from '../ui/table.tsx';
import { SAMPLE_TODAY } from './sample-data.ts';

const PAPERS = [
  { id: '1', name: 'Tờ khai đăng ký khai sinh', note: '', isNeeded: true },
  { id: '2', name: 'Giấy chứng sinh', note: '', isNeeded: true },
  { id: '3', name: 'Căn cước của người đi khai', note: '(xuất trình)', isNeeded: true },
  { id: '4', name: 'Văn bản ủy quyền', note: '(chỉ khi nộp thay)', isNeeded: false },
];

interface ReceiveSampleProps {
  readonly onDone: (what: string) => void;
}

export function ReceiveSample({ onDone }: ReceiveSampleProps) {
  const form = useRef<FormScopeHandle>(null);
  const [phone, setPhone] = useState('0900000123');
  const [papers, setPapers] = useState<ReadonlySet<string>>(new Set(['1', '2', '3']));
  const [errorCount, setErrorCount] = useState(0);
  const child = useChild();
  function save(): void {
    const count = form.current?.revealErrors() ?? 0;
    setErrorCount(count);
    if (count === 0) onDone('Lưu');
  }
  return (
    <Screen title="Tiếp nhận hồ sơ" status={<DraftState isKept />} form={form} side={<Consequences />} actions={<>
      {errorCount > 0 && <Note kind="bad">{`Còn ${errorCount} chỗ cần sửa.`}</Note>}
      <Button kind="main" isTall isMainAction label="Lưu và in giấy hẹn" combo="F10" keyOrder={70} icon={Printer} onPress={save} />
      <Button label="Thiếu giấy, hướng dẫn" combo="F7" keyOrder={71} icon={FileText} onPress={() => onDone('Thiếu giấy')} />
    </>}>
      <Block step={1} state="done" label="Thủ tục" isCentred>
        <div className="row wide">
          <div className="grow"><p className="label">Thủ tục</p><h2>Đăng ký khai sinh</h2></div>
          <span className="muted small num sample-wide-only">1.001193</span>
          <span className="sample-wide-only"><Chip tone="desk" icon="none">Hộ tịch</Chip></span>
          <Button kind="in-block" label="Đổi thủ tục" combo="Alt+1" onPress={() => onDone('Đổi thủ tục')} />
        </div>
      </Block>
      <Block step={2} state="done" label="Người nộp">
        <div className="row wraps sample-person-head">
          <span className="label nowrap">Người nộp, cũng là chủ hồ sơ</span>
          <span className="end" /><Chip tone="desk" icon={QrCode}>Đọc từ thẻ, chưa xác minh</Chip>
          <Button kind="in-block" label="Nộp thay người khác" combo="Alt+2" onPress={() => onDone('Nộp thay')} />
        </div>
        <div className="sample-person">
          <div><p className="sample-name">Giàng A Páo</p><p className="muted small">Cha của trẻ, sinh <span className="num">12/03/1994</span></p></div>
          <div><p className="label">Số căn cước</p><p className="num sample-id">010 094 000 123</p></div>
          <PhoneField label="Điện thoại" labelNote="(không bắt buộc)" value={phone} onChange={setPhone}
            error={phone.length > 0 && phone.length < 10 ? 'Số điện thoại còn thiếu chữ số.' : undefined} />
        </div>
        <p className="row baseline wraps"><span className="label">Nơi thường trú <span className="label-note">(giữ nguyên chữ trên thẻ)</span></span> Thôn Háng Tâu, Nậm Khâu, Bát Xát, Lào Cai</p>
      </Block>
      <Block step={3} state="done" label="Trẻ được khai sinh" hasKey>
        <div className="sample-child">
          <TextField label="Họ tên trẻ" value={child.name} onChange={child.setName} error={child.name === '' ? 'Ghi họ tên trẻ theo tờ khai.' : undefined} />
          <DateField label="Ngày sinh" today={SAMPLE_TODAY} value={child.birthDate} onChange={child.setBirthDate} />
          <SegmentedChoice label="Giới tính" options={[{ id: 'male', label: 'Nam' }, { id: 'female', label: 'Nữ' }]} value={child.sex} onChange={child.setSex} />
          <div className="sample-wide-only"><NumberField label="Số bộ" value={child.sets} onChange={child.setSets} min={1} max={9} isAuto /></div>
        </div>
      </Block>
      <Block step={4} state="current" label="Giấy tờ" hasKey>
        <div className="row">
          <span className="label grow">Giấy tờ <b className="sample-good">3 giấy bắt buộc, đã có {Math.min(3, papers.size)}</b></span>
          <Button kind="in-block" keepsCap isPassedByEnter autoFocus label="Đủ giấy bắt buộc" cap="Space" onPress={() => setPapers(new Set(['1', '2', '3']))} />
        </div>
        <div className="sample-papers"><PapersTable papers={papers} onChange={setPapers} /></div>
        <p className="small"><LinkButton label="2 giấy chỉ cần trong trường hợp riêng: trẻ bị bỏ rơi, mang thai hộ" onPress={() => onDone('Giấy riêng')} /></p>
      </Block>
    </Screen>
  );
}

function useChild() {
  const [name, setName] = useState('Giàng Thị Mỷ');
  const [birthDate, setBirthDate] = useState<string | undefined>('2026-11-03');
  const [sex, setSex] = useState<'male' | 'female' | undefined>('female');
  const [sets, setSets] = useState<number | undefined>(1);
  return { name, setName, birthDate, setBirthDate, sex, setSex, sets, setSets };
}

function PapersTable({ papers, onChange }: { readonly papers: ReadonlySet<string>; readonly onChange: (papers: ReadonlySet<string>) => void }) {
  const dash = <span className="muted">–</span>;
  return (
    <Table label="Giấy tờ" density="dense" isFramed rows={PAPERS} rowId={(row) => row.id} isWeak={(row) => !row.isNeeded}
      columns={[
        { id: 'has', header: 'Có', width: 48, cell: (row) => (
          <Checkbox isAuto accessibleName={row.name} isSelected={papers.has(row.id)} onChange={(isSelected) => {
            const next = new Set(papers);
            if (isSelected) next.add(row.id);
            else next.delete(row.id);
            onChange(next);
          }} />
        ) },
        { id: 'name', header: 'Tên giấy tờ', cell: (row) => <>{row.name} <span className="muted small sample-wide-only">{row.note}</span></> },
        { id: 'original', header: 'Bản chính', width: 96, align: 'centre', hasFigures: true, cell: (row) => (row.id === '3' ? <span className="small">Đã xem</span> : papers.has(row.id) ? <b>1</b> : dash) },
        { id: 'certified', header: 'Chứng thực', width: 96, align: 'centre', cell: () => dash },
        { id: 'photo', header: 'Bản photo', width: 96, align: 'centre', cell: () => dash },
      ]} />
  );
}

function Consequences() {
  return (
    <>
      <Note kind="warn" title="Ông Páo đang có 1 hồ sơ khai sinh khác">
        <p>Cháu Giàng A Dế, nhận <span className="num">18/11</span>, đang chờ Giấy chứng sinh. Nếu lần này là cháu khác thì cứ làm tiếp.</p>
        <LinkButton label="Xem hồ sơ kia" onPress={() => undefined} />
      </Note>
      <Card accent="appointment">
        <p className="label">Hẹn trả kết quả</p>
        <p className="sample-when"><b>Thứ Hai, <span className="num">23/11/2026</span></b></p>
        <p className="sample-by">trước <span className="num">17:00</span>, tại Quầy 2</p>
        <p className="separator small"><b>Vì sao?</b> Nhận lúc <span className="num">15:12</span>, sau 15 giờ, nên trả vào ngày làm việc tiếp theo. Thứ Bảy và Chủ nhật nghỉ.</p>
      </Card>
      <Card>
        <ValueLine label="Lệ phí"><b className="num sample-fee">0 đ</b></ValueLine>
        <p className="small muted">Miễn: khai sinh đúng hạn, cháu được 17 ngày (trong 60 ngày).</p>
        <div className="separator sample-tall-only"><ValueLine label="Phí"><span className="muted small">Thủ tục này không có phí</span></ValueLine></div>
      </Card>
      <Card>
        <ValueLine label="Nhận kết quả"><b>Tại quầy</b></ValueLine>
        <div className="sample-tall-only"><ValueLine label="Cách nộp"><b>Trực tiếp</b></ValueLine></div>
      </Card>
    </>
  );
}
