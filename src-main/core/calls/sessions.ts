import { createHash, randomBytes } from 'node:crypto';
import type { OfficerId } from '../../../src-shared/lib/ids.ts';

/** Somebody who signed in. Kept in memory only: a restart of the core asks for the password again and keeps the drafts. */
export interface Session {
  readonly token: string;
  /** `recovery`: opened with the code of the safe, may reset passwords; `maintenance`: a tool that checks and rebuilds. */
  readonly kind: 'officer' | 'recovery' | 'maintenance';
  /** Null unless `kind` is officer. */
  readonly officer: OfficerId | null;
  locked: boolean;
}

export interface Sessions {
  open(officer: OfficerId): Session;
  openFor(kind: 'recovery' | 'maintenance'): Session;
  /** The session of a token as it came over the wire. */
  find(token: string | undefined): Session | undefined;
  close(session: Session): void;
  closeAllOf(officer: OfficerId): void;
}

const TOKEN_BYTES = 32;

export function createSessions(): Sessions {
  // Looked up by digest, so that comparing takes the same time for every wrong token.
  const byDigest = new Map<string, Session>();
  const digest = (token: string) => createHash('sha256').update(token).digest('base64url');
  const open = (kind: Session['kind'], officer: OfficerId | null) => {
    const session: Session = { token: randomBytes(TOKEN_BYTES).toString('base64url'), kind, officer, locked: false };
    byDigest.set(digest(session.token), session);
    return session;
  };
  return {
    open: (officer) => open('officer', officer),
    openFor: (kind) => open(kind, null),
    find: (token) => (token === undefined ? undefined : byDigest.get(digest(token))),
    close: (session) => void byDigest.delete(digest(session.token)),
    closeAllOf: (officer) => {
      for (const [key, session] of byDigest) if (session.officer === officer) byDigest.delete(key);
    },
  };
}
