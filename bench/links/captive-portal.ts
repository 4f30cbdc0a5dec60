import type { Socket } from 'node:net';

const PAGE = '<!doctype html><html><head><title>Wi-Fi</title></head><body><h1>Đăng nhập để dùng mạng</h1></body></html>';
const ANSWER = [
  'HTTP/1.1 302 Found', 'Location: http://10.0.0.1/login', 'Content-Type: text/html; charset=utf-8', `Content-Length: ${Buffer.byteLength(PAGE)}`, 'Connection: close', '', PAGE,
].join('\r\n');

/** Whatever is asked is answered by a page to sign in on; to TLS as well, which is no answer there. */
export function answerAsPortal(desk: Socket): void {
  desk.on('error', () => undefined);
  desk.once('data', () => {
    desk.end(ANSWER);
    desk.resume();
  });
  desk.once('end', () => desk.end());
}
