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
  /** Only the officer's password brings a locked session back. */
  lock(session: Session): void;
  close(session: Session): void;
  closeAllOf(officer: OfficerId, kept?: Session): void;
  /** Closes what was opened with the recovery code, which is another one now. */
  closeRecovery(kept?: Session): void;
  /** Called once, when the session is locked or closed. Returns the way to stop listening. */
  onAway(session: Session, listener: () => void): () => void;
}

const TOKEN_BYTES = 32;

export function createSessions(): Sessions {
  // Looked up by digest, so that comparing takes the same time for every wrong token.
  const byDigest = new Map<string, Session>();
  const digest = (token: string) => createHash('sha256').update(token).digest('base64url');
  const listeners = new Map<Session, Set<() => void>>();
  const tellAway = (session: Session) => {
    const told = listeners.get(session) ?? [];
    listeners.delete(session);
    for (const listener of told) listener();
  };
  const close = (session: Session) => {
    byDigest.delete(digest(session.token));
    tellAway(session);
  };
  const open = (kind: Session['kind'], officer: OfficerId | null) => {
    const session: Session = { token: randomBytes(TOKEN_BYTES).toString('base64url'), kind, officer, locked: false };
    byDigest.set(digest(session.token), session);
    return session;
  };
  return {
    open: (officer) => open('officer', officer),
    openFor: (kind) => open(kind, null),
    find: (token) => (token === undefined ? undefined : byDigest.get(digest(token))),
    lock: (session) => {
      session.locked = true;
      tellAway(session);
    },
    close,
    closeAllOf: (officer, kept) => {
      for (const session of [...byDigest.values()]) if (session.officer === officer && session !== kept) close(session);
    },
    closeRecovery: (kept) => {
      for (const session of [...byDigest.values()]) if (session.kind === 'recovery' && session !== kept) close(session);
    },
    onAway: (session, listener) => {
      const told = listeners.get(session) ?? new Set();
      listeners.set(session, told.add(listener));
      return () => {
        told.delete(listener);
        if (told.size === 0 && listeners.get(session) === told) listeners.delete(session);
      };
    },
  };
}
