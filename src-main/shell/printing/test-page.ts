/** A sheet that shows whether size, margins and Vietnamese letters come out right. No script, nothing from outside. */
export function testPage(size: 'A4' | 'A5'): string {
  const [width, height] = size === 'A4' ? [210, 297] : [148, 210];
  return `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Trang in thử ${size}</title><style>${styles(size, width, height)}</style></head><body>
<div class="sheet"><div class="frame"><h1>Trang in thử khổ ${size}</h1>
<p>Khung này cách mép giấy 10 mm ở cả bốn phía. Thiếu cạnh nào là máy in đang đặt sai khổ giấy hoặc sai lề.</p>
<div class="ruler"></div><p>Vạch trên dài đúng 100 mm. Đo bằng thước; ngắn hơn là máy in đang tự thu nhỏ.</p>
<p class="letters">ẮẰẲẴẶ ấầẩẫậ ĐĐđđ ếềểễệ ốồổỗộ ớờởỡợ ứừửữự ỳỷỹỵ</p>
<p class="letters"><b>Cộng hòa xã hội chủ nghĩa Việt Nam · 0123456789</b></p>
<p>Chữ phải đủ dấu, nét không đứt. Trang này không phải giấy tờ của cơ quan.</p></div></div></body></html>`;
}

function styles(size: string, width: number, height: number): string {
  return `@page{size:${size} portrait;margin:0}html,body{margin:0}.sheet{box-sizing:border-box;width:${width}mm;height:${height}mm;padding:10mm;overflow:hidden}`
    + '.frame{box-sizing:border-box;height:100%;border:.5mm solid #000;padding:8mm;font:11pt "Be Vietnam Pro","Noto Sans","Segoe UI",Arial,sans-serif}'
    + 'h1{font-size:16pt;margin:0 0 4mm}.ruler{width:100mm;height:4mm;border:solid #000;border-width:0 .4mm .4mm .4mm;margin:6mm 0 2mm}.letters{font-size:13pt}';
}
