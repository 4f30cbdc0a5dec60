/**
 * The only way time enters the program. `wallMs` is what the machine's clock says (UTC milliseconds, may be wrong);
 * `monotonicMs` only ever grows while the process lives and has no meaning across restarts.
 */
export interface Clock {
  wallMs(): number;
  monotonicMs(): number;
}
