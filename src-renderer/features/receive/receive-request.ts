import type { Procedure, ProcedureField } from '../../../src-shared/domain/procedures/procedure.ts';
import { isIsoDate } from '../../../src-shared/lib/office-time.ts';
import { formatDate } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { filledRows } from './receive-documents.ts';
import type { ReceiveForm } from './receive-form.ts';

const REQUEST_CHARACTERS_MAX = 600;

/**
 * "Nội dung yêu cầu giải quyết" as the receipt prints it, from the procedure and the answers of block 3: "Đăng ký khai
 * sinh cho Giàng Thị Mỷ, sinh ngày 03/11/2026". The officer may type over it.
 */
export function generatedRequest(procedure: Procedure, form: Pick<ReceiveForm, 'fields' | 'documents'>): string {
  const details = procedure.certification ? documentWords(form.documents) : fieldWords(procedure.fields, form.fields);
  return `${procedure.shortName}${details}`.slice(0, REQUEST_CHARACTERS_MAX);
}

function documentWords(rows: ReceiveForm['documents']): string {
  const words = filledRows(rows).flatMap(({ name, copies }) =>
    name.trim() === '' ? [] : [copies === null ? name.trim() : t(vi.receive.request.document, { name: name.trim(), copies })]);
  return words.length === 0 ? '' : `: ${words.join('; ')}`;
}

function fieldWords(fields: readonly ProcedureField[], answers: Readonly<Record<string, string>>): string {
  const phrases: Readonly<Record<string, string>> = vi.receive.request.phrases;
  return fields
    .map((field) => {
      const answer = answers[field.key]?.trim() ?? '';
      if (answer === '' || field.type === 'sex') return '';
      const value = field.type === 'date' && isIsoDate(answer) ? formatDate(answer) : answer;
      const phrase = phrases[field.key];
      return phrase === undefined ? `, ${lowered(field.label)} ${value}` : phrase.replace('{value}', value);
    })
    .join('');
}

function lowered(label: string): string {
  return label.charAt(0).toLocaleLowerCase('vi') + label.slice(1);
}
