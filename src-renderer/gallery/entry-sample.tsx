import { useState } from 'react';
import { EntryPage } from '../frame/entry-page.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { TextField } from '../ui/fields/text-field.tsx';
import { FormScope } from '../ui/keyboard/form-scope.tsx';
import { vi } from '../text/vi.ts';
import { Note } from '../ui/note.tsx';
import { PickList } from '../ui/pick-list.tsx';

const OFFICERS = [
  ['Nguyễn Thị Hạnh', 'Tiếp nhận'], ['Sùng A Chứ', 'Tiếp nhận, trả kết quả'], ['Hoàng Ngọc Ánh', 'Tư pháp – hộ tịch'], ['Lý Láo Tả', 'Địa chính'], ['Đặng Văn Lâm', 'Lãnh đạo'],
] as const;

/** A page without the frame: who works here? */
export function EntrySample() {
  const [password, setPassword] = useState('');
  return (
    <EntryPage help={vi.help.gates.signIn} title="Đăng nhập" side={<div className="sample-place"><p>Trung tâm Phục vụ hành chính công</p><p className="sample-when"><b>Xã Nậm Khâu</b></p><p>Tỉnh Lào Cai</p></div>}>
      <h1>Ai đang làm việc ở máy này?</h1>
      <p className="muted">Máy số 2 · Quầy 2 · Thứ Sáu, ngày 20/11/2026</p>
      <FormScope className="stack sample-entry">
        <PickList label="Cán bộ" autoFocus columns={3} mode="confirm" onPick={() => undefined}
          items={OFFICERS.map(([name, role], index) => ({ id: name, label: <b>{name}</b>, note: role, digit: index + 1 }))} />
        <Card>
          <div className="stack">
            <TextField label="Mật khẩu của Nguyễn Thị Hạnh" type="password" value={password} onChange={setPassword} autoComplete="current-password" />
            <Button kind="main" isMainAction label="Vào làm việc" cap="Enter" onPress={() => undefined} />
          </div>
        </Card>
        <Note kind="calm" title="Máy chưa có mạng, chị vẫn đăng nhập và làm việc bình thường.">Mọi việc lưu trên máy này.</Note>
      </FormScope>
    </EntryPage>
  );
}
