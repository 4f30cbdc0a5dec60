import { decodeFrame } from '../../../src-node/codec/frame-codec.ts';
import { BOMBS } from './frame-bombs.ts';

/** Reads one bomb in a process of bounded memory, and says what became of it. */
process.once('message', (index: number) => {
  const { codec, bytes, before } = BOMBS[index]!;
  const decoded = decodeFrame(codec, bytes(), before?.());
  process.send!({ code: decoded.ok ? 'accepted' : decoded.error.code });
});
