import { useRef, useState } from 'react';
import { codeShapeSchema } from '../../../src-shared/domain/province/foreign-code.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { FormScope, type FormScopeHandle } from '../../ui/keyboard/form-scope.tsx';
import { Note } from '../../ui/note.tsx';
import type { SaveSetting } from './province-settings.ts';

const words = vi.province.settings;
const EXAMPLE = '{agency}-{yyMMdd}-{digits:4}';

/** How codes of the province look: another one is asked about when it is linked. Several shapes stand in one line, `;` between them. */
export function ShapeCard({ shapes, isSaved, save }: { readonly shapes: readonly string[]; readonly isSaved: boolean; readonly save: SaveSetting }) {
  const form = useRef<FormScopeHandle>(null);
  const [text, setText] = useState(shapes.join('; '));
  const typed = text.split(';').map((shape) => shape.trim()).filter((shape) => shape !== '');
  const wrong = typed.map((shape) => codeShapeSchema.safeParse(shape).error?.issues[0]?.message).find((message) => message !== undefined);
  return (
    <Card title={words.shapeTitle}>
      <FormScope className="stack settings-form" handle={form}>
        <TextField label={words.shape} hint={t(words.shapeHint, { example: EXAMPLE })} value={text} hasFigures lengthMax={400} error={wrong} onChange={setText} />
        {isSaved && text === shapes.join('; ') && <Note kind="good">{vi.settings.saved}</Note>}
        <div><Button isMainAction label={vi.settings.save} onPress={() => {
          if (form.current?.revealErrors() === 0) void save('provinceCodeShapes', typed);
        }} /></div>
      </FormScope>
    </Card>
  );
}
