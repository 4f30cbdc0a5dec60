import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useKeys } from './keyboard/use-keys.ts';
import { vi } from '../text/vi.ts';
import { classNames } from './class-names.ts';

interface DialogProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly onClose: () => void;
  readonly actions?: ReactNode;
  readonly isTitleHidden?: boolean;
  readonly className?: string;
}

/** Only where a question cannot stand in the page: never on the way of receiving (ux.md §1.2). Esc closes. */
export function Dialog({ title, children, onClose, actions, isTitleHidden = false, className }: DialogProps) {
  useKeys([{ combo: 'Esc', label: vi.ui.keys.close, run: onClose, listed: 'bar', order: 90 }], 'overlay');
  return (
    <ModalOverlay className="overlay fade-in" isOpen isDismissable onOpenChange={(isOpen) => {
      if (!isOpen) onClose();
    }}>
      <Modal>
        <AriaDialog className={classNames('dialog', className)}>
          <Heading slot="title" className={isTitleHidden ? 'visually-hidden' : ''}>{title}</Heading>
          {children}
          {actions !== undefined && <div className="dialog-actions">{actions}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
