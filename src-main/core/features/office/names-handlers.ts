import { wireError } from '../../../../src-shared/contract/errors.ts';
import { attributesOn, logoOf } from '../../../../src-shared/domain/office/office.ts';
import { attributesWith } from '../../../../src-shared/domain/office/paper-names.ts';
import { operationId } from '../../../../src-shared/domain/operations/operation.ts';
import { canonicalJson } from '../../../../src-shared/lib/canonical-json.ts';
import { err, ok } from '../../../../src-shared/lib/result.ts';
import { checkLogo } from '../../../../src-node/paper/check-logo.ts';
import { writeAndNote, writingFault } from '../../calls/answer-once.ts';
import type { Announce, Handlers } from '../../calls/handlers.ts';
import { appendOfficeAct, tellOffice } from '../../calls/office-acts.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';

/** Names, address, foot and picture of papers. They hold from now on: papers that are out keep what they were printed with. */
export function createNamesHandlers({ announce }: { readonly announce: Announce }): Handlers<'office.change' | 'office.getLogo'> {
  return {
    'office.getLogo': (_input, { desk }) => {
      const { attributes } = inForce(desk);
      return ok({ png: logoOf(desk.office(), attributes) });
    },

    'office.change': ({ reason, logo, ...names }, { desk, officer }) => {
      const fault = writingFault(desk);
      if (fault) return err(fault);
      const { attributes: before, numbering } = inForce(desk);
      const png = typeof logo === 'string' ? undefined : logo.png;
      const checked = png === undefined ? ok(undefined) : checkLogo(png);
      if (!checked.ok) return err(wireError('office.badLogo', { reason: checked.error }));
      // What is as it was is no change: nothing is written, and a request that comes twice changes once.
      const kept = png === undefined || png === logoOf(desk.office(), before);
      const unchanged = attributesWith(before, names, logo === 'none' ? undefined : before.logo);
      if (kept && canonicalJson(unchanged) === canonicalJson(before)) return ok({ attributes: before });
      return tellOffice(desk, announce, writeAndNote(desk, (writing) => {
        const added = kept ? undefined : appendOfficeAct(writing, desk, { kind: 'office.logoAdded', actor: officer, body: { png } });
        const attributes = added ? attributesWith(before, names, operationId(added.header)) : unchanged;
        const effectiveFrom = desk.clock.businessDate();
        appendOfficeAct(writing, desk, { kind: 'office.changed', actor: officer, body: { effectiveFrom, attributes, numbering, reason } }, added && [added.header]);
        return ok({ attributes });
      }));
    },
  };
}

function inForce(desk: OpenDesk) {
  return attributesOn(desk.office(), desk.clock.businessDate());
}
