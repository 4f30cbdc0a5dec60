import { randomUUID } from 'node:crypto';
import { checkLogo } from '../../../../src-node/paper/check-logo.ts';
import { paperFontCss } from '../../../../src-node/paper/paper-fonts.ts';
import type { OutputOf, ResultOf } from '../../../../src-shared/contract/contract.ts';
import { wireError } from '../../../../src-shared/contract/errors.ts';
import { attributesOn, logoOf } from '../../../../src-shared/domain/office/office.ts';
import { attributesWith, type PaperNames } from '../../../../src-shared/domain/office/paper-names.ts';
import { readOfficeSettings } from '../../../../src-shared/domain/settings/office-settings.ts';
import { chooseReceiptVersion, receipt } from '../../../../src-shared/forms/receipt/receipt.ts';
import { sampleReceipt } from '../../../../src-shared/forms/receipt/sample-receipt.ts';
import { err, ok } from '../../../../src-shared/lib/result.ts';
import type { OfficerContext } from '../../calls/handlers.ts';

/** An administrator types, and each pause makes another one; only the last few are looked at. */
const KEPT_MAX = 4;
/** Names the picture of a preview, which no operation has brought. */
const TRIED_LOGO = 'preview';

export interface PaperPreviews {
  make(names: PaperNames, context: OfficerContext): Promise<ResultOf<'forms.preview'>>;
  find(id: string): OutputOf<'forms.render'> | undefined;
}

/** Receipts with invented content, drawn by the very form that draws the real ones. Kept in memory, written nowhere. */
export function createPaperPreviews(): PaperPreviews {
  const kept = new Map<string, OutputOf<'forms.render'>>();
  return {
    find: (id) => kept.get(id),
    make: async ({ logo, ...names }, { desk, officer }) => {
      const office = desk.office();
      const businessDate = desk.clock.businessDate();
      const { attributes: before, numbering } = attributesOn(office, businessDate);
      if (typeof logo !== 'string') {
        const checked = checkLogo(logo.png);
        if (!checked.ok) return err(wireError('office.badLogo', { reason: checked.error }));
      }
      const png = typeof logo !== 'string' ? logo.png : logo === 'kept' ? logoOf(office, before) : null;
      const attributes = attributesWith(before, names, png === null ? undefined : TRIED_LOGO);
      const data = sampleReceipt({ attributes, numbering, businessDate, deskName: office.desks.get(desk.deskId)?.name ?? '', officerName: office.officers.get(officer)?.name ?? '' });
      const version = chooseReceiptVersion(businessDate, readOfficeSettings(office.settings).receipt2025From);
      const html = receipt(data, { version, size: 'A5', copies: ['citizen'], fontCss: await paperFontCss(), logo: png });
      const id = randomUUID();
      kept.set(id, { html, title: 'Giấy mẫu', size: 'A5' });
      for (const old of [...kept.keys()].slice(0, -KEPT_MAX)) kept.delete(old);
      return ok({ preview: id });
    },
  };
}
