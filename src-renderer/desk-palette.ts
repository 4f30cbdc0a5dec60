import { FileText, Files } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { OutputOf } from '../src-shared/contract/contract.ts';
import { callCore } from './client/core-client.ts';
import { DESK_SCREENS } from './desk-screens.ts';
import type { PaletteItem } from './frame/palette.tsx';
import { openScreen } from './router/router.ts';

const QUIET_MS = 120;
const ROWS_EACH = 6;
const LETTERS_MIN = 2;

type Dossiers = OutputOf<'dossiers.search'>['dossiers'];
type Procedures = OutputOf<'procedures.search'>['procedures'];

/** Dossiers and procedures for what is typed in the palette, asked of the core once the typing pauses. */
export function useDeskPalette(): { readonly items: readonly PaletteItem[]; readonly onQueryChange: (query: string) => void } {
  const [query, setQuery] = useState('');
  const [items, setItems] = useState<readonly PaletteItem[]>([]);
  useEffect(() => {
    let isOvertaken = false;
    if (query.trim().length < LETTERS_MIN) {
      setItems([]);
      return undefined;
    }
    const timer = setTimeout(() => {
      void find(query.trim()).then((found) => {
        if (!isOvertaken) setItems(found);
      });
    }, QUIET_MS);
    return () => {
      isOvertaken = true;
      clearTimeout(timer);
    };
  }, [query]);
  return { items, onQueryChange: setQuery };
}

/** What a screen does not have yet is not offered; a refusal leaves that part out, the commands are there all the same. */
async function find(query: string): Promise<readonly PaletteItem[]> {
  const [dossiers, procedures] = await Promise.all([
    callCore('dossiers.search', { query, limit: ROWS_EACH }),
    callCore('procedures.search', { query, limit: ROWS_EACH }),
  ]);
  return [
    ...(DESK_SCREENS.receive !== undefined && procedures.ok ? procedureItems(procedures.value.procedures, query) : []),
    ...(dossiers.ok ? dossierItems(dossiers.value.dossiers, query) : []),
  ];
}

function procedureItems(procedures: Procedures, query: string): readonly PaletteItem[] {
  return procedures.map(({ code, shortName, name }) => ({
    id: `procedure-${code}`, label: shortName, note: name === shortName ? code : name, keywords: query, icon: FileText,
    run: () => openScreen({ name: 'receive', procedureCode: code }),
  }));
}

/** The core has found them by number or name; the typed words are among the keywords so that none is filtered out again. */
function dossierItems(dossiers: Dossiers, query: string): readonly PaletteItem[] {
  return dossiers.map(({ id, ownerName, code, procedureName }) => ({
    id: `dossier-${id}`, label: ownerName, note: `${code} · ${procedureName}`, keywords: query, icon: Files,
    run: () => openScreen({ name: 'dossier', dossierId: id }),
  }));
}
