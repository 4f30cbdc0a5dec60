import type { StorageErrorCode } from '../../src-node/db/storage-error.ts';

export interface StartFault {
  readonly code: StorageErrorCode | 'desk.alreadyOpen' | 'port.taken' | 'socket.refused' | 'demo.realFolder' | 'state.insideData';
  readonly port?: number;
}

/** Why the desk does not start, what is safe and what to do: one Vietnamese sentence, then the stable code. */
export function explainStartFault(fault: StartFault, dataDir: string): string {
  return `${sentence(fault, dataDir)} (${fault.code})`;
}

function sentence(fault: StartFault, dataDir: string): string {
  switch (fault.code) {
    case 'desk.alreadyOpen':
      return `Chương trình đang mở sẵn trên thư mục ${dataDir}. Dùng cửa sổ đang mở, hoặc đóng nó rồi mở lại.`;
    case 'port.taken':
      return `Cổng ${fault.port} đang có chương trình khác dùng. Bỏ --port để máy tự chọn cổng trống.`;
    case 'socket.refused':
      return 'Máy không cho mở đường nối giữa cửa sổ và phần lưu trữ. Việc đã lưu vẫn còn; khởi động lại máy rồi mở lại.';
    case 'demo.realFolder':
      return `Thư mục ${dataDir} là của cơ quan thật hoặc đang có tệp khác, không mở thử ở đây được. Bỏ --demo để mở cơ quan, hoặc dùng --data với một thư mục trống.`;
    case 'state.insideData':
      return `Chỗ giữ trạng thái của máy (MOTCUA_STATE_DIR) đang nằm trong thư mục ${dataDir}. Đặt nó ra ngoài rồi mở lại.`;
    case 'storage.readOnly':
      return `Thư mục ${dataDir} chỉ cho đọc. Việc đã lưu vẫn còn; nhờ quản trị mở quyền ghi rồi mở lại.`;
    case 'storage.full':
      return `Ổ đĩa đã đầy. Việc đã lưu vẫn còn; dọn bớt rồi mở lại.`;
    case 'storage.newer':
      return `Dữ liệu do bản phần mềm mới hơn ghi. Cài bản mới rồi mở lại; đừng xóa gì.`;
    case 'storage.locked':
      return `Tệp trong ${dataDir} đang có chương trình khác giữ. Đóng chương trình đó rồi mở lại.`;
    case 'storage.damaged':
    case 'storage.wrongKey':
    case 'storage.missing':
    case 'storage.alreadyExists':
    case 'storage.ioFailed':
      return `Tệp trong ${dataDir} không đọc được. Đừng xóa gì; báo quản trị.`;
  }
}
