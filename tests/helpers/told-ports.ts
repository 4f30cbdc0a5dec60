/** What a server process of a test says of itself once it serves, in one line of JSON. */
import type { AddressInfo } from 'node:net';

export interface ToldPorts {
  readonly port: number;
  readonly consolePort: number;
}

export function portOf(server: { address(): AddressInfo | string | null }): number {
  return (server.address() as AddressInfo).port;
}
