import { Printer } from 'lucide-react';
import { useState } from 'react';
import { Screen } from '../frame/screen.tsx';
import { Button, LinkButton } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Chip, type Tone } from '../ui/chip.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ComboBox } from '../ui/fields/combo-box.tsx';
import { Checkbox, SegmentedChoice } from '../ui/fields/choice-fields.tsx';
import { DateField } from '../ui/fields/date-field.tsx';
import { IdNumberField, MoneyField, NumberField, TimeField } from '../ui/fields/number-fields.tsx';
import { Select } from '../ui/fields/select.tsx';
import { NotesField, TextField } from '../ui/fields/text-field.tsx';
import { EmptyState, Note, Skeleton } from '../ui/note.tsx';
import { PickList } from '../ui/pick-list.tsx';
import { SAMPLE_DOCUMENTS, SAMPLE_TODAY } from './sample-data.ts';

const TONES: readonly (readonly [Tone, string])[] = [
  ['early', 'Còn hạn'], ['ontime', 'Đúng hạn'], ['today', 'Đến hạn hôm nay'], ['over', 'Quá hạn 2 ngày'], ['pause', 'Chờ bổ sung'], ['desk', 'Ở máy này'], ['working', 'Đang in…'],
];

const MANY = Array.from({ length: 120 }, (_, index) => ({ id: String(index), label: `Thôn số ${index + 1}` }));

interface ControlsSampleProps {
  readonly onDone: (what: string) => void;
}

/** Every control once, in a form, so that the keyboard can be tried. */
export function ControlsSample({ onDone }: ControlsSampleProps) {
  const [isAsking, setIsAsking] = useState(false);
  return (
    <Screen title="Mọi ô và nút" form>
      <div className="sample-columns">
        <Fields onDone={onDone} />
        <div className="stack">
          <Card title="Nút">
            <div className="row wraps">
              <Button label="Nút thường" onPress={() => onDone('thường')} />
              <Button kind="in-block" label="Trong khối" combo="Alt+3" onPress={() => onDone('khối')} />
              <Button kind="quiet" label="Nút nhẹ" onPress={() => onDone('nhẹ')} />
              <Button kind="main" isMainAction label="In lại" icon={Printer} combo="F9" onPress={() => setIsAsking(true)} />
              <LinkButton label="Đường dẫn" onPress={() => onDone('dẫn')} />
            </div>
            <Button label="Trả kết quả" combo="F8" disabledReason="Chọn xong ở khung bên trái thì trả được." onPress={() => onDone('trả')} />
          </Card>
          <Card title="Nhãn"><div className="row wraps">{TONES.map(([tone, words]) => <Chip key={tone} tone={tone}>{words}</Chip>)}</div></Card>
          <Note kind="warn" title="Nhắc">Xem lại thẻ; đúng rồi thì cứ làm tiếp.</Note>
          <Note kind="bad" title="Chưa lưu được" errorCode="procedure.unknown">Danh mục không có thủ tục này.</Note>
          <Note kind="calm">Mọi việc lưu trên máy này.</Note>
          <Note kind="good">Đã in xong.</Note>
          <Card isFlush><EmptyState action={<LinkButton label="Tiếp nhận người mới" onPress={() => onDone('mới')} />}>Chưa có hồ sơ nào đến hạn hôm nay.</EmptyState></Card>
          <Card isFlush><Skeleton lines={3} /></Card>
          <Card title="Chọn có hệ quả"><PickList label="Giấy đã ra chưa?" mode="confirm" columns={1} onPick={onDone}
            items={[{ id: 'out', label: 'Giấy đã ra đủ', note: 'Ghi là đã in', digit: 1 }, { id: 'jam', label: 'Giấy kẹt', note: 'In lại đúng bản này', digit: 2 }]} /></Card>
        </div>
      </div>
      {isAsking && (
        <Dialog title="In lại lần 1" onClose={() => setIsAsking(false)} actions={<Button kind="main" label="In lại bản này" onPress={() => {
          setIsAsking(false);
          onDone('in lại');
        }} />}>
          <p>Giấy sẽ có chữ BẢN IN LẠI.</p>
        </Dialog>
      )}
    </Screen>
  );
}

function Fields({ onDone }: ControlsSampleProps) {
  const [name, setName] = useState('');
  const [notes, setNotes] = useState('');
  const [date, setDate] = useState<string>();
  const [time, setTime] = useState<number>();
  const [money, setMoney] = useState<number>();
  const [copies, setCopies] = useState<number | undefined>(1);
  const [idNumber, setIdNumber] = useState('');
  const [documentId, setDocumentId] = useState<string>();
  const [documentText, setDocumentText] = useState('');
  const [village, setVillage] = useState<string>();
  const [channel, setChannel] = useState<string>();
  const [sex, setSex] = useState<'male' | 'female'>();
  const [isSigned, setIsSigned] = useState(false);
  return (
    <Card title="Ô nhập">
      <div className="stack">
        <TextField label="Họ và tên" value={name} onChange={setName} autoFocus error={name === '' ? { words: 'Ghi họ tên theo thẻ.', fix: { label: 'Dùng Lò Thị Mai', onFix: () => setName('Lò Thị Mai') } } : undefined} />
        <IdNumberField label="Số căn cước" value={idNumber} onChange={setIdNumber}
          error={idNumber !== '' && idNumber.length !== 12 ? `Số căn cước phải đủ 12 chữ số, hiện có ${idNumber.length}.` : undefined} />
        <DateField label="Ngày sinh" today={SAMPLE_TODAY} value={date} onChange={setDate} hint="Gõ 3/11, 0311 hoặc 03112026" />
        <TimeField label="Giờ hẹn" value={time} onChange={setTime} />
        <SegmentedChoice label="Giới tính" options={[{ id: 'male', label: 'Nam' }, { id: 'female', label: 'Nữ' }]} value={sex} onChange={setSex} />
        <ComboBox label="Tên giấy tờ" options={SAMPLE_DOCUMENTS} value={documentId} freeText={documentText} onFreeTextChange={setDocumentText}
          onChange={(id, option) => {
            setDocumentId(id);
            if (option !== undefined) onDone(option.label);
          }} hint="Gõ vài chữ không dấu, ví dụ: bang tn, hoc ba" />
        <ComboBox label="Thôn" labelNote="(không bắt buộc)" options={MANY} value={village} onChange={setVillage} />
        <Select label="Cách nộp" options={[{ id: 'direct', label: 'Trực tiếp' }, { id: 'post', label: 'Qua bưu chính' }, { id: 'online', label: 'Trực tuyến' }]} value={channel} onChange={setChannel} />
        <NumberField label="Số bản" value={copies} onChange={setCopies} min={1} max={99} />
        <MoneyField label="Phí" value={money} onChange={setMoney} />
        <Checkbox isSelected={isSigned} onChange={setIsSigned}>Đã ký vào tờ khai</Checkbox>
        <TextField label="Mã hồ sơ" value="H99.27-261120-2017" onChange={() => undefined} isAuto isReadOnly hasFigures />
        <NotesField label="Ghi chú" labelNote="(không bắt buộc)" value={notes} onChange={setNotes} />
      </div>
    </Card>
  );
}
