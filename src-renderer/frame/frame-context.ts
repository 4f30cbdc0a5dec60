import { createContext, use } from 'react';
import { assert } from '../../src-shared/lib/assert.ts';

export interface OfficerBadge {
  readonly name: string;
  /** Role and desk: "Tiếp nhận · Máy 2". */
  readonly note: string;
}

export interface FrameValue {
  readonly officer: OfficerBadge;
  /** The desk's present time, UTC milliseconds, renewed every minute: what due times are compared with. */
  readonly nowMs: number;
  readonly onLock: () => void;
  readonly onFind: (query: string) => void;
}

export const FrameContext = createContext<FrameValue | undefined>(undefined);

export function useFrame(): FrameValue | undefined {
  return use(FrameContext);
}

/** For screens, which always stand inside the frame. */
export function useNowMs(): number {
  const frame = useFrame();
  assert(frame !== undefined, 'a screen stands inside the frame');
  return frame.nowMs;
}
