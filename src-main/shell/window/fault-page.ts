/** The core does not run and does not come back by itself: why, what is safe, what to do. */
export interface Fault {
  readonly code: string;
  readonly sentence: string;
}

/** Where the buttons of the page lead: caught before anything is opened. */
export const FAULT_LINKS = { retry: 'app://shell/retry', quit: 'app://shell/quit' } as const;

/** Without script, so that nothing but its two links can be done with it. */
export function faultPage({ code, sentence }: Fault): string {
  return `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Phần lưu trữ chưa chạy</title><style>${STYLES}</style></head><body>
<main><h1>Phần lưu trữ chưa chạy</h1>
<p>${escaped(sentence)}</p>
<p><b>Việc đã lưu vẫn còn.</b> Chữ đang nhập ở cửa sổ phía sau cũng còn: đừng đóng máy vội, bấm “Thử lại” trước.</p>
<p class="muted">Vẫn không được thì tắt máy, bật lại rồi mở phần mềm. Chưa xong nữa thì gọi người quản trị và đọc mã lỗi:</p>
<p><code>${escaped(code)}</code></p>
<p class="buttons"><a class="main" href="${FAULT_LINKS.retry}" autofocus>Thử lại</a><a href="${FAULT_LINKS.quit}">Đóng phần mềm</a></p></main></body></html>`;
}

const STYLES = 'body{margin:0;background:#f5f3ee;color:#17212f;font:16px/1.5 "Be Vietnam Pro","Noto Sans","Segoe UI",sans-serif}'
  + 'main{padding:28px 36px;border-top:6px solid #9e1c1a}h1{font-size:22px;margin:0 0 12px;color:#9e1c1a}.muted{color:#566273}p{margin:0 0 12px}'
  + 'code{background:#e8ebf0;padding:4px 10px;border-radius:6px;font-size:15px}.buttons{display:flex;gap:12px;margin-top:20px}'
  + 'a{padding:9px 22px;border:1px solid #7e8998;border-radius:8px;color:#17212f;text-decoration:none;font-weight:600}a.main{background:#1e3c78;border-color:#1e3c78;color:#fff}'
  + 'a:focus-visible{outline:3px solid #f2b632;outline-offset:2px}';

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
