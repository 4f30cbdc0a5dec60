import type { Sheet } from '../../src-shared/domain/imports/sheet.ts';
import { err, ok, type Result } from '../../src-shared/lib/result.ts';
import { readCsv } from './read-csv.ts';
import { readXlsx } from './read-xlsx.ts';
import { SheetFault, type SheetFaultCode } from './sheet-fault.ts';

export interface SheetRefusal {
  readonly code: SheetFaultCode;
  readonly sentence: string;
}

/** The table in a file, told by what stands in it and never by its name. Whatever a hostile file does is a refusal, in bounded memory and time. */
export function readSheet(file: Buffer): Result<Sheet, SheetRefusal> {
  try {
    return ok(read(file));
  } catch (thrown) {
    if (!(thrown instanceof SheetFault)) throw thrown;
    return err({ code: thrown.code, sentence: thrown.sentence });
  }
}

const ZIP = Buffer.from('PK\u0003\u0004');
/** The container of .xls, and of .xlsx with a password. */
const OLD_OFFICE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);

function read(file: Buffer): Sheet {
  if (file.subarray(0, 4).equals(ZIP)) return readXlsx(file);
  if (file.subarray(0, 4).equals(OLD_OFFICE)) throw new SheetFault('imports.unreadable', 'Tệp .xls kiểu cũ hoặc tệp có mật khẩu. Mở tệp bằng Excel, lưu lại kiểu “.xlsx” không mật khẩu rồi chọn lần nữa.');
  // Some systems give a web page the name of a sheet.
  if (/^\s*<(!doctype|html|\?xml|table|meta)/i.test(file.toString('latin1', 0, 200).replace(/^ï»¿/, ''))) {
    throw new SheetFault('imports.unreadable', 'Tệp này là trang web mang tên bảng tính. Mở tệp bằng Excel, lưu lại kiểu “.xlsx” rồi chọn lần nữa.');
  }
  return readCsv(file);
}
