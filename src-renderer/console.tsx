import { startRenderer } from './start.tsx';
import { ConsoleApp } from './console/console-app.tsx';
import { startConsoleSession } from './console/console-session.ts';
import { keptTextSize, setTextSize } from './ui/theme.ts';

setTextSize(keptTextSize());
startConsoleSession();
startRenderer(<ConsoleApp />);
