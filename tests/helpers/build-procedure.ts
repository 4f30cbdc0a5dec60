import type { CataloguePack } from '../../src-shared/domain/packs/catalogue-pack.ts';
import type { Procedure } from '../../src-shared/domain/procedures/procedure.ts';

/** A small confirmed catalogue entry; `changes` replaces whole members. */
export function buildProcedure(changes: Partial<Procedure> = {}): Procedure {
  return {
    code: '1.000001',
    name: 'Thủ tục thử nghiệm',
    shortName: 'Thử nghiệm',
    keywords: [],
    sector: 'Hộ tịch',
    levels: ['Cấp xã'],
    authority: 'commune',
    mode: 'appointment',
    fourOnTheSpot: null,
    note: null,
    terms: { direct: { term: { unit: 'working_day', value: 3 }, confirmed: true } },
    papers: [{ id: 'to-khai', name: 'Tờ khai', kind: 'original', kindUnsure: false, count: 1, requirement: 'compulsory' }],
    fields: [{ key: 'childBirthDate', label: 'Ngày sinh', type: 'date', required: true }],
    certification: false,
    fees: [
      {
        id: 'le-phi',
        kind: 'levy',
        name: 'Lệ phí',
        amounts: { direct: { rule: 'fixed', dong: 8_000, per: 'dossier' } },
        exemptions: [],
        confirmed: true,
      },
    ],
    results: [{ name: 'Giấy chứng nhận', code: 'KQ.G15.000031', count: 1 }],
    flow: [{ name: 'Tiếp nhận', role: 'reception', term: null }],
    decision: null,
    source: { address: null, note: 'Dữ liệu thử.' },
    confirmed: true,
    doubts: [],
    ...changes,
  };
}

export function buildCataloguePack(changes: Partial<CataloguePack> = {}): CataloguePack {
  return {
    format: 'motcua-catalogue/1',
    id: 'danh-muc-thu',
    version: 1,
    issuedBy: 'Đơn vị thử',
    validFrom: '2026-01-01',
    validTo: null,
    procedures: [buildProcedure()],
    ...changes,
  };
}
