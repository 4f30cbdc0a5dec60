import type { OfficeState, SessionView } from '../../../../src-shared/contract/office.api.ts';
import { wireError, type WireError } from '../../../../src-shared/contract/errors.ts';
import { attributesOn } from '../../../../src-shared/domain/office/office.ts';
import { codePatternFault } from '../../../../src-shared/domain/numbers/number-series.ts';
import type { OfficerId } from '../../../../src-shared/lib/ids.ts';
import { isIsoDate } from '../../../../src-shared/lib/office-time.ts';
import { err, ok } from '../../../../src-shared/lib/result.ts';
import { recoverySheetNumber } from '../../../../src-node/crypto/recovery-code.ts';
import type { Handlers } from '../../calls/handlers.ts';
import type { Session, Sessions } from '../../calls/sessions.ts';
import { storageToWire } from '../../calls/storage-to-wire.ts';
import type { DeskHolder } from '../../desk/desk-holder.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import { setUpDesk, type ShippedPack } from '../../desk/set-up-desk.ts';
import { passwordFault } from '../../../../src-shared/domain/officers/password-rules.ts';

export interface OfficeDep {
  readonly holder: DeskHolder;
  readonly sessions: Sessions;
  readonly version: string;
  readonly shippedPacks: () => readonly ShippedPack[];
  readonly demoAccounts: () => NonNullable<OfficeState['demo']>['accounts'] | null;
  readonly sessionView: (desk: OpenDesk, session: Session) => SessionView;
  /** Officers with a form begun and not finished; known once the desk is open. */
  readonly officersWithDrafts: (desk: OpenDesk) => ReadonlySet<string>;
  readonly calendarValidTo: (desk: OpenDesk) => string | null;
}

export function createOfficeHandlers(dep: OfficeDep): Handlers<'office.get' | 'office.setup'> {
  return {
    'office.get': (_input, { desk }) => ok(officeState(dep, desk)),
    'office.setup': async (input) => {
      if (dep.holder.state() !== 'setup') return err(wireError('office.alreadySetUp'));
      const patternFault = codePatternFault(input.numbering.pattern);
      if (patternFault) return err(wireError('office.badPattern', {}, patternFault));
      const weak = passwordFault(input.administrator.password);
      if (weak) return err(wireError('office.weakPassword', {}, weak));
      if (!isIsoDate(input.confirmedDate)) return err(wireError('desks.badDate'));
      const { roles } = input.administrator;
      const made = await setUpDesk(dep.holder.dep, {
        ...input,
        administrator: { ...input.administrator, roles: roles.includes('admin') ? roles : [...roles, 'admin'] },
        packs: dep.shippedPacks(),
      });
      // Two clicks on the last step: the first one's keys are there by now, and they are the office's.
      if (!made.ok) return err(made.error.code === 'storage.alreadyExists' ? wireError('office.alreadySetUp') : storageToWire(made.error));
      const opened = dep.holder.adopt(made.value.keySlots, made.value.databaseKey);
      if (!opened.ok) return err(storageToWire(opened.error));
      const session = dep.sessions.open(made.value.officer as OfficerId);
      return ok({ recoveryCode: made.value.recoveryCode, sheet: made.value.sheet, session: dep.sessionView(opened.value, session) });
    },
  };
}

function officeState(dep: OfficeDep, desk: OpenDesk | undefined): OfficeState {
  const keySlots = dep.holder.keySlots();
  const drafts = desk ? dep.officersWithDrafts(desk) : new Set<string>();
  const accounts = dep.demoAccounts();
  return {
    state: dep.holder.state(),
    version: dep.version,
    demo: accounts && { accounts: [...accounts] },
    signIn: (keySlots?.listSignInOfficers() ?? []).map((officer) => ({
      id: officer.id,
      name: officer.displayName,
      hasDraft: drafts.has(officer.id),
      lockedUntil: officer.lockedUntilMs ?? null,
    })),
    recoverySheet: keySlots ? recoverySheetNumber(keySlots.recoveryPublicKey()) : null,
    keySlotsDamaged: keySlots !== undefined && (keySlots.health.mainError !== undefined || keySlots.health.backupError !== undefined),
    office: desk ? openOfficeState(dep, desk) : null,
  };
}

function openOfficeState(dep: OfficeDep, desk: OpenDesk): NonNullable<OfficeState['office']> {
  const office = desk.office();
  const version = attributesOn(office, desk.clock.businessDate());
  const device = office.devices.get(desk.device);
  return {
    id: office.id,
    training: office.training,
    attributes: version.attributes,
    numbering: version.numbering,
    deskRevoked: office.desks.get(desk.deskId)?.revokedAt != null,
    deskName: office.desks.get(desk.deskId)?.name ?? '',
    device: desk.device,
    token: device?.token ?? null,
    reserves: [...(office.desks.get(desk.deskId)?.reserves ?? [])],
    tokenProvisional: device?.tokenProvisional ?? false,
    newIncarnation: desk.newIncarnation,
    dateQuestion: desk.clock.question(),
    clockUnverified: desk.clock.unverified,
    businessNow: desk.clock.nowMs(),
    calendarValidTo: dep.calendarValidTo(desk),
  };
}
