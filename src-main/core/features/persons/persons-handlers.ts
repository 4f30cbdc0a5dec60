import { ok } from '../../../../src-shared/lib/result.ts';
import type { Handlers } from '../../calls/handlers.ts';
import { listPeopleOnDossiers } from './person-queries.ts';
import { knownPersons } from './person-rules.ts';

/** Known persons are read from dossiers: there is no person record that could be wrong by itself (design §1). */
export function createPersonsHandlers(): Handlers<'persons.find'> {
  return {
    'persons.find': ({ query, limit }, { desk }) =>
      ok({ persons: knownPersons(listPeopleOnDossiers(desk.db, desk.log.names, desk.office(), query), query, limit) }),
  };
}
