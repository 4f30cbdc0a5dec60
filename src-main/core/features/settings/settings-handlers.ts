import { wireError } from '../../../../src-shared/contract/errors.ts';
import { schemaIssueInVietnamese } from '../../../../src-shared/domain/packs/schema-issue.ts';
import { isOfficeSettingKey, officeSettingSchemas, readOfficeSettings } from '../../../../src-shared/domain/settings/office-settings.ts';
import type { OfficeSettingKey } from '../../../../src-shared/domain/settings/office-settings.ts';
import { canonicalJson } from '../../../../src-shared/lib/canonical-json.ts';
import { err, ok } from '../../../../src-shared/lib/result.ts';
import type { Announce, Handlers, OutputOf } from '../../calls/handlers.ts';
import { writeOfficeAct } from '../../calls/office-acts.ts';

export interface SettingsDep {
  readonly announce: Announce;
}

type SettingsOutput = OutputOf<'settings.get'>['settings'];

/** The office's settings: a closed list, each value checked before it is written. */
export function createSettingsHandlers(dep: SettingsDep): Handlers<'settings.get' | 'settings.save'> {
  return {
    'settings.get': (_input, { desk }) => ok({ settings: jsonOf(readOfficeSettings(desk.office().settings)) as SettingsOutput }),

    'settings.save': ({ key, value }, { desk, officer }) => {
      if (!isOfficeSettingKey(key)) return err(wireError('request.malformed', { key }, 'Không có mục cài đặt này.'));
      const parsed = parse(key, value);
      if (!parsed.success) return err(wireError('request.malformed', { key, reason: parsed.reason }, `Chưa lưu được cài đặt: ${parsed.reason}.`));
      const written = writeOfficeAct(desk, { kind: 'setting.changed', actor: officer, body: { key, value: parsed.value } });
      if (!written.ok) return written;
      dep.announce({ type: 'office' });
      return ok({});
    },
  };
}

type Parsed = { readonly success: true; readonly value: SettingsOutput[string] } | { readonly success: false; readonly reason: string };

function parse(key: OfficeSettingKey, value: unknown): Parsed {
  const parsed = officeSettingSchemas[key].safeParse(value);
  if (parsed.success) return { success: true, value: jsonOf(parsed.data) as SettingsOutput[string] };
  const [issue] = parsed.error.issues;
  return { success: false, reason: issue === undefined ? 'giá trị chưa dùng được' : schemaIssueInVietnamese(issue, value).reason };
}

function jsonOf(value: unknown): unknown {
  return JSON.parse(canonicalJson(value));
}
