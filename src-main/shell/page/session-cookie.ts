/**
 * The session of whoever works in this window. A page of a scheme of our own has no place for cookies; and the page has no
 * business with it: the shell puts it on the page's calls to the core and takes it off the answers.
 */
export interface SessionCookie {
  /** For the `cookie` header of a call; undefined while nobody is signed in. */
  header(): string | undefined;
  /** The `set-cookie` headers of an answer. */
  keep(setCookies: readonly string[]): void;
}

const NAME = 'motcua-session';

export function createSessionCookie(): SessionCookie {
  let value: string | undefined;
  return {
    header: () => (value === undefined ? undefined : `${NAME}=${value}`),
    keep: (setCookies) => {
      for (const line of setCookies) {
        const [, set] = new RegExp(`^${NAME}=([\\w-]*)(?:;|$)`).exec(line) ?? [];
        if (set !== undefined) value = set === '' || /;\s*Max-Age=0(?:;|$)/i.test(line) ? undefined : set;
      }
    },
  };
}
