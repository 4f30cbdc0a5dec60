import { randomUUID } from 'node:crypto';
import type { ProcedureSummary, ProcedureView } from '../../../../src-shared/contract/procedures.api.ts';
import { wireError, type CommonError } from '../../../../src-shared/contract/errors.ts';
import { localChangeOfEdit } from '../../../../src-shared/domain/procedures/local-edit.ts';
import type { LocalEditRefusal } from '../../../../src-shared/domain/procedures/local-edit.ts';
import type { EffectiveProcedure, LocalChange } from '../../../../src-shared/domain/procedures/local-procedure.ts';
import { procedureCodeSchema } from '../../../../src-shared/domain/procedures/procedure.ts';
import { assert } from '../../../../src-shared/lib/assert.ts';
import { canonicalJson } from '../../../../src-shared/lib/canonical-json.ts';
import type { OfficerId } from '../../../../src-shared/lib/ids.ts';
import { err, ok, type Result } from '../../../../src-shared/lib/result.ts';
import type { Announce, Handlers } from '../../calls/handlers.ts';
import { writeOfficeAct } from '../../calls/office-acts.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import type { CatalogueOf, FoundProcedure } from './catalogue.ts';

export interface ProceduresDep {
  readonly catalogueOf: CatalogueOf;
  readonly announce: Announce;
}

/** Finding procedures, and the administrator's changes to them. */
export function createProceduresHandlers(dep: ProceduresDep): Handlers<'procedures.search' | 'procedures.get' | 'procedures.save' | 'procedures.switch'> {
  const save = (desk: OpenDesk, officer: OfficerId, code: string, change: LocalChange): Result<ProcedureView, CommonError> => {
    const body = { code, localVersion: change.version, entry: jsonOf(change), reason: change.reason };
    const written = writeOfficeAct(desk, { kind: 'procedure.saved', actor: officer, body });
    if (!written.ok) return written;
    dep.announce({ type: 'office' });
    const saved = dep.catalogueOf(desk).find(code);
    assert(saved, 'a change that was accepted is in the catalogue');
    return ok(toView(saved));
  };
  return {
    'procedures.search': ({ query, limit, scope }, { desk, officer }) =>
      ok({ procedures: dep.catalogueOf(desk).search(query, officer, { limit, scope }).map(toSummary) }),

    'procedures.get': ({ code }, { desk }) => {
      const effective = dep.catalogueOf(desk).find(code);
      return effective === undefined ? err(wireError('procedures.unknown')) : ok(toView(effective));
    },

    'procedures.save': ({ code, entry, reason }, { desk, officer }) => {
      const catalogue = dep.catalogueOf(desk);
      if (!procedureCodeSchema.safeParse(code).success) {
        return err(invalid({ code: 'procedures.invalid', path: 'code', reason: 'mã thủ tục viết như 1.001193, hoặc DP. và số cho thủ tục riêng của đơn vị' }));
      }
      const edit = { code, entry, reason, id: randomUUID(), effectiveFrom: desk.clock.businessDate() };
      const change = localChangeOfEdit(catalogue.current(), edit);
      if (!change.ok) return err(invalid(change.error));
      return save(desk, officer, code, change.value);
    },

    'procedures.switch': ({ code, on, reason }, { desk, officer }) => {
      if (dep.catalogueOf(desk).find(code) === undefined) return err(wireError('procedures.unknown'));
      const version = Math.max(0, ...desk.office().procedureSaves.filter((saved) => saved.code === code).map((saved) => saved.localVersion)) + 1;
      return save(desk, officer, code, { change: 'switched', id: randomUUID(), version, effectiveFrom: desk.clock.businessDate(), reason, code, on });
    },
  };
}

/** As it travels in an operation: plain JSON without absent members. */
function jsonOf(change: LocalChange): Record<string, never> {
  return JSON.parse(canonicalJson(change)) as Record<string, never>;
}

function invalid({ path, reason }: LocalEditRefusal) {
  return wireError('procedures.invalid', { path, reason }, `Chưa lưu được thủ tục: ${reason}.`);
}

function toSummary({ effective, uses }: FoundProcedure): ProcedureSummary {
  const { code, name, shortName, sector, mode, certification, confirmed, authority } = effective.procedure;
  return { code, name, shortName, sector, mode, certification, confirmed, authority, uses, offered: effective.received };
}

function toView({ procedure, provenance, received }: EffectiveProcedure): ProcedureView {
  return { entry: procedure, pack: provenance.packHash ?? '', localVersion: provenance.localVersion, offered: received };
}
