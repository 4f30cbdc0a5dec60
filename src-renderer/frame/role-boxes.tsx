import { useId } from 'react';
import { ROLES, type Role } from '../../src-shared/domain/officers/officer.ts';
import { vi } from '../text/vi.ts';
import { Checkbox } from '../ui/fields/choice-fields.tsx';

interface RoleBoxesProps {
  readonly label: string;
  readonly labelNote?: string;
  readonly roles: readonly Role[];
  readonly onChange: (roles: readonly Role[]) => void;
  /** A role that cannot be taken away here. */
  readonly fixed?: Role;
}

/** What an officer may do; one person usually holds several roles. */
export function RoleBoxes({ label, labelNote, roles, onChange, fixed }: RoleBoxesProps) {
  const labelId = useId();
  return (
    <div className="field" role="group" aria-labelledby={labelId}>
      <span id={labelId} className="label">{label}{labelNote !== undefined && <> <span className="label-note">{labelNote}</span></>}</span>
      <div className="role-boxes">
        {ROLES.map((role) => (
          <Checkbox key={role} isSelected={roles.includes(role)} isDisabled={role === fixed}
            onChange={(isSelected) => onChange(isSelected ? [...roles, role] : roles.filter((one) => one !== role))}>
            {vi.session.roles[role]}
          </Checkbox>
        ))}
      </div>
    </div>
  );
}
