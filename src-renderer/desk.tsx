import { startRenderer } from './start.tsx';
import { DeskApp } from './desk-app.tsx';
import { vi } from './text/vi.ts';

startRenderer(<DeskApp officer={{ name: vi.frame.product, note: '' }} nowMs={Date.now()} onLock={() => undefined} />);
