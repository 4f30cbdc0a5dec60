import type { OfficeState } from '../../../src-shared/contract/office.api.ts';
import type { PaperNames } from '../../../src-shared/domain/office/paper-names.ts';

/** The head and foot of papers while they are being typed. */
export type PaperDraft = PaperNames;

type Attributes = NonNullable<OfficeState['office']>['attributes'];

export function paperDraftOf({ communeName, superiorName, unitName, placeName, hotline = '', lookupAddress = '', address = '', footer = '' }: Attributes): PaperDraft {
  return { communeName, superiorName, unitName, placeName, hotline, lookupAddress, address, footer, logo: 'kept' };
}

/** What stands on every paper may not be blank. */
export function isPrintable({ communeName, superiorName, unitName, placeName }: PaperDraft): boolean {
  return [communeName, superiorName, unitName, placeName].every((text) => text.trim() !== '');
}
