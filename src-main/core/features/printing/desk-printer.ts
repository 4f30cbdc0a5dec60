/** The printer that this desk prints on: a machine's own name for it, so it is kept at the desk and is no act of the office (decisions/0026). */
import { readFact, writeFact } from '../../../../src-node/operations/desk-facts.ts';
import type { OutputOf } from '../../../../src-shared/contract/contract.ts';
import type { DeviceId, OfficerId } from '../../../../src-shared/lib/ids.ts';
import { err, ok } from '../../../../src-shared/lib/result.ts';
import type { Handlers } from '../../calls/handlers.ts';
import { storageToWire } from '../../calls/storage-to-wire.ts';
import { FACT, type OpenDesk } from '../../desk/open-desk.ts';

interface ChosenPrinter {
  readonly printer: string | null;
  readonly by: OfficerId;
  readonly at: number;
  /** A copied or restored folder may lie on another machine, with other printers: there nobody has chosen yet. */
  readonly device: DeviceId;
}

export function createPrinterHandlers(): Handlers<'printing.getPrinter' | 'printing.choosePrinter'> {
  return {
    'printing.getPrinter': (_input, { desk }) => ok(printerOf(desk)),
    'printing.choosePrinter': ({ printer }, { desk, officer }) => {
      const chosen: ChosenPrinter = { printer, by: officer, at: desk.clock.nowMs(), device: desk.device };
      const written = desk.log.write<undefined>(({ db }) => {
        writeFact(db, FACT.printer, chosen);
        return ok(undefined);
      });
      return written.ok ? ok(printerOf(desk)) : err(storageToWire(written.error));
    },
  };
}

function printerOf(desk: OpenDesk): OutputOf<'printing.getPrinter'> {
  const chosen = readFact<ChosenPrinter>(desk.db, FACT.printer);
  if (chosen?.device !== desk.device) return { printer: null, byName: null, at: null };
  return { printer: chosen.printer, byName: desk.office().officers.get(chosen.by)?.name ?? null, at: chosen.at };
}
