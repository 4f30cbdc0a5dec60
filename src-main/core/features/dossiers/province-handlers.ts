import { assert } from '../../../../src-shared/lib/assert.ts';
import type { DossierView } from '../../../../src-shared/contract/dossier-views.ts';
import type { Dossier } from '../../../../src-shared/domain/dossiers/dossier.ts';
import { ok } from '../../../../src-shared/lib/result.ts';
import type { Announce, Handlers, OfficerContext } from '../../calls/handlers.ts';
import { readDossier } from './act-on-dossier.ts';
import { linkCode } from './link-code.ts';
import { listToEnter } from './to-enter-queries.ts';

export interface ProvinceDep {
  readonly announce: Announce;
  readonly view: (context: OfficerContext, dossier: Dossier) => DossierView;
}

/** Dossiers side by side with the province's system. */
export function createProvinceHandlers(dep: ProvinceDep): Handlers<'dossiers.listToEnter' | 'dossiers.linkCode'> {
  return {
    'dossiers.listToEnter': (input, { desk }) => ok(listToEnter(desk, input)),
    'dossiers.linkCode': (input, context) => {
      const linked = linkCode(input, context);
      if (!linked.ok) return linked;
      dep.announce({ type: 'dossier', id: linked.value.dossier });
      const dossier = linked.value.folded ?? readDossier(context.desk, linked.value.dossier);
      assert(dossier, 'what was just written can be read');
      return ok({ dossier: dep.view(context, dossier) });
    },
  };
}
