import { TodayScreen } from './features/today/today-screen.tsx';
import { TourOffer } from './features/tour/tour-offer.tsx';

/** The first screen with the offer of the tour beside the work: features that do not know each other. */
export function DeskToday() {
  return <TodayScreen offer={TourOffer} />;
}
