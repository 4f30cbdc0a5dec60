/** Where the window stands and how large its text is: kept from start to start. */
export interface WindowPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly isMaximized: boolean;
  readonly zoomLevel: number;
}

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The screens are made for this; less is possible, but not pleasant. */
const SIZE = { width: 1366, height: 768 } as const;
export const SIZE_MIN = { width: 800, height: 560 } as const;
/** So much of the window must lie on a screen that somebody can take hold of it. */
const GRIP_PX = 120;
const ZOOM = { min: -1.5, max: 3, step: 0.5 } as const;

/** Undefined for anything but a place as we write it: a torn or foreign file is as good as none. */
export function parseWindowPlace(text: string): WindowPlace | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // Not ours to repair: the window opens where a first one would.
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const { x, y, width, height, isMaximized, zoomLevel } = parsed as Record<string, unknown>;
  if (![x, y, width, height].every(isPixel) || typeof isMaximized !== 'boolean' || typeof zoomLevel !== 'number' || !Number.isFinite(zoomLevel)) return undefined;
  return { x: x as number, y: y as number, width: width as number, height: height as number, isMaximized, zoomLevel: clampZoom(zoomLevel) };
}

function isPixel(value: unknown): boolean {
  return Number.isInteger(value) && Math.abs(value as number) < 100_000;
}

/** The place to open at: the kept one if a screen still shows it, else the middle of the first screen, which is filled if it is small. */
export function placeToOpen(kept: WindowPlace | undefined, screens: readonly [Area, ...Area[]]): WindowPlace {
  const zoomLevel = kept?.zoomLevel ?? 0;
  if (kept !== undefined && screens.some((screen) => hasGrip(kept, screen))) {
    return { ...kept, width: Math.max(kept.width, SIZE_MIN.width), height: Math.max(kept.height, SIZE_MIN.height) };
  }
  const [first] = screens;
  const width = Math.min(SIZE.width, first.width);
  const height = Math.min(SIZE.height, first.height);
  return {
    width, height, zoomLevel,
    x: first.x + Math.floor((first.width - width) / 2),
    y: first.y + Math.floor((first.height - height) / 2),
    isMaximized: first.width <= SIZE.width || first.height <= SIZE.height,
  };
}

/** The title bar, which is what one drags, is within reach. */
function hasGrip(place: Area, screen: Area): boolean {
  const across = Math.min(place.x + place.width, screen.x + screen.width) - Math.max(place.x, screen.x);
  return across >= GRIP_PX && place.y >= screen.y && place.y <= screen.y + screen.height - GRIP_PX;
}

export interface KeyInput {
  readonly type: string;
  readonly key: string;
  readonly control: boolean;
  readonly alt: boolean;
  readonly meta: boolean;
}

/** The zoom after Ctrl with +, - or 0; undefined for every other key. */
export function zoomAfter(level: number, { type, key, control, alt, meta }: KeyInput): number | undefined {
  if (type !== 'keyDown' || !control || alt || meta) return undefined;
  if (key === '+' || key === '=') return clampZoom(level + ZOOM.step);
  if (key === '-' || key === '_') return clampZoom(level - ZOOM.step);
  return key === '0' ? 0 : undefined;
}

function clampZoom(level: number): number {
  return Math.min(ZOOM.max, Math.max(ZOOM.min, level));
}
