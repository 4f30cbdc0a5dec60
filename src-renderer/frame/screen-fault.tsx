import { Component, type ReactNode } from 'react';
import { t } from '../text/t.ts';
import { vi } from '../text/vi.ts';
import { Button } from '../ui/button.tsx';
import { Note } from '../ui/note.tsx';
import { Screen } from './screen.tsx';

interface ScreenFaultGuardProps {
  readonly children: ReactNode;
  readonly onHome: () => void;
}

/** A fault of ours in one screen leaves the frame, the keys and every draft as they are: never an empty window. */
export class ScreenFaultGuard extends Component<ScreenFaultGuardProps, { readonly isFaulty: boolean }> {
  override state = { isFaulty: false };

  static getDerivedStateFromError(): { readonly isFaulty: boolean } {
    return { isFaulty: true };
  }

  override render(): ReactNode {
    if (!this.state.isFaulty) return this.props.children;
    return (
      <Screen title={vi.frame.fault.title}>
        <div className="stack">
          <Note kind="bad" title={vi.frame.fault.words}>{t(vi.frame.fault.help)}</Note>
          <div><Button kind="main" label={vi.frame.fault.home} combo="F10" autoFocus onPress={this.props.onHome} /></div>
        </div>
      </Screen>
    );
  }
}
