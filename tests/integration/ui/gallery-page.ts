import { createServer, type Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from '@playwright/test';
import { build } from 'vite';

const ROOT = join(import.meta.dirname, '../../..');
const GALLERY_DIR = join(ROOT, 'out/gallery');

/** The policy that the core sends with the desk's pages: nothing inline, nothing from elsewhere. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'", "img-src 'self' data: blob:", "style-src 'self'", "font-src 'self' data:", "connect-src 'self'",
  "frame-src 'self' blob: data:", "object-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
].join('; ');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2', '.svg': 'image/svg+xml',
};

export interface GallerySite {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Builds the gallery and serves it the way the core serves the desk. */
export async function setupGallerySite(): Promise<GallerySite> {
  // The test runner sets NODE_ENV to `test`, and the controls then leave out just what the policy would refuse.
  const environmentBefore = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  await build({ configFile: join(ROOT, 'src-renderer/vite.config.ts'), mode: 'gallery', logLevel: 'error' });
  process.env['NODE_ENV'] = environmentBefore;
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://gallery').pathname;
    readFile(join(GALLERY_DIR, path)).then(
      (body) => response.writeHead(200, {
        'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
        'content-security-policy': CONTENT_SECURITY_POLICY,
      }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/gallery.html`, close: () => closeServer(server) };
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

export interface GalleryPage {
  readonly page: Page;
  /** Everything the page complained about: refused by the policy, thrown, or logged as an error. */
  readonly complaints: string[];
}

export async function openGallery(browser: Browser, site: GallerySite, query: string, size = { width: 1366, height: 768 }): Promise<GalleryPage> {
  const context = await browser.newContext({ viewport: size, locale: 'vi-VN' });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.exposeFunction('complain', (words: string) => complaints.push(words));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      (window as unknown as { complain: (words: string) => void }).complain(`policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  await page.goto(`${site.url}?${query}`);
  await page.getByRole('main').waitFor();
  await page.evaluate(() => document.fonts.ready);
  return { page, complaints };
}

/** Elements that reach outside the window, and texts cut off where no list or ellipsis is meant to cut them. */
export function findOverflow(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const describe = (element: Element) => `${element.tagName.toLowerCase()}.${element.className} "${(element.textContent ?? '').trim().slice(0, 40)}"`;
    for (const element of document.querySelectorAll('body *')) {
      if (!element.checkVisibility() || element.closest('.visually-hidden, .key-bar ul') !== null) continue;
      const style = getComputedStyle(element);
      if (style.position === 'absolute' && (style.clipPath !== 'none' || style.clip !== 'auto')) continue;
      const box = element.getBoundingClientRect();
      if (box.width === 0 || box.height === 0 || box.width <= 1) continue;
      const scroller = element.closest('.main-scroll, .page, .rail ul, .palette-list, .option-list');
      const isInScroller = scroller !== null && scroller !== element;
      if (box.right > innerWidth + 1 || box.left < -1 || (!isInScroller && (box.bottom > innerHeight + 1 || box.top < -1))) found.push(`outside: ${describe(element)}`);
      const isScroller = style.overflowX === 'auto' || style.overflowX === 'scroll';
      const isCut = element.scrollWidth > element.clientWidth + 1 && !isScroller && (style.overflowX !== 'visible' || style.whiteSpace === 'nowrap');
      if (isCut && element.clientWidth > 0 && !(element instanceof HTMLInputElement)) found.push(`cut: ${describe(element)}`);
      if (element.matches('.side-content') && element.scrollHeight > element.clientHeight + 1) found.push(`side too high: ${describe(element)}`);
    }
    return found;
  });
}
