import { z } from 'zod';
import { LOGO_BYTES_MAX } from './logo-image.ts';
import type { OfficeAttributes } from './office-operations.ts';

const line = (max: number) => z.string().trim().min(1).max(max);
const maybeLine = (max: number) => z.string().trim().max(max).default('');

/** What an administrator types about the head and foot of papers. An empty optional line is left out of papers. */
export const paperNamesSchema = z.strictObject({
  communeName: line(80),
  superiorName: line(120),
  unitName: line(160),
  placeName: line(60),
  hotline: maybeLine(60),
  lookupAddress: maybeLine(120),
  address: maybeLine(160),
  footer: maybeLine(160),
  /** `kept`, `none`, or a new picture as base64 of a PNG. */
  logo: z.union([z.literal('kept'), z.literal('none'), z.strictObject({ png: z.string().max(Math.ceil(LOGO_BYTES_MAX / 3) * 4) })]).default('kept'),
});
export type PaperNames = z.output<typeof paperNamesSchema>;

/** The attributes with those lines in place; `logo` is the operation of the picture that was chosen. Codes and numbering stay. */
export function attributesWith(current: OfficeAttributes, names: Omit<PaperNames, 'logo'>, logo: string | undefined): OfficeAttributes {
  const { provinceCode, provinceName, communeCode, agencyCode } = current;
  const { communeName, superiorName, unitName, placeName } = names;
  const said = (['hotline', 'lookupAddress', 'address', 'footer'] as const).filter((key) => names[key] !== '').map((key) => [key, names[key]] as const);
  return {
    provinceCode, provinceName, agencyCode, communeName, superiorName, unitName, placeName,
    ...(communeCode !== undefined && { communeCode }),
    ...Object.fromEntries(said),
    ...(logo !== undefined && { logo }),
  };
}
