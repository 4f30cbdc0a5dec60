/** With every answer to a window or browser: it is kept nowhere, taken for nothing else, and nobody learns from where it was asked. */
export const ANSWER_HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' } as const;

/**
 * What the screens may load, said by whoever serves them: nothing from outside, nothing inline (design §4). Previews of papers are
 * shown in a frame from a blob: their own styles and fonts come with them, so that frame alone carries a policy of its own, in the
 * paper's document.
 */
export const SCREEN_SECURITY_POLICY = [
  "default-src 'self'",
  "img-src 'self' data: blob:",
  "style-src 'self'",
  "font-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self' blob: data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
