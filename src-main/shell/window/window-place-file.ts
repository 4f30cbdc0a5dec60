import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseWindowPlace, type WindowPlace } from './window-place.ts';

/** Reads and writes where the window stands. Neither may ever keep the desk from working. */
export interface WindowPlaceFile {
  read(): WindowPlace | undefined;
  write(place: WindowPlace): void;
}

export function windowPlaceFile(folder: string): WindowPlaceFile {
  const file = path.join(folder, 'window.json');
  return {
    read: () => {
      try {
        return parseWindowPlace(readFileSync(file, 'utf8'));
      } catch {
        // There is none yet.
        return undefined;
      }
    },
    write: (place) => {
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        writeFileSync(`${file}.new`, JSON.stringify(place));
        renameSync(`${file}.new`, file);
      } catch {
        // A full disk: next time the window opens where it opened this time.
      }
    },
  };
}
