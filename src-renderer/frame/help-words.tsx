import type { HelpTopic } from '../text/help-topic.ts';
import { t } from '../text/t.ts';
import { vi } from '../text/vi.ts';

const PARTS = ['what', 'first', 'then', 'wrong'] as const;

/** A topic in the order in which somebody asks: what for, what first, what then, what when it goes wrong. */
export function HelpWords({ topic }: { readonly topic: HelpTopic }) {
  return (
    <dl className="help-words">
      {PARTS.map((part) => topic[part] !== undefined && (
        <div key={part}><dt>{vi.help.parts[part]}</dt><dd>{t(topic[part])}</dd></div>
      ))}
    </dl>
  );
}
