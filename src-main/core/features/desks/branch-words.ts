import type { BranchRefusalCode, RefusedBranchView } from '../../../../src-shared/contract/office.api.ts';
import { wireError } from '../../../../src-shared/contract/errors.ts';
import { isStorageError, storageToWire } from '../../calls/storage-to-wire.ts';
import type { RefusedBranch } from '../../desk/branch-worker.ts';
import type { BranchError } from '../../desk/import-branch.ts';

const SENTENCES: Readonly<Record<BranchRefusalCode, string>> = {
  'branch.foreignOffice': 'Trong phần của máy này có việc của cơ quan khác.',
  'branch.badSignature': 'Chữ ký của máy này không khớp với các việc ghi trong thư mục.',
  'branch.badChain': 'Có việc của máy này bị sửa sau khi ghi, hoặc khác với bản đang có ở đây.',
  'branch.gap': 'Phần của máy này thiếu một đoạn.',
  'branch.tooLarge': 'Có một việc của máy này lớn quá mức cho phép.',
  'branch.unknownDevice': 'Cơ quan chưa thêm máy này.',
  'branch.ownDevice': 'Thư mục này ghi tiếp bằng chính tên của máy đang dùng.',
  'branch.unreadable': 'Phần của máy này bị hỏng, không đọc được.',
};

/** A device of which nothing was taken in, for whoever imported: its name, what is wrong, and that the rest is here. */
export function refusedView({ device, deskName, code }: RefusedBranch): RefusedBranchView {
  return { device, deskName, code, sentence: SENTENCES[code] };
}

/** Why nothing at all was taken in. */
export function branchError(error: BranchError) {
  if (isStorageError(error)) return error.code === 'storage.full' || error.code === 'storage.readOnly' ? storageToWire(error) : wireError('desks.branchUnreadable', { reason: error.code });
  switch (error.code) {
    case 'branch.foreignOffice':
      return wireError('desks.branchForeign');
    case 'branch.badSignature':
    case 'branch.badChain':
    case 'branch.gap':
    case 'branch.tooLarge':
    case 'branch.unknownDevice':
    case 'branch.ownDevice':
      return wireError('desks.branchUnreadable', { reason: error.code }, `Chưa lấy được việc nào. ${SENTENCES[error.code]}`);
    case 'branch.unreadable':
      return wireError('desks.branchUnreadable', { reason: error.code });
    case 'session.wrongPassword':
    case 'session.lockedOut':
      return wireError(error.code);
    case 'session.unknownOfficer':
      return wireError('session.wrongPassword');
    case 'session.wrongRecoveryCode':
    case 'recoveryCode.mistyped':
    case 'recoveryCode.wrongLength':
      return wireError('session.wrongRecoveryCode');
  }
}
