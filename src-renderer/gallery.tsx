import { startRenderer } from './start.tsx';
import { useState } from 'react';
import { railEntries } from './desk-rail.ts';
import { Frame } from './frame/frame.tsx';
import { ControlsSample } from './gallery/controls-sample.tsx';
import { EntrySample } from './gallery/entry-sample.tsx';
import './gallery/gallery.css';
import { ReceiveSample } from './gallery/receive-sample.tsx';
import { SAMPLE_NOW_MS, SAMPLE_OFFICER } from './gallery/sample-data.ts';
import { TodaySample } from './gallery/today-sample.tsx';
import { vi } from './text/vi.ts';
import { setTextSize, type TextSize } from './ui/theme.ts';

type SampleName = 'today' | 'receive' | 'settings';

const nothing = () => null;
const ALL_SCREENS = { today: nothing, receive: nothing, dossiers: nothing, handOver: nothing, appointments: nothing, sync: nothing, settings: nothing };
const wanted = new URLSearchParams(window.location.search);

/** Every control and two sample screens in the frame: `?screen=today|receive|settings|entry&text=130&training=1`. */
function Gallery() {
  const [screen, setScreen] = useState((wanted.get('screen') ?? 'today') as SampleName);
  const [done, setDone] = useState('');
  const samples = { today: TodaySample, receive: ReceiveSample, settings: ControlsSample };
  const Sample = samples[screen];
  const entries = railEntries(ALL_SCREENS, { handOver: 5, sync: 37 }, [])
    .map((entry) => ({ ...entry, onOpen: () => setScreen(entry.id in samples ? (entry.id as SampleName) : 'settings') }));
  return (
    <Frame entries={entries} currentId={screen} officer={SAMPLE_OFFICER} network={{ words: vi.frame.network.none }} nowMs={SAMPLE_NOW_MS}
      onFind={(query) => setDone(`Tìm ${query}`)} onLock={() => setDone('Khóa')} onBack={() => setDone('Quay lại')} isTraining={wanted.get('training') === '1'} help={vi.help.screens.today}>
      <Sample key={screen} onDone={setDone} />
      <output className="visually-hidden" data-testid="done">{done}</output>
    </Frame>
  );
}

const textSize = wanted.get('text');
if (textSize !== null) setTextSize(textSize as TextSize);
startRenderer(wanted.get('screen') === 'entry' ? <EntrySample /> : <Gallery />);
