import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { ProvinceField } from '../../../src-shared/domain/province/province-fields.ts';

/** Which fields of which dossier went to the other system already. A help for the eye of one sitting: it ends with the page. */
const copied = createStore<ReadonlyMap<string, ReadonlySet<ProvinceField>>>(() => new Map());
const NONE: ReadonlySet<ProvinceField> = new Set();

export function useCopiedFields(dossier: string): ReadonlySet<ProvinceField> {
  return useStore(copied, (state) => state.get(dossier) ?? NONE);
}

export function noteCopied(dossier: string, field: ProvinceField): void {
  copied.setState(new Map(copied.getState()).set(dossier, new Set(copied.getState().get(dossier)).add(field)), true);
}

export function forgetCopied(dossier: string): void {
  const rest = new Map(copied.getState());
  rest.delete(dossier);
  copied.setState(rest, true);
}
