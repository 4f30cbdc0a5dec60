import { DOSSIER_PERMISSIONS, type DossierKind } from '../../../../src-shared/domain/dossiers/dossier-operations.ts';
import type { Role } from '../../../../src-shared/domain/officers/officer.ts';
import { useQuery } from '../../../client/use-query.ts';
import { vi } from '../../../text/vi.ts';
import { useFormScope } from '../../../ui/keyboard/form-scope.tsx';
import { EmptyState, Note, Skeleton } from '../../../ui/note.tsx';
import { PickList } from '../../../ui/pick-list.tsx';

interface OfficerPickProps {
  readonly label: string;
  /** Whoever may do an act of this kind is offered. */
  readonly kind: DossierKind;
  /** Left out: giving to oneself is no giving. */
  readonly without?: string | undefined;
  /** Marked as who has it now. */
  readonly present?: string | null;
  readonly presentNote?: string;
  readonly value: string | undefined;
  readonly onChange: (officer: string, roles: readonly Role[]) => void;
}

const DIGITS_MAX = 9;

/** The officers who are here, nobody chosen beforehand: a digit marks, Enter goes on. */
export function OfficerPick({ label, kind, without, present = null, presentNote = '', value, onChange }: OfficerPickProps) {
  const { moveOn } = useFormScope();
  const list = useQuery('officers.atWork', {}, (event) => event.type === 'office');
  if (list.error !== undefined) return <Note kind="bad" errorCode={list.error.code}>{list.error.sentence}</Note>;
  if (list.value === undefined) return <Skeleton lines={2} />;
  const wanted = DOSSIER_PERMISSIONS[kind];
  const officers = list.value.officers.filter(({ id, roles }) => id !== without && roles.some((role) => wanted.includes(role)));
  const pick = (officer: string) => onChange(officer, officers.find(({ id }) => id === officer)?.roles ?? []);
  if (officers.length === 0) return <EmptyState>{vi.dossierActs.noOfficer}</EmptyState>;
  return (
    <div className="pick-block" {...(value === undefined && { 'data-wrong': true })}>
      <p className="label">{label}</p>
      <PickList label={label} mode="confirm" columns={2} autoFocus selectedId={value} onMark={pick} onPick={(officer) => {
        pick(officer);
        setTimeout(moveOn, 0);
      }} items={officers.map(({ id, name, title }, index) => ({
        id, label: <b>{name}</b>,
        note: id === present ? [title, presentNote].filter((part) => part !== '').join(', ') : title,
        digit: index < DIGITS_MAX ? index + 1 : undefined,
      }))} />
      {value === undefined && <p className="hint">{vi.dossierActs.pickOfficer}</p>}
    </div>
  );
}
