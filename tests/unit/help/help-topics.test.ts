import { describe, expect, it } from 'vitest';
import type { HelpTopic } from '../../../src-renderer/text/help-topic.ts';
import { vi } from '../../../src-renderer/text/vi.ts';
import { keyStore, activeKeys, dropKeys, setKeys } from '../../../src-renderer/ui/keyboard/key-store.ts';

const GROUPS = { screens: vi.help.screens, settings: vi.help.settings, registers: vi.help.registers, acts: vi.help.acts, cards: vi.help.cards, gates: vi.help.gates };
const topics = Object.entries(GROUPS).flatMap(([group, of]) => Object.entries(of).map(([name, topic]) => ({ name: `${group}.${name}`, topic: topic as HelpTopic })));

describe('what F1 says of a place', () => {
  it.each(topics)('$name has two to five short sentences in plain words', ({ topic }) => {
    const sentences = Object.values(topic).join(' ').split(/(?<=[.?])\s+/);
    expect(sentences.length).toBeGreaterThanOrEqual(2);
    expect(sentences.length).toBeLessThanOrEqual(5);
    expect(Object.values(topic).filter((words: string) => !words.endsWith('.'))).toEqual([]);
  });
});

describe('F1 of a page before the frame', () => {
  it('works beside the keys of that page, also where the page lies over everything', () => {
    const [entry, gate, screen] = [Symbol('entry'), Symbol('gate'), Symbol('screen')];
    const names = () => activeKeys(keyStore.getState()).map(({ combo }) => combo);
    setKeys(screen, 'screen', [{ combo: 'F2', label: 'tiếp nhận', run: () => undefined }]);
    setKeys(gate, 'gate', [{ combo: 'Esc', label: 'chọn lại', run: () => undefined }]);
    setKeys(entry, 'entry', [{ combo: 'F1', label: 'trợ giúp', run: () => undefined }]);
    expect(names().sort()).toEqual(['Esc', 'F1']);
    dropKeys(entry);
    expect(names()).toEqual(['Esc']);
    for (const token of [gate, screen]) dropKeys(token);
  });
});
