import { ERRORS, refusal, type ErrorCode, type ErrorRow, type WireError } from '../contract/errors.ts';

/** The desk's codes that mean the same here, and what only the upper tier's page is refused. A code is never in both tables. */
const SHARED = [
  'request.malformed', 'request.encoding', 'request.contentType', 'request.tooLarge', 'request.forbiddenOrigin', 'request.unknownCall', 'internal.unexpected',
  'session.required', 'session.wrongPassword', 'session.lockedOut', 'office.weakPassword', 'packs.refused', 'storage.busy',
] as const satisfies readonly ErrorCode[];

const OWN = {
  'administrators.badCode': refusal(422, 'Mã cài đặt chưa đúng, đã dùng hoặc đã hết hạn.'),
  'administrators.otherName': refusal(422, 'Mã này làm cho người khác. Gõ đúng tên đã ghi khi xin mã.'),
  'administrators.nameTaken': refusal(409, 'Đã có quản trị tên này. Thêm chữ để phân biệt, hoặc xin mã đặt lại mật khẩu.'),
  'administrators.unknown': refusal(404, 'Không có quản trị này.'),
  'administrators.last': refusal(409, 'Phải còn ít nhất một quản trị.'),
  'offices.unknown': refusal(404, 'Không có xã này.'),
  'stops.unknownDesk': refusal(404, 'Xã không có máy này.'),
  'stops.already': refusal(409, 'Máy này đã ngừng rồi.'),
  'stops.none': refusal(409, 'Tuyến trên không ngừng máy này.'),
  'admissions.unknown': refusal(404, 'Mã này không còn: đã dùng, đã hết hạn hoặc đã lấy lại.'),
  'packs.notNewer': refusal(409, 'Đã công bố bản này hoặc bản mới hơn với nội dung khác. Bản sửa phải mang số lớn hơn.'),
  'packs.unknown': refusal(404, 'Không có gói này.'),
} as const satisfies Record<string, ErrorRow>;

export type ConsoleErrorCode = (typeof SHARED)[number] | keyof typeof OWN;
export type ConsoleError<Code extends ConsoleErrorCode = ConsoleErrorCode> = WireError<Code>;

/** Codes that any call of the page may answer with, besides those it declares. */
export type ConsoleCommonError = Extract<ConsoleErrorCode, `request.${string}` | 'internal.unexpected' | 'session.required' | 'storage.busy'>;

export function consoleErrorRow(code: ConsoleErrorCode): ErrorRow {
  return code in OWN ? OWN[code as keyof typeof OWN] : ERRORS[code as (typeof SHARED)[number]];
}

export function consoleError<Code extends ConsoleErrorCode>(code: Code, detail?: Readonly<Record<string, unknown>>, sentence?: string): ConsoleError<Code> {
  return { code, sentence: sentence ?? consoleErrorRow(code).sentence, ...(detail && { detail }) };
}
