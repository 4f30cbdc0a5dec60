import { wireError, type WireError } from '../../../../src-shared/contract/errors.ts';
import type { CodeDoubt } from '../../../../src-shared/contract/province.api.ts';
import { CODES_MAX } from '../../../../src-shared/domain/dossiers/dossier-codes.ts';
import type { Dossier } from '../../../../src-shared/domain/dossiers/dossier.ts';
import { attributesOn } from '../../../../src-shared/domain/office/office.ts';
import { exampleOfShape, fitsAnyShape, foreignCodeKey, isCodeText } from '../../../../src-shared/domain/province/foreign-code.ts';
import { readOfficeSettings } from '../../../../src-shared/domain/settings/office-settings.ts';
import { err, ok, type Result } from '../../../../src-shared/lib/result.ts';
import { listByCode } from '../../../../src-node/operations/dossiers-by-code.ts';
import type { OfficerContext, ParsedInput } from '../../calls/handlers.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import { actOnDossier, type ActDone, type ActError } from './act-on-dossier.ts';

export type LinkError = ActError | WireError<'dossiers.badCode' | 'dossiers.codeDoubtful'>;
type LinkInput = ParsedInput<'dossiers.linkCode'>;

/** Links the code of another system. What looks wrong is asked about once, and then it is the officer's word (R15). */
export function linkCode(input: LinkInput, context: OfficerContext): Result<ActDone, LinkError> {
  const { code } = input;
  return actOnDossier<LinkError>(context, { key: input.idempotencyKey, call: 'dossiers.linkCode', input, dossier: input.id }, (dossier) => {
    if (!isCodeText(code.code)) return err(wireError('dossiers.badCode'));
    if (dossier.codes.some((known) => foreignCodeKey(known.code) === foreignCodeKey(code.code))) return err(wireError('dossiers.badCode', { reason: 'known' }, `Hồ sơ này đã có mã ${code.code}.`));
    if (dossier.codes.length >= CODES_MAX) return err(wireError('dossiers.badCode', { reason: 'tooMany' }, `Hồ sơ này đã có ${dossier.codes.length} mã, giấy không còn chỗ in thêm. Lùi lại mã gắn nhầm rồi gắn mã này.`));
    const doubts = doubtsOf(context.desk, dossier, code).filter(({ doubt }) => !input.despite.includes(doubt));
    if (doubts.length > 0) return err(wireError('dossiers.codeDoubtful', { doubts }, doubts.map(({ sentence }) => sentence).join(' ')));
    return ok({ kind: 'dossier.codeLinked', body: { code } });
  });
}

interface Doubt {
  readonly doubt: CodeDoubt;
  readonly sentence: string;
}

function doubtsOf(desk: OpenDesk, dossier: Dossier, { system, code }: LinkInput['code']): readonly Doubt[] {
  const doubts: Doubt[] = [];
  const shapes = readOfficeSettings(desk.office().settings).provinceCodeShapes;
  if (system === 'province' && !fitsAnyShape(shapes, code)) doubts.push({ doubt: 'shape', sentence: `Mã ${code} không giống mã tỉnh vẫn cấp, ví dụ ${examplesOf(desk, shapes)}.` });
  const elsewhere = listByCode(desk.db, code).find(({ id }) => id !== dossier.id);
  if (elsewhere) doubts.push({ doubt: 'elsewhere', sentence: `Mã ${code} đang gắn với hồ sơ ${elsewhere.code} của ${elsewhere.ownerName}.` });
  const second = dossier.codes.find((known) => known.system === system);
  if (second) doubts.push({ doubt: 'second', sentence: `Hồ sơ này đã có mã ${second.code} của ${system === 'province' ? 'tỉnh' : 'bộ'}. Gắn thêm thì cả hai mã cùng còn.` });
  return doubts;
}

function examplesOf(desk: OpenDesk, shapes: readonly string[]): string {
  const date = desk.clock.businessDate();
  const { agencyCode } = attributesOn(desk.office(), date).attributes;
  return shapes.map((shape) => exampleOfShape(shape, agencyCode, date)).join(' hoặc ');
}
