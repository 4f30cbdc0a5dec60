import { damaged } from './sheet-fault.ts';

/** What is met in an XML text, in order. Names come without their prefix. */
export interface XmlReader {
  open?(name: string, attributes: string): void;
  close?(name: string): void;
  text?(text: string): void;
}

/**
 * Walks through an XML text once, in time that grows with its length alone. A document type is refused, so no entity but the
 * five of XML and characters by number can stand for anything.
 */
export function scanXml(xml: string, reader: XmlReader): void {
  let at = 0;
  while (at < xml.length) {
    const tag = xml.indexOf('<', at);
    if (tag !== at) reader.text?.(decodeEntities(xml.slice(at, tag < 0 ? xml.length : tag)));
    if (tag < 0) return;
    at = readMarkup(xml, tag, reader);
  }
}

function readMarkup(xml: string, tag: number, reader: XmlReader): number {
  if (xml.startsWith('<!--', tag)) return after(xml, '-->', tag + 4);
  if (xml.startsWith('<?', tag)) return after(xml, '?>', tag + 2);
  if (xml.startsWith('<![CDATA[', tag)) {
    const end = after(xml, ']]>', tag + 9);
    reader.text?.(xml.slice(tag + 9, end - 3));
    return end;
  }
  if (xml.startsWith('<!', tag)) throw damaged('khai báo lạ');
  const end = endOfTag(xml, tag + 1);
  const isClosing = xml[tag + 1] === '/';
  const isEmpty = xml[end - 1] === '/';
  const inside = xml.slice(tag + (isClosing ? 2 : 1), isEmpty ? end - 1 : end);
  const space = inside.search(/\s/);
  const name = inside.slice(0, space < 0 ? inside.length : space);
  const local = name.slice(name.indexOf(':') + 1);
  if (!isClosing) reader.open?.(local, space < 0 ? '' : inside.slice(space));
  if (isClosing || isEmpty) reader.close?.(local);
  return end + 1;
}

function after(xml: string, mark: string, from: number): number {
  const at = xml.indexOf(mark, from);
  if (at < 0) throw damaged('thiếu dấu đóng');
  return at + mark.length;
}

const QUOTES: ReadonlySet<string> = new Set(['"', "'"]);

/** A `>` inside quotes closes nothing. */
function endOfTag(xml: string, from: number): number {
  let quote: string | undefined;
  for (let at = from; at < xml.length; at += 1) {
    const sign = xml[at]!;
    if (quote !== undefined) quote = sign === quote ? undefined : quote;
    else if (QUOTES.has(sign)) quote = sign;
    else if (sign === '>') return at;
  }
  throw damaged('thiếu dấu đóng');
}

/** One attribute by its name without prefix; undefined when the tag has none. */
export function attributeOf(attributes: string, name: string): string | undefined {
  for (let from = 0; ; ) {
    const at = attributes.indexOf(name, from);
    if (at < 0) return undefined;
    from = at + name.length;
    const before = attributes[at - 1];
    const value = /^\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(attributes.slice(from, from + 2_000));
    if (value && (before === undefined || /[\s:]/.test(before))) return decodeEntities(value[1] ?? value[2] ?? '');
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w{1,8}));/g, (whole, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '';
  });
}
