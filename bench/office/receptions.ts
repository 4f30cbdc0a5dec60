import type { InputOf } from '../../src-shared/contract/contract.ts';
import type { Paper } from '../../src-shared/domain/dossiers/dossier-content.ts';
import { makeNote } from './notes.ts';
import { makeName, makePerson } from './people.ts';
import type { Chance } from './seeded-chance.ts';

export type Reception = InputOf<'dossiers.receive'>;

/** What people come for, as often as listed; `{name}` is a child or a deceased of the request. */
const ERRANDS: readonly { readonly code: string; readonly share: number; readonly request: string; readonly field?: string; readonly workingDays?: number }[] = [
  { code: '2.000635', share: 30, request: 'Cấp bản sao trích lục khai sinh của {name}', field: 'registeredName' },
  { code: '1.001193', share: 20, request: 'Đăng ký khai sinh cho cháu {name}', field: 'childName' },
  { code: '1.004873', share: 15, request: 'Xác nhận tình trạng hôn nhân để đăng ký kết hôn', workingDays: 3 },
  { code: '2.001035', share: 12, request: 'Chứng thực hợp đồng tặng cho xe máy' },
  { code: '1.000656', share: 8, request: 'Đăng ký khai tử cho cụ {name}', field: 'deceasedName' },
  { code: '2.002516', share: 8, request: 'Xác nhận thông tin hộ tịch' },
  { code: '1.001612', share: 7, request: 'Đăng ký thành lập hộ kinh doanh tạp hóa' },
];
const ERRAND_BY_SHARE = ERRANDS.flatMap((errand) => Array<(typeof ERRANDS)[number]>(errand.share).fill(errand));
export const PROCEDURE_CODES = ERRANDS.map(({ code }) => code);

const PAPERS = [
  'Tờ khai theo mẫu', 'Căn cước hoặc hộ chiếu', 'Giấy chứng sinh', 'Giấy chứng nhận kết hôn', 'Giấy báo tử', 'Văn bản ủy quyền được chứng thực',
  'Giấy tờ chứng minh nơi cư trú', 'Dự thảo giao dịch', 'Giấy đề nghị đăng ký hộ kinh doanh', 'Bản sao hợp đồng thuê địa điểm', 'Biên bản họp gia đình',
];
/** As many as have something typed beside the form. */
const NOTE_SHARE = 0.6;
/** Papers per dossier: 3.5 on average. */
const PAPER_COUNTS = [1, 2, 3, 3, 4, 4, 5, 6];

/** What an officer sends for one citizen. */
export function makeReception(chance: Chance, openedAt: number, code?: string): Reception {
  const errand = ERRANDS.find((one) => one.code === code) ?? chance.pick(ERRAND_BY_SHARE);
  const name = makeName(chance, chance.isHit(0.5) ? 'female' : 'male');
  return {
    idempotencyKey: chance.uuid(),
    openedAt,
    procedureCode: errand.code,
    owner: makePerson(chance),
    ...(chance.isHit(0.25) ? { submitter: { ...makePerson(chance), relation: 'con' } } : {}),
    request: errand.request.replace('{name}', name),
    fields: errand.field === undefined ? {} : { [errand.field]: name },
    papers: makePapers(chance),
    ...(chance.isHit(NOTE_SHARE) ? { note: makeNote(chance) } : {}),
    ...(errand.workingDays === undefined ? {} : { appointment: { mode: 'typedTerm', term: { unit: 'working_day', value: errand.workingDays }, reason: 'Theo văn bản của thủ tục' } }),
  };
}

function makePapers(chance: Chance): Paper[] {
  const first = chance.below(PAPERS.length);
  return Array.from({ length: chance.pick(PAPER_COUNTS) }, (_, index) => {
    const seen = chance.isHit(0.3);
    return { name: PAPERS[(first + index) % PAPERS.length]!, original: seen ? 0 : 1, certified: 0, photo: chance.below(2), seen, missing: chance.isHit(0.05), compulsory: true };
  });
}
