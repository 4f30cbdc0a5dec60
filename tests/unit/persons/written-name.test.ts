import { describe, expect, it } from 'vitest';
import { personSchema } from '../../../src-shared/domain/persons/person.ts';
import { writtenNameSchema } from '../../../src-shared/domain/persons/written-name.ts';

const person = (changes: object) => personSchema.safeParse({ type: 'individual', name: 'Giàng A Páo', ...changes });

describe('the name of a person', () => {
  it.each(['Giàng A Páo', 'Hạng Thị Dở'.normalize('NFD'), "H'Hen Niê", 'Nguyễn\u200b An', 'Công ty TNHH 36'])('may be %j', (name) => {
    expect(person({ name }).success).toBe(true);
  });

  it.each([
    ['is missing', '  '],
    ['cannot be seen', '\u200b\u200d'],
    ['consists of letters that cannot be seen', '\u3164\u115f'],
    ['has digits and marks alone', '12.3'],
    ['turns the writing around', 'Giàng \u202eoáP A'],
    ['hides a control character', 'Giàng A\u0007 Páo'],
    ['breaks the line', 'Giàng\nPáo'],
  ])('is refused with a Vietnamese sentence when it %s', (_what, name) => {
    const parsed = person({ name });
    expect(parsed.error?.issues.map((issue) => issue.message).join()).toMatch(/Chưa có họ tên\.|ký tự ẩn/);
  });
});

it('the name of a desk may be a number, but must be seen', () => {
  const schema = writtenNameSchema(40, 'Chưa đặt tên máy.');
  expect(schema.safeParse('1').success).toBe(true);
  expect(schema.safeParse('\u2060').error?.issues[0]?.message).toBe('Chưa đặt tên máy.');
});

describe('a birth date', () => {
  it.each(['1850', '1994-03-12', '2100'])('may be %s', (birthDate) => {
    expect(person({ birthDate }).success).toBe(true);
  });

  it.each(['1849-12-31', '0026', '2101-01-01', '1994-02-30', '94'])('cannot be %s', (birthDate) => {
    expect(person({ birthDate }).error?.issues[0]?.message).toBe('Ngày sinh chưa đúng.');
  });
});
