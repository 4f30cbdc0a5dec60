import type { OutputOf } from '../../../../src-shared/contract/contract.ts';
import type { Office } from '../../../../src-shared/domain/office/office.ts';
import { operationId, type Operation, type OperationId } from '../../../../src-shared/domain/operations/operation.ts';
import { ok } from '../../../../src-shared/lib/result.ts';
import { listNewestOperations } from '../../../../src-node/operations/operation-rows.ts';
import type { Handlers } from '../../calls/handlers.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';

type Entry = OutputOf<'office.history'>['entries'][number];

/** An operation in plain words, as conflicts show it. */
export type DescribeOperation = (desk: OpenDesk, operation: Operation) => Omit<Entry, 'applied'>;

/** Who changed what about the office: its log, read backwards a page at a time. */
export function createHistoryHandlers({ describe }: { readonly describe: DescribeOperation }): Handlers<'office.history'> {
  return {
    'office.history': ({ before, limit }, { desk }) => {
      const office = desk.office();
      const page = listNewestOperations(desk.db, desk.log.names, desk.officeSubject, { before: before ?? null, limit: limit + 1 });
      const shown = page.slice(0, limit);
      const idle = new Set(office.conflicts.filter(({ reason }) => reason.startsWith('operation.')).flatMap(({ operations }) => operations));
      const entries = shown.map(({ operation }) => {
        const { id, at, title, actorName, deskName, lines } = describe(desk, operation);
        return { id, at, title, actorName, deskName, lines: changedLines(desk, office, operation, lines, describe), applied: !idle.has(operationId(operation.header)) };
      });
      return ok({ entries, next: page.length > limit ? shown.at(-1)!.place : null });
    },
  };
}

/** The names carry on from one change to the next, so only the lines that are other ones say what was done. */
function changedLines(desk: OpenDesk, office: Office, operation: Operation, lines: Entry['lines'], describe: DescribeOperation): Entry['lines'] {
  const previous = operation.header.kind === 'office.changed' ? versionBefore(office, operationId(operation.header)) : undefined;
  if (!previous) return lines;
  const body = { ...previous, reason: '' };
  const former = new Map(describe(desk, { header: operation.header, body }).lines.map(({ label, text }) => [label, text]));
  return lines.filter(({ label, text }) => former.get(label) !== text);
}

function versionBefore({ attributeVersions }: Office, id: OperationId) {
  const index = attributeVersions.findIndex(({ operation }) => operation === id);
  const version = attributeVersions[index - 1];
  return version && { effectiveFrom: version.effectiveFrom, attributes: version.attributes, numbering: version.numbering };
}
