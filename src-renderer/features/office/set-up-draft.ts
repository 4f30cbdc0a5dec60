import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { OfficeAttributes } from '../../../src-shared/domain/office/office-operations.ts';
import { provinceByCode } from '../../../src-shared/domain/office/provinces.ts';
import { DEFAULT_CODE_PATTERN, formatCode } from '../../../src-shared/domain/numbers/number-series.ts';
import { grantTokens, type TokenAlphabet, type TokenGrant } from '../../../src-shared/domain/numbers/series-tokens.ts';
import type { FormOfAddress, Role } from '../../../src-shared/domain/officers/officer.ts';
import type { IsoDate } from '../../../src-shared/lib/office-time.ts';
import { deskToday } from '../../client/desk-session.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';

export type CommuneType = keyof typeof vi.office.place.types;

/** What the officer typed so far. A line left undefined follows from the names above it. */
export interface SetUpDraft {
  readonly path: 'choose' | 'first' | 'join';
  readonly training: boolean;
  readonly step: number;
  readonly provinceCode: string | undefined;
  readonly communeType: CommuneType;
  readonly communeWord: string;
  readonly communeCode: string;
  readonly agencyCode: string;
  readonly superiorName: string | undefined;
  readonly unitName: string | undefined;
  readonly placeName: string | undefined;
  readonly hotline: string;
  readonly lookupAddress: string;
  readonly mode: 'official' | 'provisional';
  readonly alphabet: TokenAlphabet;
  readonly tokenLength: 1 | 2;
  readonly pattern: string;
  readonly deskName: string;
  readonly administrator: AdministratorDraft;
  readonly today: IsoDate | undefined;
}

export interface AdministratorDraft {
  readonly name: string;
  readonly title: string;
  readonly formOfAddress: FormOfAddress;
  readonly roles: readonly Role[];
  readonly password: string;
  readonly again: string;
}

const EMPTY: SetUpDraft = {
  path: 'choose', training: false, step: 0, provinceCode: undefined, communeType: 'commune', communeWord: '', communeCode: '', agencyCode: '',
  superiorName: undefined, unitName: undefined, placeName: undefined, hotline: '', lookupAddress: '',
  mode: 'official', alphabet: 'digitsAndLetters', tokenLength: 1, pattern: DEFAULT_CODE_PATTERN, deskName: vi.office.numbers.defaultDeskName,
  administrator: { name: '', title: '', formOfAddress: 'anh/chị', roles: ['admin', 'reception'], password: '', again: '' }, today: undefined,
};

const KEPT = 'motcua.setUp';

/** The people and the password are never kept: only what stands on every paper may wait in the browser's profile. */
function keep({ administrator: _people, today: _today, ...draft }: SetUpDraft): void {
  localStorage.setItem(KEPT, JSON.stringify({ ...draft, step: Math.min(draft.step, 3) }));
}

function kept(): SetUpDraft {
  try {
    return { ...EMPTY, ...(JSON.parse(localStorage.getItem(KEPT) ?? '{}') as Partial<SetUpDraft>), administrator: EMPTY.administrator, today: undefined };
  } catch {
    // What another version kept, or a torn file: the officer begins anew.
    return EMPTY;
  }
}

const setUpDraft = createStore<SetUpDraft>(() => kept());
setUpDraft.subscribe(keep);

export function useSetUpDraft(): SetUpDraft {
  return useStore(setUpDraft);
}

export function changeSetUp(changes: Partial<SetUpDraft>): void {
  setUpDraft.setState(changes);
}

export function changeAdministrator(changes: Partial<AdministratorDraft>): void {
  setUpDraft.setState((draft) => ({ administrator: { ...draft.administrator, ...changes } }));
}

/** After the set-up: nothing of it stays in the browser. */
export function forgetSetUp(): void {
  setUpDraft.setState(EMPTY);
  localStorage.removeItem(KEPT);
}

function communeNameOf(draft: SetUpDraft): string {
  return `${vi.office.place.types[draft.communeType]} ${draft.communeWord.trim()}`;
}

/** The names as papers will carry them: typed, or following from the commune. */
export function headOf(draft: SetUpDraft): { readonly superiorName: string; readonly unitName: string; readonly placeName: string } {
  return {
    superiorName: draft.superiorName ?? t(vi.office.head.superiorDefault, { commune: communeNameOf(draft).toLocaleUpperCase('vi') }),
    unitName: draft.unitName ?? vi.office.head.unitDefault,
    placeName: draft.placeName ?? draft.communeWord.trim(),
  };
}

export function attributesOf(draft: SetUpDraft): OfficeAttributes {
  const hotline = draft.hotline.trim();
  const lookupAddress = draft.lookupAddress.trim();
  return {
    provinceCode: draft.provinceCode ?? '',
    provinceName: provinceByCode(draft.provinceCode ?? '')?.name ?? '',
    communeName: communeNameOf(draft),
    ...headOf(draft),
    agencyCode: draft.agencyCode,
    ...(draft.communeCode !== '' && { communeCode: draft.communeCode }),
    ...(hotline !== '' && { hotline }),
    ...(lookupAddress !== '' && { lookupAddress }),
  };
}

/** What the first desk of the office will hold: the same rule by which the core gives it. */
export function firstTokens(draft: SetUpDraft): TokenGrant {
  return grantTokens(new Set(), draft.tokenLength, draft.alphabet) ?? { token: '1', reserves: [] };
}

/** The first code of a day, as an example. The pattern must have no fault. */
export function exampleCode(draft: SetUpDraft, day: IsoDate): string {
  return formatCode(draft.pattern, draft.agencyCode === '' ? '…' : draft.agencyCode, { kind: 'dossier', token: firstTokens(draft).token, period: day, counter: 1 });
}

/** The day that a paper of today would bear: as typed, until then by the machine. */
export function paperDay({ today }: SetUpDraft): { readonly day: string; readonly month: string; readonly year: string } {
  const [year = '', month = '', day = ''] = (today ?? deskToday()).split('-');
  return { day, month, year };
}
