import type { OfficeSettings } from '../../../src-shared/domain/settings/office-settings.ts';

/** The settings that one card each changes, saved as acts of their own. */
export type ProvinceSettings = Pick<OfficeSettings, 'provinceEntry' | 'provinceFields' | 'provinceCodeShapes' | 'importReading'>;
export type SaveSetting = <Key extends keyof ProvinceSettings>(key: Key, value: ProvinceSettings[Key]) => Promise<void>;
