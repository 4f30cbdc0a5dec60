import { wireError } from '../../../../src-shared/contract/errors.ts';
import { err, ok } from '../../../../src-shared/lib/result.ts';
import { generateRecoveryCode, parseRecoveryCode, recoveryKeyPair, recoverySheetNumber } from '../../../../src-node/crypto/recovery-code.ts';
import type { Announce, Handlers, OutputOf, RecoveryContext } from '../../calls/handlers.ts';
import { writeOfficeAct } from '../../calls/office-acts.ts';
import type { Session, Sessions } from '../../calls/sessions.ts';
import { storageToWire } from '../../calls/storage-to-wire.ts';
import type { DeskHolder } from '../../desk/desk-holder.ts';
import { refreshKeySlots } from '../../desk/office-slots.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';

export interface RecoveryDep {
  readonly holder: DeskHolder;
  readonly sessions: Sessions;
  readonly announce: Announce;
}

/**
 * A new recovery code in two calls, so that there is a sheet of paper before anything changes (docs/decisions/0014): the
 * first one makes a code and keeps its public key in memory, the second one, sent when the sheet is in hand, makes it the
 * office's. Until then the former code is the one that opens.
 */
export function createRecoveryHandlers(dep: RecoveryDep): Handlers<'office.getRecovery' | 'office.makeRecoveryCode' | 'office.renewRecovery'> {
  /** Public keys of codes that were shown and not yet confirmed, each to the session that saw it. */
  const shown = new WeakMap<Session, string>();
  return {
    'office.getRecovery': (_input, { desk }) => ok(recoveryState(desk)),
    'office.makeRecoveryCode': (_input, { desk, session }) => {
      // Confirming would have to wait for the date: better told before a sheet is printed.
      if (desk.clock.question()) return err(wireError('desks.dateQuestionOpen'));
      const recoveryCode = generateRecoveryCode();
      const { publicKey } = recoveryKeyPair(recoveryCode);
      shown.set(session, publicKey);
      return ok({ recoveryCode, sheet: recoverySheetNumber(publicKey) });
    },
    'office.renewRecovery': ({ recoveryCode }, context) => {
      const code = parseRecoveryCode(recoveryCode);
      if (!code.ok) return err(wireError('office.unknownRecoveryCode'));
      const { publicKey } = recoveryKeyPair(code.value);
      // Sent again after the answer got lost, the act is there already and only the key file may lag.
      if (context.desk.office().recovery.publicKey !== publicKey) {
        if (shown.get(context.session) !== publicKey) return err(wireError('office.unknownRecoveryCode'));
        const written = writeRenewal(context, publicKey);
        if (!written.ok) return written;
        shown.delete(context.session);
        dep.sessions.closeRecovery(context.session);
      }
      dep.announce({ type: 'office' });
      const keySlots = dep.holder.keySlots();
      const refreshed = keySlots ? refreshKeySlots(keySlots, context.desk) : ok(undefined);
      return refreshed.ok ? ok(recoveryState(context.desk)) : err(storageToWire(refreshed.error));
    },
  };
}

function writeRenewal({ desk, officer }: RecoveryContext, recoveryPublicKey: string) {
  return writeOfficeAct(desk, { kind: 'office.recoveryRenewed', actor: officer, body: { recoveryPublicKey, by: officer === null ? 'recovery' : 'admin' } });
}

function recoveryState(desk: OpenDesk): OutputOf<'office.getRecovery'> {
  const { recovery, devices, desks, officers } = desk.office();
  const madeAt = devices.get(recovery.device)?.desk;
  const joined = new Set([...devices.values()].map((device) => device.desk));
  return {
    sheet: recoverySheetNumber(recovery.publicKey),
    madeOn: recovery.madeOn,
    by: recovery.by,
    deskName: (madeAt && desks.get(madeAt)?.name) ?? '',
    officerName: (recovery.actor && officers.get(recovery.actor)?.name) ?? null,
    otherDesks: [...desks.values()].filter(({ id, revokedAt }) => id !== desk.deskId && revokedAt === null && joined.has(id)).length,
  };
}
