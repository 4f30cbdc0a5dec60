import { wireError, type WireError } from '../../../../src-shared/contract/errors.ts';
import type { DossierContent } from '../../../../src-shared/domain/dossiers/dossier-content.ts';
import type { DossierBody } from '../../../../src-shared/domain/dossiers/dossier-operations.ts';
import { foldedWords } from '../../../../src-shared/lib/vietnamese-text.ts';

type Receiver = Pick<DossierBody<'dossier.handedOver'>, 'receiver' | 'receiverIs'>;
type People = { readonly [Role in 'owner' | 'submitter' | 'authorised']?: Pick<NonNullable<DossierContent[Role]>, 'name'> | undefined };

const MISSING_SENTENCES = {
  owner: 'Hồ sơ này không ghi chủ hồ sơ.',
  submitter: 'Hồ sơ này không ghi người nộp thay, nên không trả cho người nộp thay được.',
  authorised: 'Hồ sơ này không ghi người được ủy quyền, nên không trả cho người được ủy quyền được.',
} as const;

/**
 * Why nobody can have received in this role: the dossier names no such person, or another one. Whom it does not name is
 * `other` (domain.md §f). The number may differ: the one on the card shown at the counter counts.
 */
export function receiverFault(people: People, { receiver, receiverIs }: Receiver): WireError<'dossiers.badContent'> | null {
  if (receiverIs === 'other') return null;
  const missing = missingReceiver(people, receiverIs);
  if (missing) return missing;
  if (foldedName(people[receiverIs]?.name ?? '') === foldedName(receiver.name)) return null;
  return wireError('dossiers.badContent', { receiverIs }, 'Tên người nhận khác tên ghi trong hồ sơ. Nếu người khác đến nhận, chọn “Người khác”.');
}

/** The same where the person is taken from the dossier itself. */
export function missingReceiver(people: People, receiverIs: keyof People): WireError<'dossiers.badContent'> | null {
  return people[receiverIs] ? null : wireError('dossiers.badContent', { receiverIs }, MISSING_SENTENCES[receiverIs]);
}

/** A result sent by post is found again by the number of its order (BCCI). */
export function postFault({ how, postOrder }: Pick<DossierBody<'dossier.handedOver'>, 'how' | 'postOrder'>): WireError<'dossiers.badContent'> | null {
  return how === 'post' && (postOrder ?? '').trim() === '' ? wireError('dossiers.badContent', { how }, 'Gửi bưu điện thì ghi số bưu gửi.') : null;
}

function foldedName(name: string): string {
  return foldedWords(name).join(' ');
}
