import type { Plugin } from 'vite';
import { REACT_ARIA_VI } from './react-aria-vi.ts';

const TEXT_FILE = /\/(react-aria|react-stately|react-aria-components)\/dist\/private\/intl\/(?:([a-z]+)\/)?([a-z]{2}-[A-Z]{2})\.[cm]?js$/;

/** The group of a text file of the library and its language, or undefined for any other file. */
function reactAriaTextFile(path: string): { readonly group: string; readonly language: string } | undefined {
  const match = TEXT_FILE.exec(path.replaceAll('\\', '/'));
  if (match === null) return undefined;
  const [, library, folder = 'components', language = ''] = match;
  return { group: library === 'react-stately' ? `stately-${folder}` : folder, language };
}

/**
 * Vite plugin: English texts of React Aria become Vietnamese, all other languages become empty (they are a sixth of the
 * program and nobody would hear them). Groups without Vietnamese belong to components that are not used.
 */
export function reactAriaVietnamese(textsPath: string): Plugin {
  return {
    name: 'motcua:react-aria-vi',
    load(id) {
      const file = reactAriaTextFile(id.split('?')[0] ?? id);
      if (file === undefined) return null;
      if (file.language !== 'en-US') return 'export default {};';
      if (REACT_ARIA_VI[file.group] === undefined) return null;
      return `import { REACT_ARIA_VI } from ${JSON.stringify(textsPath)};\nexport default REACT_ARIA_VI[${JSON.stringify(file.group)}];`;
    },
  };
}
