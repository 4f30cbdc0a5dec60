import { useEffect } from 'react';
import { useDeskSession } from '../../client/desk-session.ts';
import { endTour, goToTourStep, useTourStep } from '../../client/tour-state.ts';
import { currentScreen, openScreen, useScreen } from '../../router/router.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { useKeys } from '../../ui/keyboard/use-keys.ts';
import { stepAfter, TOUR_STEPS, type TourStep } from './tour-steps.ts';
import './tour.css';

const words = vi.tour;

/**
 * The tour of the first day: a line above the key bar that takes no cursor and covers nothing, and a frame around what it speaks
 * of. Every key works as always; Esc ends the tour.
 */
export function TourStrip() {
  const index = useTourStep();
  // Another officer, another day.
  useEffect(() => endTour, []);
  const step = index === undefined ? undefined : TOUR_STEPS[index];
  return index === undefined || step === undefined ? null : <Strip index={index} step={step} />;
}

function Strip({ index, step }: { readonly index: number; readonly step: TourStep }) {
  const isPractice = useDeskSession((state) => state.office?.office?.training ?? false);
  const screen = useScreen();
  useKeys([{ combo: 'Esc', label: words.endKey, run: endTour, order: 45, listed: 'bar' }]);
  useMark(step.target);
  useEffect(() => follow(() => {
    const next = stepAfter(index, currentScreen().name, (selector) => document.querySelector(selector) !== null);
    if (next !== index) goToTourStep(next);
  }), [index, screen.name]);
  const isLast = index === TOUR_STEPS.length - 1;
  const { title, ...said } = words.steps[step.id];
  return (
    <section className="tour-strip" aria-label={words.label}>
      <div className="grow" role="status">
        <span className="muted small num-words">{t(words.stepOf, { step: index + 1, count: TOUR_STEPS.length })}</span>
        <p><b>{title}.</b> {isPractice && 'practice' in said ? said.practice : said.words}</p>
      </div>
      <Button label={isLast ? words.finish : words.next} combo="Alt+T" keyOrder={46} onPress={() => (isLast ? endTour() : goOn(index + 1))} />
      {!isLast && <Button kind="quiet" label={words.end} cap="Esc" onPress={endTour} />}
    </section>
  );
}

function goOn(index: number): void {
  const screen = TOUR_STEPS[index]?.screen;
  if (screen !== undefined && currentScreen().name !== screen) openScreen({ name: screen });
  goToTourStep(index);
}

/** Calls now and after every change of the page; returns the way to stop. */
function follow(look: () => void): () => void {
  look();
  const observer = new MutationObserver(look);
  observer.observe(document.body, { childList: true, subtree: true });
  return () => observer.disconnect();
}

/** Marks the first element that fits, also one that comes later, and takes the mark away again. */
function useMark(selector: string): void {
  useEffect(() => {
    let marked: HTMLElement | null = null;
    function unmark(): void {
      delete marked?.dataset['tourHere'];
    }
    const stop = follow(() => {
      const found = document.querySelector<HTMLElement>(selector);
      if (found === marked) return;
      unmark();
      marked = found;
      if (found === null) return;
      found.dataset['tourHere'] = '';
      found.scrollIntoView({ block: 'nearest' });
    });
    return () => {
      stop();
      unmark();
    };
  }, [selector]);
}
