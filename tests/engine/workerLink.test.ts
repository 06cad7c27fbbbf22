/** One worker that answers what no worker should. */
import { expose } from 'comlink';
import { describe, expect, it } from 'vitest';
import { IDLE, isChunk, isStatus, type WorkerStatus } from '../../src/engine/protocol.js';
import { WorkerLink } from '../../src/engine/workerLink.js';

/** A link to a worker that answers this when it is asked how far it is, and why it failed. */
async function polled(answer: unknown): Promise<string | undefined> {
  const { port1, port2 } = new MessageChannel();
  expose({ status: () => answer }, port2);
  let failure: string | undefined;
  const worker = { port: port1, onFailure() {}, terminate: async () => {} };
  const link = new WorkerLink(worker as never, ({ message }) => {
    failure = message;
  });
  link.poll(10, true, 1);
  await expect.poll(() => failure !== undefined || link.status === answer || link.status.steps === 7).toBe(true);
  await link.close();
  port1.close();
  port2.close();
  return failure;
}

describe('a worker that is asked how far it is', () => {
  it('is heard', async () => {
    expect(await polled({ ...IDLE, busy: true, block: 3, steps: 7 })).toBeUndefined();
  });

  it.each([undefined, null, 'busy', {}, { ...IDLE, steps: Number.NaN }, { ...IDLE, blocksDone: -1 }])(
    'fails where it answers %j',
    async (answer) => {
      expect(await polled(answer)).toBe('the worker sent no status where one was asked for');
    },
  );
});

it('knows a status and a chunk by their parts', () => {
  expect(isStatus(IDLE)).toBe(true);
  expect(isStatus({ ...IDLE, block: 0.5 } as WorkerStatus)).toBe(false);
  expect(isChunk({ tallies: {}, steps: 0 })).toBe(true);
  for (const none of [
    undefined,
    null,
    5,
    { tallies: {} },
    { tallies: {}, steps: Number.NaN },
    { tallies: null, steps: 1 },
  ])
    expect(isChunk(none as never)).toBe(false);
});
