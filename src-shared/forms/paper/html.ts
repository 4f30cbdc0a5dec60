/**
 * Markup that cannot be injected into: a template interpolates plain text (escaped) or other markup, and nothing else.
 * `null` and `undefined` do not fit the types, so the words "null" and "undefined" never reach a paper.
 */
export interface Html {
  readonly markup: string;
}

export type HtmlPart = string | number | Html | readonly Html[];

/** Template tag: literal parts are markup, interpolated strings and numbers are text. */
export function html(literals: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  let markup = literals[0] ?? '';
  parts.forEach((part, index) => {
    markup += partMarkup(part) + (literals[index + 1] ?? '');
  });
  return { markup };
}

/** Nothing at all, for the parts of a form that are left out. */
export const noHtml: Html = { markup: '' };

/** Takes CSS that the program itself wrote (font rules, styles). Refuses text that could end the style element. */
export function styleElement(css: string): Html {
  if (/<\/style/i.test(css)) throw new RangeError('style text must not contain an end tag');
  return { markup: `<style>${css}</style>` };
}

/** A picture inside the document. Takes base64 that was read as a PNG; anything else is a fault of ours. */
export function pngImage(base64: string, className: string): Html {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) throw new RangeError('a picture is base64 text');
  return { markup: `<img class="${className}" alt="" src="data:image/png;base64,${base64}">` };
}

/**
 * Text as it goes on paper: composed letters (NFC), one space between words, no control, direction or zero-width
 * characters, which print as boxes or turn a line around.
 */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
}

function partMarkup(part: HtmlPart): string {
  if (typeof part === 'string') return escapeText(part);
  if (typeof part === 'number') return String(part);
  if ('markup' in part) return part.markup;
  return part.map((one) => one.markup).join('');
}

function escapeText(text: string): string {
  return cleanText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
