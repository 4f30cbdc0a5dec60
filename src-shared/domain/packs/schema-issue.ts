import type { z } from 'zod';

/** Says in Vietnamese what is wrong with a member of a pack, and where. Used by every kind of pack. */

type Path = readonly (string | number)[];

export interface ExplainedIssue {
  readonly path: Path;
  readonly reason: string;
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'chữ',
  number: 'số',
  int: 'số nguyên',
  boolean: 'true hoặc false',
  array: 'danh sách',
  object: 'nhóm các mục',
  null: 'để trống (null)',
};

/** `value` is the whole parsed pack: it tells a missing member from one of a wrong type. */
export function schemaIssueInVietnamese(issue: z.core.$ZodIssue, value: unknown): ExplainedIssue {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    return { path: [...path, key], reason: `mục "${key.slice(0, 60)}" không có trong mẫu của gói, xem lại tên mục` };
  }
  const name = memberName(path);
  if (issue.code !== 'custom' && isMissing(value, path)) return { path, reason: `thiếu mục ${name}` };
  return { path, reason: `mục ${name}: ${wrongInVietnamese(issue)}` };
}

function wrongInVietnamese(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `phải là ${TYPE_WORDS[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `chỉ được ghi một trong: ${listed(issue.values)}`;
    case 'invalid_union':
      return `giá trị không nằm trong các loại được dùng${discriminatorWords(issue)}`;
    case 'too_small':
      return limitInVietnamese(issue.origin, 'ít nhất', issue.minimum);
    case 'too_big':
      return limitInVietnamese(issue.origin, 'nhiều nhất', issue.maximum);
    case 'invalid_format':
      return issue.format === 'url' ? 'phải là một địa chỉ trang' : 'viết không đúng dạng';
    case 'custom':
      return issue.message;
    case 'invalid_element':
    case 'invalid_key':
    case 'not_multiple_of':
    case 'unrecognized_keys':
      return 'nội dung không đúng mẫu của gói';
  }
}

function limitInVietnamese(origin: string, bound: string, limit: number | bigint): string {
  if (origin === 'string') return `phải có ${bound} ${limit} chữ`;
  if (origin === 'array') return `phải có ${bound} ${limit} dòng`;
  return `phải là số ${bound} ${limit}`;
}

function listed(values: readonly unknown[]): string {
  return values.map((entry) => JSON.stringify(entry)).join(', ');
}

function discriminatorWords(issue: z.core.$ZodIssueInvalidUnion): string {
  const options: unknown = 'options' in issue ? issue.options : undefined;
  return Array.isArray(options) ? `: ${listed(options)}` : '';
}

function memberName(path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return 'gói';
  const parent = path.at(-2);
  return typeof last === 'number' ? `"${String(parent ?? '')}" dòng thứ ${last + 1}` : `"${last}"`;
}

function isMissing(value: unknown, path: Path): boolean {
  let current = value;
  for (const step of path) {
    if (typeof current !== 'object' || current === null) return false;
    if (!Object.hasOwn(current, step)) return true;
    current = (current as Record<string | number, unknown>)[step];
  }
  return false;
}
