import { wireError, type CommonError, type WireError } from '../../../../src-shared/contract/errors.ts';
import { runningSeries } from '../../../../src-shared/domain/numbers/number-series.ts';
import { skipFault, type SkipFault } from '../../../../src-shared/domain/numbers/skip-number.ts';
import { isHeldHere, listHeldTokens, livingDevicesOn, returnFault, type AskingDesk, type ReturnFault } from '../../../../src-shared/domain/numbers/token-uses.ts';
import { firstFreeDay, type Office } from '../../../../src-shared/domain/office/office.ts';
import { assertNever } from '../../../../src-shared/lib/assert.ts';
import type { DeskId } from '../../../../src-shared/lib/ids.ts';
import { err, ok, type Result } from '../../../../src-shared/lib/result.ts';
import { answerOnce } from '../../calls/answer-once.ts';
import type { Announce, Handlers, OfficerContext, OutputOf, ParsedInput } from '../../calls/handlers.ts';
import { appendOfficeAct, tellOffice } from '../../calls/office-acts.ts';
import { storageToWire } from '../../calls/storage-to-wire.ts';
import { freeTokens } from '../../desk/free-tokens.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import { seriesState } from './number-queries.ts';

export interface NumbersDep {
  readonly stateDir: string;
  readonly announce: Announce;
}

/** The acts of the office about numbers: passing one over, taking a token back. What they may not do is refused before it is written. */
export function createNumbersHandlers(dep: NumbersDep): Handlers<'numbers.list' | 'numbers.skip' | 'numbers.returnToken'> {
  return {
    'numbers.list': (_input, { desk }) => {
      const free = freeTokens(dep.stateDir, desk);
      return free.ok ? ok({ ...listTokens(desk), free: free.value, running: listRunning(desk), skipped: listSkipped(desk.office()) }) : err(storageToWire(free.error));
    },
    'numbers.skip': (input, context) => tellOffice(context.desk, dep.announce, skipNumber(input, context)),
    'numbers.returnToken': (input, context) => tellOffice(context.desk, dep.announce, returnToken(input, context)),
  };
}

const SKIPPED_MAX = 100;

const here = (desk: OpenDesk): AskingDesk => ({ desk: desk.deskId, device: desk.device });

function listTokens(desk: OpenDesk): Pick<OutputOf<'numbers.list'>, 'tokens' | 'resting'> {
  const office = desk.office();
  const today = desk.clock.businessDate();
  return {
    tokens: listHeldTokens(office).map((held) => {
      const holder = office.desks.get(held.desk);
      return { ...held, deskName: holder?.name ?? '', here: isHeldHere(office, here(desk), held.token), revoked: holder?.revokedAt != null };
    }),
    resting: [...office.returnedTokens]
      .map(([token, returnedOn]) => ({ token, freeFrom: firstFreeDay(returnedOn) }))
      .filter(({ token, freeFrom }) => !office.heldTokens.has(token) && freeFrom > today)
      .sort((one, other) => (one.token < other.token ? -1 : 1)),
  };
}

function listRunning(desk: OpenDesk): OutputOf<'numbers.list'>['running'] {
  const office = desk.office();
  const token = office.devices.get(desk.device)?.token;
  if (!token) return [];
  const today = desk.clock.businessDate();
  return runningSeries(token, today).map((series) => {
    const { next } = seriesState(desk.db, office, { ...series, counter: 1 });
    return { ...series, next };
  });
}

function listSkipped(office: Office): OutputOf<'numbers.list'>['skipped'] {
  return office.skippedNumbers.slice(-SKIPPED_MAX).reverse().map(({ number, reason }) => ({ ...number, reason }));
}

type SkipError = CommonError | WireError<SkipFault | 'dossiers.keyReused'>;

function skipNumber(input: ParsedInput<'numbers.skip'>, { desk, officer }: OfficerContext): Result<Record<string, never>, SkipError> {
  const { number, reason } = input;
  return answerOnce<Record<string, never>, SkipError>(desk, { key: input.idempotencyKey, call: 'numbers.skip', input }, (writing) => {
    const office = desk.office();
    const series = seriesState(writing.db, office, number);
    const fault = skipFault(office, here(desk), desk.clock.businessDate(), number, series);
    if (fault) return err(skipRefusal(fault, office, number.token, series));
    appendOfficeAct(writing, desk, { kind: 'number.skipped', actor: officer, body: { number, reason } });
    return ok({});
  });
}

function skipRefusal(fault: SkipFault, office: Office, token: string, series: { readonly last: number; readonly next: number }): WireError<SkipFault> {
  switch (fault) {
    case 'numbers.otherDesk': {
      const names = livingDevicesOn(office, token).map(({ desk }) => deskName(office, desk));
      return wireError(fault, { desks: names }, `Dãy ${token} là của ${names.join(', ')}. Làm việc này ở máy ấy.`);
    }
    case 'numbers.notReached':
      return wireError(fault, { last: series.last, next: series.next }, series.last === 0 ? undefined : `Dãy này mới đến số ${series.last}. Chỉ bỏ trống số còn thiếu ở giữa, hoặc đúng số tiếp theo của máy này.`);
    case 'numbers.unknownToken':
    case 'numbers.alreadyIssued':
    case 'numbers.alreadySkipped':
      return wireError(fault);
    default:
      return assertNever(fault);
  }
}

type ReturnError = CommonError | WireError<ReturnFault | 'dossiers.keyReused'>;

/** A token that came back rests until the year is over: nobody knows how far the lost machine had counted. */
function returnToken(input: ParsedInput<'numbers.returnToken'>, { desk, officer }: OfficerContext): Result<{ freeFrom: string }, ReturnError> {
  const { token, reason } = input;
  return answerOnce<{ freeFrom: string }, ReturnError>(desk, { key: input.idempotencyKey, call: 'numbers.returnToken', input }, (writing) => {
    const office = desk.office();
    const fault = returnFault(office, here(desk), input);
    if (fault) return err(returnRefusal(fault, office, here(desk), token));
    appendOfficeAct(writing, desk, { kind: 'number.tokenReturned', actor: officer, body: { token, reason } });
    return ok({ freeFrom: firstFreeDay(desk.clock.businessDate()) });
  });
}

function returnRefusal(fault: ReturnFault, office: Office, asking: AskingDesk, token: string): WireError<ReturnFault> {
  if (fault !== 'numbers.tokenInUse') return wireError(fault);
  if (isHeldHere(office, asking, token)) return wireError(fault, { here: true }, `Máy này đang dùng hoặc để dành ký hiệu ${token}.`);
  const holder = office.heldTokens.get(token);
  const name = holder ? deskName(office, holder.desk) : '';
  return wireError(fault, { desk: name }, `Ký hiệu ${token} là của ${name}. Chỉ lấy lại khi máy ấy đã hỏng hoặc mất.`);
}

function deskName(office: Office, desk: DeskId): string {
  return office.desks.get(desk)?.name ?? '';
}
