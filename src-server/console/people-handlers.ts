import { consoleError } from '../../src-shared/console-contract/console-errors.ts';
import { MINUTE_MS } from '../../src-shared/lib/office-time.ts';
import { err, ok } from '../../src-shared/lib/result.ts';
import { listActs, noteAct } from '../features/administrators/acts.ts';
import { listAdministrators, needsSetUp, retireAdministrator } from '../features/administrators/administrator-queries.ts';
import { closeSession } from '../features/administrators/administrator-sessions.ts';
import { makeSetUpCode, setUp } from '../features/administrators/set-up.ts';
import { signIn, type SignInRefusal } from '../features/administrators/sign-in.ts';
import type { ConsoleDep, ConsoleHandlers } from './console-handlers.ts';

/** Passwords that one process looks at at once: each takes a quarter of a second and 64 MB, and strangers may ask too. */
const DERIVING_MAX = 8;

/** Administrators of the server: who they are, how they come in, what they did. */
export function createPeopleHandlers(
  dep: ConsoleDep,
): ConsoleHandlers<'console.get' | 'session.open' | 'session.close' | 'administrators.setUp' | 'administrators.list' | 'administrators.invite' | 'administrators.retire' | 'acts.list'> {
  const { db, nowMs } = dep;
  let deriving = 0;
  return {
    'console.get': async (_input, { administrator }) => ok({ serverName: dep.identity.name, needsSetUp: await needsSetUp(db), administrator: administrator ?? null }),
    'session.open': async ({ name, password }, { keep }) => {
      if (deriving >= DERIVING_MAX) return err(consoleError('storage.busy'));
      deriving += 1;
      const signed = await signIn(dep, name, password).finally(() => { deriving -= 1; });
      if (!signed.ok) return err(signInError(signed.error));
      keep(signed.value.token);
      return ok(signed.value.administrator);
    },
    'session.close': async (_input, { token, keep }) => {
      if (token !== undefined) await db.transaction((writes) => closeSession(writes, token));
      keep(null);
      return ok({});
    },
    'administrators.setUp': async (input, { keep }) => {
      const made = await setUp(dep, input);
      if (!made.ok) return err(made.error.code === 'office.weakPassword' ? consoleError(made.error.code, undefined, made.error.sentence) : consoleError(made.error.code));
      keep(made.value.token);
      return ok(made.value.administrator);
    },
    'administrators.list': async () => ok({ administrators: [...(await listAdministrators(db))] }),
    'administrators.invite': async ({ name }, { administrator }) => ok(await db.transaction(async (writes) => {
      const now = nowMs();
      await noteAct(writes, { at: now, by: administrator.name, kind: 'administrator.invited', about: name });
      return makeSetUpCode(writes, name, now);
    })),
    'administrators.retire': async ({ administrator: id }, { administrator }) => db.transaction(async (writes) => {
      const now = nowMs();
      const retired = await retireAdministrator(writes, id, now);
      if (!retired.ok) return err(consoleError(retired.error));
      await noteAct(writes, { at: now, by: administrator.name, kind: 'administrator.retired', about: retired.value.name });
      return ok({});
    }),
    'acts.list': async ({ office }) => ok({ acts: [...(await listActs(db, office))] }),
  };
}

function signInError(refusal: SignInRefusal) {
  if (refusal.code === 'session.lockedOut') return consoleError(refusal.code, undefined, `Nhập sai nhiều lần. Chờ ${Math.ceil(refusal.remainingMs / MINUTE_MS)} phút rồi thử lại.`);
  const { code, triesLeft, nextLockMs } = refusal;
  // The last try before a lock has begun it: five are left behind it.
  return consoleError(code, undefined, `Tên hoặc mật khẩu chưa đúng. Sai ${triesLeft} lần nữa thì phải chờ ${Math.ceil(nextLockMs / MINUTE_MS)} phút.`);
}
