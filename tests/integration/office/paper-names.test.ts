import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InputOf } from '../../../src-shared/contract/contract.ts';
import { makePng } from '../../helpers/make-png.ts';
import { fakeClock, valueOf, type FakeClock } from '../../helpers/open-test-desk.ts';
import { receiveInput, startCore, type RunningCore } from '../../helpers/running-core.ts';

let core: RunningCore;
let clock: FakeClock;
beforeAll(async () => {
  clock = fakeClock();
  core = await startCore(clock);
});
afterAll(() => core.close());

const NAMES = {
  communeName: 'Xã Nậm Khâu', superiorName: 'ỦY BAN NHÂN DÂN XÃ NẬM KHÂU', unitName: 'TRUNG TÂM MỚI', placeName: 'Nậm Khâu', hotline: '0214 3 000 111', lookupAddress: '',
  address: 'Thôn Trung Tâm, xã Nậm Khâu', footer: 'Mọi góp ý xin gửi hòm thư của Trung tâm',
} satisfies InputOf<'forms.preview'>;

/** Over the real wire, as a screen fetches it. */
async function paperOf(job: string, as: 'reception' | 'admin' = 'reception') {
  const response = await fetch(`${core.url}/api/papers/${job}`, { headers: { authorization: `Bearer ${core.sessions[as].token}` } });
  return { status: response.status, text: await response.text(), policy: response.headers.get('content-security-policy') ?? '' };
}

/** A reception and the address of its receipt. */
async function receiveWithPaper() {
  clock.advance(60_000);
  const { dossier, job } = valueOf(await core.as('reception', 'dossiers.receive', receiveInput({ openedAt: clock.wallMs() })));
  return { id: dossier.id, job: job!.id };
}

const reprint = async (dossier: string) =>
  valueOf(await core.as('reception', 'printing.reprint', { idempotencyKey: crypto.randomUUID(), dossier, form: 'receipt', size: 'A5', copies: ['citizen'] })).job.id;
const change = (changes: Partial<InputOf<'office.change'>> = {}) => core.as('admin', 'office.change', { ...NAMES, ...changes });
const seq = () => core.core.holder.desk()!.log.head().seq;

describe('names, foot and picture of papers', () => {
  it('stand on papers of receptions from now on; what was received before, also this morning, reprints as it was', async () => {
    const before = await receiveWithPaper();
    const first = await paperOf(before.job);
    clock.advance(60_000);
    const { attributes } = valueOf(await change({ logo: { png: makePng() }, reason: 'Đổi tên Trung tâm' }));
    expect(attributes).toMatchObject({ unitName: 'TRUNG TÂM MỚI', address: 'Thôn Trung Tâm, xã Nậm Khâu', agencyCode: 'H99.27' });
    expect(attributes.lookupAddress).toBeUndefined();

    const after = await receiveWithPaper();
    const second = await paperOf(after.job);
    for (const words of ['TRUNG TÂM MỚI', 'Địa chỉ: Thôn Trung Tâm, xã Nậm Khâu', 'Mọi góp ý xin gửi hòm thư', `data:image/png;base64,${makePng()}`]) {
      expect(second.text).toContain(words);
      expect(first.text).not.toContain(words);
    }
    expect(second.policy).toContain('img-src data:');

    expect(await paperOf(before.job)).toEqual(first);
    const again = await paperOf(await reprint(before.id));
    expect(again.text).not.toContain('TRUNG TÂM MỚI');
    expect(again.text).not.toContain('data:image/png');
    const tags = await paperOf(await reprint(after.id));
    expect(tags.text).toContain('TRUNG TÂM MỚI');
  });

  it('a paper that is made anew for a reception of before bears the names of then, too', async () => {
    clock.advance(60_000);
    const { dossier } = valueOf(await core.as('reception', 'dossiers.receive', receiveInput({ openedAt: clock.wallMs(), receiptWanted: false })));
    const formerUnit = valueOf(await core.as('admin', 'office.get', {})).office!.attributes.unitName;
    clock.advance(60_000);
    valueOf(await change({ unitName: 'TRUNG TÂM SAU NỮA' }));
    const paper = await paperOf(await reprint(dossier.id));
    expect(paper.text).toContain(formerUnit);
    expect(paper.text).not.toContain('TRUNG TÂM SAU NỮA');
  });

  it('a picture that was taken out stays on the papers that had it, also after a rebuild', async () => {
    valueOf(await change({ logo: { png: makePng({ width: 64 }) } }));
    const pictured = await receiveWithPaper();
    valueOf(await change({ logo: 'none' }));
    expect(valueOf(await core.as('reception', 'office.getLogo', {})).png).toBeNull();
    expect((await paperOf((await receiveWithPaper()).job)).text).not.toContain('data:image/png');
    valueOf(await core.as('admin', 'system.rebuild', {}));
    expect((await paperOf(pictured.job)).text).toContain(makePng({ width: 64 }));
  });

  it('what is as it was is not written again', async () => {
    valueOf(await change({ logo: { png: makePng() } }));
    const before = seq();
    valueOf(await change({ logo: { png: makePng() } }));
    valueOf(await change({ logo: 'kept' }));
    expect(seq()).toBe(before);
    valueOf(await change({ placeName: 'Nậm Khâu Thượng' }));
    expect(seq()).toBe(before + 1);
  });

  it.each([
    ['a picture that is none', { logo: { png: 'PHN2Zy8+' } }, 'office.badLogo'],
    ['a picture that unpacks to megabytes', { logo: { png: makePng({ raw: Buffer.alloc(8_000_000) }) } }, 'office.badLogo'],
    ['a head without a name', { unitName: '  ' }, 'request.malformed'],
    ['a name that no paper holds', { unitName: 'x'.repeat(161) }, 'request.malformed'],
    ['another agency code', { agencyCode: 'H99.98' }, 'request.malformed'],
  ])('%s is refused and nothing is written', async (_what, changes, code) => {
    const before = seq();
    expect(await core.as('admin', 'office.change', { ...NAMES, ...changes } as never)).toMatchObject({ ok: false, error: { code } });
    expect(seq()).toBe(before);
  });
});

describe('the paper while its head is being typed', () => {
  it('is drawn by the form of the real one, with invented content, and nothing is written', async () => {
    const before = seq();
    const { preview } = valueOf(await core.as('admin', 'forms.preview', { ...NAMES, unitName: 'TRUNG TÂM ĐANG GÕ', logo: { png: makePng() } }));
    const paper = await paperOf(preview, 'admin');
    for (const words of ['TRUNG TÂM ĐANG GÕ', 'GIẤY TIẾP NHẬN HỒ SƠ', 'NGUYỄN THỊ MẪU', 'Giấy mẫu, không hẹn ngày trả', makePng()]) expect(paper.text).toContain(words);
    expect(seq()).toBe(before);
  });

  it('only the last few are kept, and a hostile picture is drawn nowhere', async () => {
    const { preview } = valueOf(await core.as('admin', 'forms.preview', NAMES));
    for (let times = 0; times < 4; times += 1) valueOf(await core.as('admin', 'forms.preview', NAMES));
    expect((await paperOf(preview, 'admin')).status).toBe(404);
    expect(await core.as('admin', 'forms.preview', { ...NAMES, logo: { png: makePng({ tail: Buffer.from('<script>') }) } })).toMatchObject({ error: { code: 'office.badLogo' } });
  });
});
