import type { OfficeState } from '../../src-shared/contract/office.api.ts';
import { provinceByCode, provinceFullName } from '../../src-shared/domain/office/provinces.ts';
import { Mountains } from './mountains.tsx';

/** The office on the indigo cloth. Its name is kept encrypted, so nothing stands here before the first sign-in since the start. */
export function OfficePlace({ office }: { readonly office: OfficeState['office'] | undefined }) {
  return (
    <>
      {office != null && (
        <div className="entry-place">
          <p>{office.attributes.unitName.replaceAll('\n', ' ')}</p>
          <p className="entry-place-name">{office.attributes.communeName}</p>
          <p>{provinceOf(office.attributes)}</p>
        </div>
      )}
      <Mountains />
    </>
  );
}

function provinceOf({ provinceCode, provinceName }: { readonly provinceCode: string; readonly provinceName: string }): string {
  const known = provinceByCode(provinceCode);
  return known?.name === provinceName ? provinceFullName(known) : provinceName;
}
