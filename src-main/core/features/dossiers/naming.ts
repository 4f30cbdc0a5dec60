import type { Office } from '../../../../src-shared/domain/office/office.ts';
import type { OperationId } from '../../../../src-shared/domain/operations/operation.ts';
import type { DeskId, DeviceId, OfficerId } from '../../../../src-shared/lib/ids.ts';

/** Names as they are today: people are renamed, papers and lists show the present name. */
export interface Naming {
  officerName(officer: string | null): string | null;
  /** The desk of a device; a desk that lives in several devices is told apart by the letter of its numbers. */
  deskName(device: string): string | null;
  /** A desk by its own id; null for a stranger. */
  deskNameById(desk: string): string | null;
  /** What another operation was, for texts that point at it. */
  operationTitle(id: OperationId): string | null;
}

export function createNaming(office: Office, operationTitle: (id: OperationId) => string | null = () => null): Naming {
  const devicesPerDesk = new Map<string, number>();
  for (const device of office.devices.values()) devicesPerDesk.set(device.desk, (devicesPerDesk.get(device.desk) ?? 0) + 1);
  return {
    officerName: (officer) => (officer === null ? null : (office.officers.get(officer as OfficerId)?.name ?? null)),
    deskName: (id) => {
      const device = office.devices.get(id as DeviceId);
      const name = device && office.desks.get(device.desk)?.name;
      if (!device || name === undefined) return null;
      const shared = (devicesPerDesk.get(device.desk) ?? 0) > 1;
      return shared && device.token !== null ? `${name} (dãy ${device.token})` : name;
    },
    deskNameById: (desk) => office.desks.get(desk as DeskId)?.name ?? null,
    operationTitle,
  };
}
