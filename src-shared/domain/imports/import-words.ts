import type { DossierBody } from '../dossiers/dossier-operations.ts';
import { foldedWords } from '../../lib/vietnamese-text.ts';
import type { Channel } from '../procedures/term.ts';

/**
 * How exports of other systems name their columns, states and channels, folded. What an office's own province says otherwise
 * is remembered as a setting (`importReading`); nothing here is a rule of the field.
 */
export const IMPORT_FIELDS = [
  'code', 'procedureCode', 'procedureName', 'request', 'ownerName', 'ownerIdNumber', 'ownerBirthDate', 'ownerPhone', 'ownerAddress', 'submitterName',
  'receivedAt', 'dueAt', 'status', 'channel', 'levy', 'fee', 'note',
] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

/** Without these nothing can be imported; of the two names of a procedure one is enough. */
export const REQUIRED_FIELDS: readonly ImportField[] = ['code', 'ownerName', 'receivedAt'];

/** Heading, word of a state: as they are compared and remembered. */
export function foldedWord(text: string): string {
  return foldedWords(text).join(' ');
}

export const HEADINGS: Readonly<Record<ImportField, readonly string[]>> = {
  code: ['ma ho so', 'so ho so', 'ma so ho so', 'ma hs', 'so bien nhan', 'ma bien nhan', 'so bien nhan ho so', 'ma ho so dvc'],
  procedureCode: ['ma thu tuc', 'ma tthc', 'ma thu tuc hanh chinh', 'ma so tthc'],
  procedureName: ['thu tuc', 'ten thu tuc', 'tthc', 'ten tthc', 'thu tuc hanh chinh', 'ten thu tuc hanh chinh'],
  request: ['noi dung', 'noi dung yeu cau', 'noi dung yeu cau giai quyet', 'noi dung ho so', 'trich yeu', 'trich yeu ho so', 'ten ho so', 've viec'],
  ownerName: ['chu ho so', 'ten chu ho so', 'ho ten chu ho so', 'ho va ten chu ho so', 'nguoi dung ten ho so', 'ca nhan to chuc', 'to chuc ca nhan', 'ten to chuc ca nhan', 'ho ten', 'ho va ten'],
  ownerIdNumber: ['so cccd', 'cccd', 'so can cuoc', 'can cuoc', 'so can cuoc cong dan', 'so dinh danh', 'so dinh danh ca nhan', 'cccd cmnd', 'cmnd cccd', 'so cmnd cccd', 'so cccd cmnd', 'so giay to', 'so giay to tuy than'],
  ownerBirthDate: ['ngay sinh', 'ngay thang nam sinh', 'nam sinh'],
  ownerPhone: ['so dien thoai', 'dien thoai', 'sdt', 'so dt', 'di dong'],
  ownerAddress: ['dia chi', 'dia chi chu ho so', 'noi o', 'noi cu tru', 'dia chi lien he', 'dia chi thuong tru'],
  submitterName: ['nguoi nop', 'nguoi nop ho so', 'ten nguoi nop', 'ho ten nguoi nop', 'ho va ten nguoi nop'],
  receivedAt: ['ngay tiep nhan', 'ngay nhan', 'ngay nhan ho so', 'ngay tiep nhan ho so', 'thoi gian tiep nhan', 'thoi gian nhan', 'thoi gian nhan ho so', 'ngay gio tiep nhan'],
  dueAt: ['ngay hen tra', 'hen tra', 'ngay hen', 'ngay hen tra ket qua', 'thoi gian hen tra', 'thoi han tra', 'han tra', 'han tra ket qua', 'han xu ly', 'han giai quyet', 'ngay tra du kien'],
  status: ['trang thai', 'tinh trang', 'trang thai ho so', 'tinh trang ho so', 'trang thai xu ly', 'tinh trang xu ly'],
  channel: ['kenh', 'kenh nop', 'kenh tiep nhan', 'hinh thuc nop', 'hinh thuc tiep nhan', 'cach nop', 'hinh thuc nop ho so'],
  levy: ['le phi', 'so tien le phi'],
  fee: ['phi', 'so tien phi'],
  note: ['ghi chu'],
};

/**
 * The states in which a dossier goes on here, and two that are not taken in: `submitted`, sent online and received by nobody yet, and
 * `closed`, over there.
 */
export const IMPORT_STATES = ['submitted', 'received', 'processing', 'waitingSupplement', 'waitingDuty', 'finished', 'closed'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];
export type RunningState = DossierBody<'dossier.imported'>['status'];

/** The national portal's codes (domain.md §e.1) and the words of the systems read. */
export const STATE_WORDS: Readonly<Record<ImportState, readonly string[]>> = {
  submitted: ['1', 'moi dang ky', 'moi nop', 'da nop', 'cho tiep nhan', 'chua tiep nhan', 'dang tiep nhan'],
  received: ['2', 'moi tiep nhan', 'da tiep nhan', 'duoc tiep nhan', 'tiep nhan', 'cho xu ly', 'cho phan cong'],
  processing: ['4', 'dang xu ly', 'dang giai quyet', 'dang thu ly', 'dang tham dinh', 'cho phe duyet', 'cho ky', 'trinh ky'],
  waitingSupplement: ['5', 'yeu cau bo sung', 'yeu cau bo sung giay to', 'cho bo sung', 'dang bo sung', 'cho cong dan bo sung'],
  waitingDuty: ['6', 'yeu cau thuc hien nghia vu tai chinh', 'cho nghia vu tai chinh', 'cho thuc hien nghia vu tai chinh', 'cho nop tien'],
  finished: ['9', 'da xu ly xong', 'da giai quyet xong', 'da co ket qua', 'co ket qua', 'cho tra ket qua', 'cho tra'],
  closed: ['3', '7', '8', '10', 'khong duoc tiep nhan', 'tu choi', 'tu choi tiep nhan', 'cong dan yeu cau rut ho so', 'rut ho so', 'da rut', 'dung xu ly', 'dung giai quyet', 'da tra ket qua', 'da tra', 'hoan thanh', 'da ket thuc', 'da huy'],
};

export const CHANNEL_NAMES: Readonly<Record<Channel, readonly string[]>> = {
  direct: ['1', 'truc tiep', 'nop truc tiep', 'tai quay', 'mot cua'],
  online: ['2', 'truc tuyen', 'nop truc tuyen', 'qua mang', 'dich vu cong', 'cong dich vu cong', 'cong dvc', 'toan trinh', 'mot phan'],
  post: ['3', 'buu chinh', 'buu chinh cong ich', 'bcci', 'buu dien', 'qua buu dien', 'qua buu chinh'],
};
