import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { openLink, type Link } from '../../../bench/links/link.ts';
import { LINKS, type LinkProfile } from '../../../bench/links/link-profile.ts';
import { HandLinkTime } from '../../helpers/hand-link-time.ts';

/** Real sockets over the link; where a cut is at stake, the link's time passes by hand. */
const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

async function serverOf(onSocket: (socket: Socket) => void): Promise<number> {
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => undefined);
    onSocket(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.push(server);
  return (server.address() as AddressInfo).port;
}

async function linkTo(serverPort: number, profile: LinkProfile, time?: HandLinkTime): Promise<Link> {
  const link = await openLink({ profile, serverPort, seed: 3, ...(time && { time }) });
  opened.push(link);
  return link;
}

async function connectTo({ port }: Link): Promise<Socket> {
  const socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => undefined);
  opened.push({ close: () => socket.destroy() });
  await once(socket, 'connect');
  return socket;
}

/** Also where it ends by a reset, which `once` would throw. */
const closedOf = (socket: Socket) => new Promise((resolve) => void socket.once('close', resolve));
const echo = (socket: Socket) => void socket.pipe(socket);
/** Lets the system's sockets move while the link's time stands. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await nextTurn();
}

const cutLink = (kind: NonNullable<LinkProfile['outage']>['kind']): LinkProfile => ({ ...LINKS.loopback, outage: { kind, upMs: 20_000, downMs: 10_000 } });

async function heard(socket: Socket, text: string): Promise<string> {
  const answer = once(socket, 'data');
  socket.write(text);
  return String((await answer)[0]);
}

it('carries bytes both ways, counts them, and ends one half without the other', async () => {
  const port = await serverOf((socket) => {
    let length = 0;
    socket.on('data', (chunk: Buffer) => void (length += chunk.byteLength));
    // Answers only when the other side has said all.
    socket.on('end', () => socket.end(`heard ${length}`));
  });
  const link = await linkTo(port, LINKS.loopback);
  const socket = await connectTo(link);
  socket.end(Buffer.alloc(3_000_000, 1));
  let answer = '';
  for await (const part of socket.setEncoding('utf8')) answer += String(part);
  expect(answer).toBe('heard 3000000');
  expect(link.up.arrived).toBe(3_000_000);
  expect(link.down.arrived).toBe('heard 3000000'.length);
  expect(link.connections()).toBe(1);
});

it('keeps the nominal rate with real sockets and timers', async () => {
  const port = await serverOf((socket) => void socket.on('end', () => socket.end('x')).resume());
  const link = await linkTo(port, { upKbit: 4_000, downKbit: 4_000, roundTripMs: 40, loss: 0, outage: null });
  const socket = await connectTo(link);
  const begun = performance.now();
  socket.end(Buffer.alloc(400_000, 1));
  await once(socket, 'data');
  const limitMs = (link.up.packets * 52 + 400_000) * 8 / 4_000 + 40 + 40;
  const tookMs = performance.now() - begun;
  expect(tookMs).toBeGreaterThan(limitMs * 0.97);
  expect(tookMs).toBeLessThan(limitMs * 1.1);
});

it('holds back whoever writes more than the link can queue', async () => {
  const time = new HandLinkTime();
  const port = await serverOf((socket) => void socket.resume());
  const link = await linkTo(port, LINKS.edge, time);
  const socket = await connectTo(link);
  // The link's time stands still: only what the systems' own buffers and the queue hold is taken.
  const chunk = Buffer.alloc(1_048_576, 1);
  for (let count = 0; count < 32; count += 1) socket.write(chunk);
  await turns(500);
  expect(socket.writableLength).toBeGreaterThan(15 * chunk.byteLength);
  expect(link.up.arrived).toBe(0);
  time.moveTo(60_000);
  expect(link.up.arrived).toBeGreaterThan(0);
  expect(link.up.arrived).toBeLessThan((60 * 64_000) / 8);
});

it('after a cut of the kind `reset`, open connections are told and new ones work', async () => {
  const time = new HandLinkTime();
  const link = await linkTo(await serverOf(echo), cutLink('reset'), time);
  const socket = await connectTo(link);
  expect(await heard(socket, 'before')).toBe('before');
  time.moveTo(20_001);
  const data: string[] = [];
  socket.on('data', (part) => void data.push(String(part)));
  socket.write('into the cut');
  const ended = closedOf(socket);
  time.moveTo(30_000);
  await ended;
  expect(data).toEqual([]);
  expect(await heard(await connectTo(link), 'after')).toBe('after');
});

it('after a cut of the kind `blackhole`, open connections are silent for ever and new ones work', async () => {
  const time = new HandLinkTime();
  const link = await linkTo(await serverOf(echo), cutLink('blackhole'), time);
  const socket = await connectTo(link);
  expect(await heard(socket, 'before')).toBe('before');
  const data: string[] = [];
  let isClosed = false;
  socket.on('data', (part) => void data.push(String(part))).on('close', () => void (isClosed = true));
  time.moveTo(20_001);
  socket.write('into the cut');
  time.moveTo(31_000);
  socket.write('after it');
  for (const round of ['one', 'two', 'three']) expect(await heard(await connectTo(link), round)).toBe(round);
  expect([data, isClosed]).toEqual([[], false]);
});

it('after a cut of the kind `frozen`, open connections go on with what was on the way', async () => {
  const time = new HandLinkTime();
  const link = await linkTo(await serverOf(echo), cutLink('frozen'), time);
  const socket = await connectTo(link);
  expect(await heard(socket, 'before')).toBe('before');
  time.moveTo(20_001);
  const data: string[] = [];
  const answer = once(socket, 'data');
  socket.on('data', (part) => void data.push(String(part)));
  socket.write('into the cut');
  while (link.up.lost === 0) await turns(1);
  time.moveTo(29_999);
  expect(data).toEqual([]);
  for (let ms = 30_000; data.length === 0 && ms <= 50_000; ms += 100) {
    time.moveTo(ms < 50_000 ? ms : 49_999);
    await turns(1);
  }
  await answer;
  expect(data.join('')).toBe('into the cut');
});

it('a connection begun in a cut is made when a repeated first packet gets through', async () => {
  const time = new HandLinkTime();
  const link = await linkTo(await serverOf(echo), cutLink('reset'), time);
  time.moveTo(28_500);
  const socket = await connectTo(link);
  const data: string[] = [];
  socket.on('data', (part) => void data.push(String(part)));
  socket.write('hello');
  await turns(50);
  time.moveTo(31_400);
  expect(data).toEqual([]);
  const answer = once(socket, 'data');
  // Sent again after one second and after three: at 31,500.
  time.moveTo(31_500);
  expect(String((await answer)[0])).toBe('hello');
});

it('a captive portal answers every request with a page, and lets through when somebody has signed in', async () => {
  const time = new HandLinkTime();
  const link = await linkTo(await serverOf(echo), cutLink('portal'), time);
  time.moveTo(20_001);
  const answer = await fetch(`http://127.0.0.1:${link.port}/sync/v1/server`, { redirect: 'manual' });
  expect(answer.status).toBe(302);
  expect(answer.headers.get('location')).toContain('login');
  expect(await answer.text()).toContain('<html>');
  time.moveTo(30_000);
  expect(await heard(await connectTo(link), 'through')).toBe('through');
});

it('a server that is not there is told of as such', async () => {
  const port = await serverOf(echo);
  await opened.pop()!.close();
  const link = await linkTo(port, LINKS.loopback);
  const socket = await connectTo(link);
  socket.resume();
  await closedOf(socket);
  expect(socket.destroyed).toBe(true);
});
