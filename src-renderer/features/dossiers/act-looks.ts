import {
  ArrowLeftRight, Ban, BanknoteArrowDown, BanknoteArrowUp, BanknoteX, CalendarClock, CircleStop, Eraser, FileCheck, FilePen, FileX, Hand, HandCoins, HandHelping, ListEnd, PackageCheck, Pause, Printer, ReceiptText, RotateCcw, Send, Stamp, Undo2, UserCheck,
  UserMinus,
} from 'lucide-react';
import type { DossierView } from '../../../src-shared/contract/dossier-views.ts';
import type { IconShape } from '../../ui/icon.tsx';

export type DossierAct = DossierView['acts'][number]['act'];

/** How each act looks on the page, and its key where it has a button of its own. */
export const LOOKS: Readonly<Record<DossierAct, { readonly icon: IconShape; readonly combo?: string; readonly order?: number }>> = {
  confirmTransfer: { icon: HandHelping, combo: 'F10', order: 12 },
  take: { icon: Hand, combo: 'F10', order: 12 },
  finish: { icon: Stamp, combo: 'F10', order: 12 },
  receiveSupplement: { icon: PackageCheck, combo: 'F10', order: 12 },
  meetDuty: { icon: BanknoteArrowDown, combo: 'F10', order: 12 },
  handOver: { icon: FileCheck, combo: 'F8', order: 13 },
  reprint: { icon: Printer, combo: 'F9', order: 14 },
  requestSupplement: { icon: Pause, combo: 'F7', order: 15 },
  moveStep: { icon: ListEnd },
  assign: { icon: UserCheck, combo: 'Alt+1', order: 81 },
  transfer: { icon: ArrowLeftRight, combo: 'Alt+2', order: 82 },
  apologise: { icon: CalendarClock, combo: 'Alt+3', order: 83 },
  requestDuty: { icon: BanknoteX },
  collectFee: { icon: BanknoteArrowUp, combo: 'Alt+4', order: 84 },
  issueFeeReceipt: { icon: ReceiptText },
  exemptFee: { icon: HandCoins },
  refundFee: { icon: BanknoteArrowDown },
  voidFee: { icon: Eraser },
  forward: { icon: Send },
  correct: { icon: FilePen },
  undo: { icon: Undo2 },
  rework: { icon: RotateCcw },
  withdraw: { icon: UserMinus },
  stop: { icon: CircleStop },
  refuse: { icon: Ban },
  void: { icon: FileX },
};
