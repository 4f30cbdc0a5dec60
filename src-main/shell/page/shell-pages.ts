import { createHash } from 'node:crypto';
import { testPage } from '../printing/test-page.ts';
import { faultPage, type Fault } from '../window/fault-page.ts';

/** The shell's own pages: the fault that is there now, and the sheet for trying a printer. Nothing else below app://shell. */
export function createShellPages(fault: () => Fault | undefined): (url: URL) => Response {
  return (url) => {
    const now = fault();
    if (url.pathname === '/fault' && now !== undefined) return page(200, faultPage(now));
    if (url.pathname === '/test-page') return page(200, testPage(url.searchParams.get('size') === 'A4' ? 'A4' : 'A5'));
    return new Response(null, { status: 404 });
  };
}

/**
 * What is to be seen while the core is being started: the look of the page that follows. It stands at the very address of
 * that page, so nobody can go back to it, and the process that draws it goes on to draw the application.
 */
export function startingPage(): Response {
  return page(503, `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Một Cửa Vùng Cao</title><style>${STARTING_STYLES}</style></head><body><div></div><p role="status">Đang mở…</p></body></html>`);
}

const STARTING_STYLES = 'body{margin:0;height:100vh;display:flex;background:#f5f3ee;color:#566273;font:16px "Be Vietnam Pro","Noto Sans","Segoe UI",sans-serif}div{width:380px;background:#14264a}p{margin:64px}';

/** The styles stand in the page and are named by their hash; no script, nothing from outside. */
function page(status: number, html: string): Response {
  const styles = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? '';
  const hash = createHash('sha256').update(styles).digest('base64');
  return new Response(html, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    },
  });
}
