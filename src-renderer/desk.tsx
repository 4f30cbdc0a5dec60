import { startRenderer } from './start.tsx';
import { startCardScans } from './client/card-scan.ts';
import { startDraftBuffer } from './client/draft-buffer.ts';
import { startDeskSession } from './client/desk-session.ts';
import { Desk } from './desk-gates.tsx';
import { keptTextSize, setTextSize } from './ui/theme.ts';

setTextSize(keptTextSize());
startCardScans(window);
startDeskSession();
startDraftBuffer();
startRenderer(<Desk />);
