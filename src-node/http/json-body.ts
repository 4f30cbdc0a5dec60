import type { FastifyInstance } from 'fastify';

/** What a body or an address can be refused for before any call looks at it. */
export type RequestFaultCode = 'request.malformed' | 'request.encoding' | 'request.contentType' | 'request.tooLarge' | 'request.unknownCall';

/** The server takes JSON in UTF-8 and nothing else. */
export function acceptJson(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => parseJsonBody(body as Buffer, done));
}

/** Fastify's own refusals in our codes; undefined: a fault of ours. */
export function requestFaultCode(error: unknown): RequestFaultCode | undefined {
  if (error instanceof RequestFault) return error.wireCode;
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return 'request.tooLarge';
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_ERR_CTP_EMPTY_TYPE':
      return 'request.contentType';
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_BAD_URL':
      return 'request.malformed';
    // An address that leads out of the folder of screens.
    case 'FST_STATIC_FORBIDDEN_PATH':
      return 'request.unknownCall';
    default:
      return undefined;
  }
}

export function isPlainObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJsonBody(body: Buffer, done: (error: Error | null, value?: unknown) => void): void {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(body);
  } catch {
    // The only thing a fatal decoder throws about.
    done(new RequestFault('request.encoding'));
    return;
  }
  try {
    done(null, parseWithoutPrototypes(text));
  } catch {
    // The parser's message would quote what was sent.
    done(new RequestFault('request.malformed'));
  }
}

/** Looking at every member costs ten times the parsing; a text that cannot hold the name is parsed plainly. */
function parseWithoutPrototypes(text: string): unknown {
  if (!text.includes('__proto__') && !text.includes('\\u')) return JSON.parse(text);
  return JSON.parse(text, (key, member: unknown) => (key === '__proto__' ? undefined : member));
}

class RequestFault extends Error {
  readonly wireCode: 'request.encoding' | 'request.malformed';

  constructor(wireCode: 'request.encoding' | 'request.malformed') {
    super(wireCode);
    this.wireCode = wireCode;
  }
}
