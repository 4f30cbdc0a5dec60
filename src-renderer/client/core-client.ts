import { contract, type CallName, type InputOf, type ResultOf } from '../../src-shared/contract/contract.ts';
import type { WireError } from '../../src-shared/contract/errors.ts';
import { createContractClient, type Unreachable } from './contract-client.ts';

/**
 * Calls the core by the contract. When the core cannot be reached the call waits outside for nobody: the caller gets
 * `core.unreachable`.
 */
export type CallAnswer<N extends CallName> = ResultOf<N> | { readonly ok: false; readonly error: Unreachable };

export type ScreenError = WireError | Unreachable;

const client = createContractClient({ contract, base: '/api', unreachable: 'Đang nối lại với phần lưu trữ… Chữ đã nhập vẫn còn.' });

export const callCore: <N extends CallName>(name: N, input: InputOf<N>) => Promise<CallAnswer<N>> = client.call;

/** Some refusals concern the whole desk (session gone or locked, disk full, the question of the date) and are answered in one place. */
export const { onRefusal, onReachableChange, reportReachable, changeTurn, readTurn } = client;
