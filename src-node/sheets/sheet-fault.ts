/** Why a file gave no table. `sentence` is Vietnamese and says what the officer can do. */
export class SheetFault extends Error {
  readonly code: SheetFaultCode;
  readonly sentence: string;

  constructor(code: SheetFaultCode, sentence: string) {
    super(code);
    this.code = code;
    this.sentence = sentence;
  }
}

export type SheetFaultCode = 'imports.unreadable' | 'imports.encoding' | 'imports.tooLarge';

export const damaged = (what: string): SheetFault => new SheetFault('imports.unreadable', `Tệp Excel bị hỏng (${what}). Mở tệp bằng Excel, lưu lại rồi chọn lần nữa.`);
export const tooLarge = (): SheetFault => new SheetFault('imports.tooLarge', 'Tệp lớn quá. Mỗi lần nhận nhiều nhất 20.000 dòng; chia tệp làm nhiều phần rồi nhập từng phần.');
