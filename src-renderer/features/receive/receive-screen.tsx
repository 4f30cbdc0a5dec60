import { useLayoutEffect, useState } from 'react';
import { vi } from '../../text/vi.ts';
import { Screen } from '../../frame/screen.tsx';
import { replaceScreen } from '../../router/router.ts';
import type { ScreenParameters } from '../../router/screens.ts';
import { Note, Skeleton } from '../../ui/note.tsx';
import { useStore } from 'zustand';
import { ReceiveFormView } from './receive-form-view.tsx';
import { newDraftId, openReceiveSession } from './receive-session.ts';
import './receive.css';

/** Receiving: the screen between "next, please" and the paper in the hand. */
export function ReceiveScreen(parameters: ScreenParameters['receive']) {
  const { draftId, procedureCode, samePersonAs } = parameters;
  useLayoutEffect(() => {
    // The draft has its id before the first key, so that a reload in the middle of a word comes back to it.
    if (draftId === undefined) replaceScreen({ name: 'receive', ...parameters, draftId: newDraftId() });
  }, [draftId, parameters]);
  if (draftId === undefined) return null;
  return <OpenForm draftId={draftId} procedureCode={procedureCode} samePersonAs={samePersonAs} />;
}

interface OpenFormProps {
  readonly draftId: string;
  readonly procedureCode: string | undefined;
  readonly samePersonAs: string | undefined;
}

function OpenForm({ draftId, procedureCode, samePersonAs }: OpenFormProps) {
  const [session] = useState(() => openReceiveSession(draftId));
  const isLoading = useStore(session.store, (state) => state.isLoading);
  const isUnreadable = useStore(session.store, (state) => state.isUnreadable);
  if (isLoading) return <Screen title={vi.receive.title}><Skeleton lines={6} /></Screen>;
  if (isUnreadable) return <Screen title={vi.receive.title}><Note kind="warn">{vi.receive.unreadableDraft}</Note></Screen>;
  return <ReceiveFormView session={session} procedureCode={procedureCode} samePersonAs={samePersonAs} />;
}
