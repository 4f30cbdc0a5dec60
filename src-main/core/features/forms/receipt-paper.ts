import { paperCheckCode } from '../../../../src-node/paper/check-code.ts';
import type { ReadableDb } from '../../../../src-node/db/sqlite.ts';
import type { Names } from '../../../../src-node/operations/names.ts';
import { getOperationHash } from '../../../../src-node/operations/operation-rows.ts';
import type { ReceiptData } from '../../../../src-shared/forms/receipt/receipt-data.ts';
import { chooseReceiptVersion, type ReceiptVersion } from '../../../../src-shared/forms/receipt/receipt.ts';
import type { Dossier } from '../../../../src-shared/domain/dossiers/dossier.ts';
import { attributesOfAct, type Office } from '../../../../src-shared/domain/office/office.ts';
import { readOfficeSettings } from '../../../../src-shared/domain/settings/office-settings.ts';
import { assert } from '../../../../src-shared/lib/assert.ts';
import { officeDate } from '../../../../src-shared/lib/office-time.ts';
import { ownCode, receiptDataOf } from './receipt-rules.ts';

export interface ReceiptPaperRequest {
  /** The database that already holds the receiving operation; inside the transaction of the reception it does. */
  readonly db: ReadableDb;
  readonly names: Names;
  readonly office: Office;
  readonly dossier: Dossier;
  readonly marks: { readonly reprint: number; readonly amended: number };
  /** UTC milliseconds. */
  readonly printedAt: number;
}

export interface ReceiptPaper {
  readonly formVersion: ReceiptVersion;
  readonly data: ReceiptData;
}

/**
 * The receipt of a dossier as a print job keeps it: the form of its business date and the data, with the office's names as
 * they were decided then, who received it, at which desk, and where it stands in the log.
 */
export function receiptPaperOf({ db, names, office, dossier, marks, printedAt }: ReceiptPaperRequest): ReceiptPaper {
  const birth = dossier.history.find(({ header, effect }) => effect === 'applied' && (header.kind === 'dossier.received' || header.kind === 'dossier.imported'));
  assert(birth, 'a folded dossier was received or imported');
  const hash = getOperationHash(db, names, birth.header);
  assert(hash, 'a folded operation is in the log');
  // What the province received earlier bears the date on which it did, not the day of the import.
  const businessDate = birth.header.kind === 'dossier.received' ? birth.header.businessDate : officeDate(dossier.receivedAt);
  const device = office.devices.get(birth.header.device);
  const officer = dossier.receivedBy === null ? undefined : office.officers.get(dossier.receivedBy);
  const data = receiptDataOf(dossier, {
    businessDate,
    attributes: attributesOfAct(office, { at: birth.header.at, businessDate }).attributes,
    training: office.training,
    officerName: officer?.name ?? '',
    deskName: (device && office.desks.get(device.desk)?.name) ?? '',
    place: { device: birth.header.device, seq: birth.header.seq, hash },
    checkCode: paperCheckCode(ownCode(dossier), hash),
    marks,
    printedAt,
  });
  const formVersion = chooseReceiptVersion(businessDate, readOfficeSettings(office.settings).receipt2025From);
  return { formVersion, data };
}
