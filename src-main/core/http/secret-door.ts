import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { SECRET_HEADER } from '../../../src-shared/contract/core-process.ts';

/** Who stands at the door: a browser or program on loopback, the window on the socket, or a tool that read the file of this start. */
export type Caller = 'program' | 'window' | 'tool';

/** On loopback everybody of this machine may knock; on the socket only who knows the secret of this start. */
export interface SecretDoor {
  /** From now on every request must carry one of the two. */
  lock(secrets: { readonly window: string; readonly tool: string }): void;
  /** Undefined: the secret is missing or wrong. */
  callerOf(headers: IncomingHttpHeaders): Caller | undefined;
}

export function createSecretDoor(): SecretDoor {
  let digests: { readonly window: Buffer; readonly tool: Buffer } | undefined;
  return {
    lock: ({ window, tool }) => {
      digests = { window: digestOf(window), tool: digestOf(tool) };
    },
    callerOf: (headers) => {
      if (digests === undefined) return 'program';
      const said = headers[SECRET_HEADER];
      const digest = digestOf(typeof said === 'string' ? said : '');
      // Digests are of one length, and each comparison takes the same time whatever was said.
      const isWindow = timingSafeEqual(digest, digests.window);
      const isTool = timingSafeEqual(digest, digests.tool);
      return isWindow ? 'window' : isTool ? 'tool' : undefined;
    },
  };
}

function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
