import { useDeskSession } from '../../client/desk-session.ts';
import { noteSeen, startTour, useIsTourOffered } from '../../client/tour-state.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import './tour.css';

const words = vi.tour.offer;

/** Offered once to each officer on this machine: a card beside the work, never a question in its way. */
export function TourOffer() {
  const officer = useDeskSession((state) => state.session?.officer?.id);
  if (!useIsTourOffered(officer)) return null;
  return (
    <Card title={words.title} className="tour-offer">
      <p>{words.words}</p>
      <p className="muted small">{words.again}</p>
      <div className="row wide wraps">
        <Button kind="in-block" label={words.start} onPress={startTour} />
        <Button kind="quiet" label={words.later} onPress={noteSeen} />
      </div>
    </Card>
  );
}
