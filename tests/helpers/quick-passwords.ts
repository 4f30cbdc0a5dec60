import type { PasswordParameters } from '../../src-node/crypto/password-wrap.ts';

/** As little as Argon2id takes, for tests that are not about guessing passwords. */
export const QUICK_PASSWORDS: PasswordParameters = { memoryKib: 64, passes: 1, lanes: 1 };
