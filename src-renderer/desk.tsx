import { startRenderer } from './start.tsx';
import { startDeskSession } from './client/desk-session.ts';
import { Desk } from './desk-gates.tsx';

startDeskSession();
startRenderer(<Desk />);
