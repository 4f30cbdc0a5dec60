/** The office that the crash runs work in: one officer with every role, set up and signed in through the calls alone. */
import { officeDate } from '../../src-shared/lib/office-time.ts';
import { createCoreClient, type CoreClient } from './core-client.ts';

const PASSWORD = 'nuoc-chay-da-mon';

export async function setUpOffice(url: string): Promise<CoreClient> {
  const client = createCoreClient(url);
  const { session } = await client.must('office.setup', {
    attributes: {
      provinceCode: '15', provinceName: 'Lào Cai', communeName: 'Xã Nậm Khâu', superiorName: 'ỦY BAN NHÂN DÂN XÃ NẬM KHÂU',
      unitName: 'TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG', placeName: 'Nậm Khâu', agencyCode: 'H99.27', hotline: '0900 000 900', lookupAddress: 'tracuu.motcua.example',
    },
    numbering: { pattern: '{agency}-{yyMMdd}-{series}{counter:3}', tokenLength: 1, alphabet: 'digitsAndLetters', mode: 'official' },
    deskName: 'Máy 1',
    training: false,
    confirmedDate: officeDate(Date.now()),
    administrator: { name: 'Nguyễn Thị Hạnh', title: 'Công chức', formOfAddress: 'chị', roles: ['admin', 'reception', 'processing', 'leader'], password: PASSWORD },
  });
  client.close();
  return trusting(createCoreClient(url, session.token));
}

export async function signIn(url: string): Promise<CoreClient> {
  const stranger = createCoreClient(url);
  const { signIn: officers } = await stranger.must('office.get', {});
  const { token } = await stranger.must('session.open', { officer: officers[0]!.id, password: PASSWORD });
  stranger.close();
  return trusting(createCoreClient(url, token));
}

/** A machine whose clock stands before the program's day is asked for the date once; the runs say it is right. */
async function trusting(client: CoreClient): Promise<CoreClient> {
  const { office } = await client.must('office.get', {});
  if (office?.dateQuestion) await client.must('desks.confirmDate', { date: officeDate(Date.now()) });
  return client;
}
