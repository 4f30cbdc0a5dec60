import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { isScanRunning, onCardScan, takeKeptScan } from '../../client/card-scan.ts';
import { vi } from '../../text/vi.ts';
import { focusBlock } from '../../ui/keyboard/focus-order.ts';
import { useKeys } from '../../ui/keyboard/use-keys.ts';
import type { ReceiveForm } from './receive-form.ts';
import { isFromElsewhere } from './receive-people.ts';
import { applyScan, fillSamePeople, type ReceiveSession } from './receive-session.ts';

interface Start {
  readonly procedureCode: string | undefined;
  readonly samePersonAs: string | undefined;
}

/** What the screen was opened with goes into an empty form once; a reopened draft keeps its own words. */
export function useStart(session: ReceiveSession, { procedureCode, samePersonAs }: Start): void {
  const isStarted = useRef(false);
  useEffect(() => {
    if (isStarted.current) return;
    isStarted.current = true;
    const scanned = takeKeptScan();
    const { form } = session.store.getState();
    if (procedureCode !== undefined && form.procedureCode === '') session.chooseProcedure(procedureCode, '');
    if (samePersonAs !== undefined && form.owner.name === '') void fillSamePeople(session, samePersonAs);
    if (scanned !== undefined) applyScan(session, scanned);
  }, [session, procedureCode, samePersonAs]);
}

/** Where the cursor belongs when the machine has filled something: the first thing that is still to be typed. */
function goOn(form: ReceiveForm, isCertification: boolean): void {
  const block = (step: number) => document.querySelector<HTMLElement>(`[data-block="${step}"]`);
  const tiles = block(1)?.querySelector<HTMLElement>('[data-picks]');
  if (form.procedureCode === '' && tiles) {
    tiles.focus();
    return;
  }
  const needsPerson = form.owner.name.trim() === '' || (isFromElsewhere(form.owner) && form.owner.phone === '' && !isCertification);
  const target = needsPerson ? block(2) : block(3) ?? block(2);
  if (target) focusBlock(target);
}

/** After a choice of procedure or a scan the cursor goes on by itself; a reopened draft goes on where it was left. */
export function useFormFocus(session: ReceiveSession): void {
  const code = useStore(session.store, (state) => state.procedure?.code);
  const epoch = useStore(session.store, (state) => state.epoch);
  const isFirst = useRef(true);
  useEffect(() => {
    if (isScanRunning()) return;
    const { form, procedure, isRestored } = session.store.getState();
    const wasFirst = isFirst.current;
    isFirst.current = false;
    const active = document.activeElement;
    const isElsewhere = active !== null && active !== document.body && active.closest('[data-block]:not([data-block="1"])') !== null;
    if (isElsewhere) return;
    if (isRestored && form.procedureCode !== '') {
      const block = document.querySelector<HTMLElement>(`[data-block="${form.block}"]`);
      if (procedure !== undefined && block !== null) focusBlock(block);
      return;
    }
    if (wasFirst && form.procedureCode === '' && form.owner.name === '') return;
    if (form.procedureCode === '' || procedure !== undefined) goOn(form, procedure?.certification === true);
  }, [session, code, epoch]);
  useEffect(() => {
    function onFocusIn(event: FocusEvent): void {
      const step = Number((event.target as Element).closest('[data-block]')?.getAttribute('data-block') ?? Number.NaN);
      if (!Number.isNaN(step) && step !== session.store.getState().form.block) session.update({ block: step });
    }
    document.addEventListener('focusin', onFocusIn);
    return () => document.removeEventListener('focusin', onFocusIn);
  }, [session]);
}

/** An ID number has twelve digits; so many keys are taken back at most. */
const DIGITS_KEPT = 12;

/** A card goes to the people wherever the cursor is; what its first digits did to a field is taken back. */
export function useCardScans(session: ReceiveSession): void {
  useEffect(() => {
    let before: ReceiveForm[] = [];
    return onCardScan({
      mayBegin: () => { before = [...before.slice(1 - DIGITS_KEPT), session.store.getState().form]; },
      begun: (digits) => {
        session.set({ scan: undefined });
        const form = before.at(-digits);
        if (form !== undefined) session.putBack(form);
        before = [];
      },
      read: (scan) => {
        if (scan.ok) applyScan(session, scan.value);
        else session.set({ scan: { kind: 'incomplete' } });
      },
    });
  }, [session]);
}

/** Ctrl+D: what stood in this field on the dossier before. */
export function useCopyPrevious(session: ReceiveSession): void {
  const hasPrevious = useStore(session.store, (state) => state.previous !== undefined);
  useKeys(hasPrevious ? [{ combo: 'Ctrl+D', label: vi.receive.copyPrevious, order: 35, run: () => copyField(session) }] : []);
}

function copyField(session: ReceiveSession): void {
  const name = document.activeElement?.getAttribute('name') ?? '';
  const { form, previous } = session.store.getState();
  const [part = '', member] = name.split('.');
  if (previous === undefined || !(part in previous)) return;
  const key = part as keyof ReceiveForm;
  const old = previous[key];
  if (member === undefined) {
    session.putBack({ ...form, [key]: old });
  } else {
    const value = (old as Readonly<Record<string, unknown>>)[member];
    if (value === undefined || value === '') return;
    session.putBack({ ...form, [key]: { ...(form[key] as object), [member]: value } });
  }
  // The fields were drawn anew; the cursor goes back to the one it was in.
  setTimeout(() => document.querySelector<HTMLElement>(`[name="${name}"]`)?.focus(), 0);
}
