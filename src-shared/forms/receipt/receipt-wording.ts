/** The fixed words of one version of the form; versions differ by these and by what they print, not by code. */
import type { ReceiptData } from './receipt-data.ts';

export interface ReceiptWording {
  readonly keepCopy: string;
  readonly citizenCopy: string;
  readonly submitterLabel: (honorific: ReceiptData['submitter']['honorific']) => string;
  /** The 2018 form names the reception unit in its body; null leaves the line out. */
  readonly receptionUnitLabel: string | null;
  readonly termLabel: string;
  /** Heading of the column of certified copies, as lines. */
  readonly certifiedHeading: readonly string[];
}
