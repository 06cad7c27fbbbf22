/** The only file that knows Comlink: how calls travel between the host and its workers. */
import { type Endpoint, expose, type Remote, transfer, wrap } from 'comlink';
import type { Port } from '../platform/platform.js';

export type { Remote } from 'comlink';

/** Makes an object's methods callable from the other end of a port; listens before it returns, so that no early message is lost. */
export function offer(api: object, port: Port): void {
  expose(api, port as Endpoint);
}

/**
 * The object that the other end of a port offers. Its calls never settle once the other end is gone: race them (see `WorkerLink`).
 */
export function connect<Api>(port: Port): Remote<Api> {
  return wrap<Api>(port as Endpoint);
}

/** Marks a return value so that its buffers are moved and not copied. */
export function moving<T extends object>(value: T, arrays: readonly ArrayBufferView[]): T {
  return transfer(value, [...new Set(arrays.map((array) => array.buffer as ArrayBuffer))]);
}
