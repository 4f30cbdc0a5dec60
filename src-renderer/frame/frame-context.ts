import { createContext, use } from 'react';

export interface OfficerBadge {
  readonly name: string;
  /** Role and desk: "Tiếp nhận · Máy 2". */
  readonly note: string;
  /** What pressing it does, where that is not locking the desk. */
  readonly action?: string;
}

export interface FrameValue {
  readonly officer: OfficerBadge;
  readonly onLock: () => void;
  readonly onFind: (query: string) => void;
}

export const FrameContext = createContext<FrameValue | undefined>(undefined);

export function useFrame(): FrameValue | undefined {
  return use(FrameContext);
}
