import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { readDeskSession } from './desk-session.ts';

/**
 * The first-day tour: which step stands, and who was offered it on this machine. It lives beside the screens, because the
 * settings start it again and the frame shows it. Nothing of it goes to the core.
 */
interface TourState {
  /** Undefined while nobody takes the tour. */
  readonly step: number | undefined;
  /** The officers who took it or put it aside here. */
  readonly seenBy: readonly string[];
}

const KEPT = 'motcua.tourSeen';

const tourStore = createStore<TourState>(() => ({ step: undefined, seenBy: keptSeen() }));

export function useTourStep(): number | undefined {
  return useStore(tourStore, (state) => state.step);
}

/** True until this officer took the tour or put it aside on this machine. */
export function useIsTourOffered(officerId: string | undefined): boolean {
  return useStore(tourStore, (state) => officerId !== undefined && state.step === undefined && !state.seenBy.includes(officerId));
}

export function startTour(): void {
  noteSeen();
  tourStore.setState({ step: 0 });
}

export function goToTourStep(step: number): void {
  tourStore.setState({ step });
}

export function endTour(): void {
  tourStore.setState({ step: undefined });
}

/** Taken or put aside: it is not offered again to this officer here. */
export function noteSeen(): void {
  const officer = readDeskSession().session?.officer?.id;
  const { seenBy } = tourStore.getState();
  if (officer === undefined || seenBy.includes(officer)) return;
  const next = [...seenBy, officer];
  localStorage.setItem(KEPT, JSON.stringify(next));
  tourStore.setState({ seenBy: next });
}

function keptSeen(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT) ?? '[]');
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
}
