import type { OfficerView } from '../../../src-shared/contract/office.api.ts';
import type { Officer } from '../../../src-shared/domain/office/office.ts';

/** An officer as the wire shows one; credentials never leave the core. */
export function officerView(officer: Officer): OfficerView {
  const { id, name, title, formOfAddress, roles, retired } = officer;
  return { id, name, title, formOfAddress, roles: [...roles], retired };
}
