import { createHash } from 'node:crypto';
import { testPage } from '../printing/test-page.ts';
import { faultPage, type Fault } from '../window/fault-page.ts';

/** The shell's own pages: the fault that is there now, and the sheet for trying a printer. Nothing else below app://shell. */
export function createShellPages(fault: () => Fault | undefined): (url: URL) => Response {
  return (url) => {
    const now = fault();
    if (url.pathname === '/fault' && now !== undefined) return page(faultPage(now));
    if (url.pathname === '/test-page') return page(testPage(url.searchParams.get('size') === 'A4' ? 'A4' : 'A5'));
    return new Response(null, { status: 404 });
  };
}

/** The styles stand in the page and are named by their hash; no script, nothing from outside. */
function page(html: string): Response {
  const styles = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? '';
  const hash = createHash('sha256').update(styles).digest('base64');
  return new Response(html, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    },
  });
}
