import type { ComponentProps } from 'react';
import { CashSheet } from './features/fees/cash-sheet.tsx';
import { ReceiptBooks } from './features/fees/receipt-books.tsx';
import { PaperPanel } from './features/printing/paper-panel.tsx';
import { RegistersScreen } from './features/registers/registers-screen.tsx';
import type { ScreenParameters } from './router/screens.ts';

/** The registers with the money among them: features that do not know each other. */
export function DeskRegisters(props: ScreenParameters['registers']) {
  return <RegistersScreen {...props} cashSheet={PrintedCashSheet} receiptBooks={ReceiptBooks} />;
}

function PrintedCashSheet(props: Omit<ComponentProps<typeof CashSheet>, 'paperPanel'>) {
  return <CashSheet {...props} paperPanel={PaperPanel} />;
}
