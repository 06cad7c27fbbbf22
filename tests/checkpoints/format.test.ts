import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeState, encodeState } from '../../src/checkpoints/format.js';
import { EngineError } from '../../src/engine/index.js';
import { expected, fakePlan } from '../engine/fakeRunner.js';
import { header } from './header.js';
import { finishedHash, smallPlan, stateOf } from './states.js';

const state = stateOf(smallPlan, [0, 3, 4, 10]);
const file = await encodeState(header, state);

/** Puts a right check sum at the end of a file that was tampered with. */
function sealed(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = Uint8Array.from(bytes);
  copy.set(createHash('sha256').update(copy.subarray(0, -32)).digest(), copy.length - 32);
  return copy;
}

/** The file with other text in its header, or another body. */
function forged({ head = (text: string) => text, body = (bytes: Buffer) => bytes }): Uint8Array<ArrayBuffer> {
  const length = new DataView(file.buffer).getUint32(12, true);
  const text = Buffer.from(head(Buffer.from(file.subarray(16, 16 + length)).toString()));
  const packed = body(Buffer.from(file.subarray(16 + length, -32)));
  const whole = Buffer.concat([file.subarray(0, 16), text, packed, Buffer.alloc(32)]);
  whole.writeUInt32LE(text.length, 12);
  return sealed(whole);
}

const repacked = (change: (bytes: Buffer) => Buffer) => (bytes: Buffer) =>
  deflateRawSync(change(inflateRawSync(bytes)));

it('keeps everything of a state', async () => {
  const read = decodeState(file);
  expect(read.header).toMatchObject(header);
  const again = await read.state(smallPlan);
  expect([...again.blocks]).toEqual([0, 3, 4, 10]);
  expect(again).toMatchObject({ steps: 800, seconds: 1.5, faults: state.faults });
  expect(await again.tallies.hash()).toBe(await state.tallies.hash());
  const whole = await expected(smallPlan).hash();
  expect(await finishedHash(smallPlan, again)).toBe(whole);
  // The control: a block that the state does not say it has is computed twice.
  expect(await finishedHash(smallPlan, { ...again, blocks: stateOf(smallPlan, [0, 3, 4]).blocks })).not.toBe(whole);
});

it('keeps what a judge remembers, and the shard', async () => {
  const judged = { prefix: 2, memory: [['lossRate', '']] };
  const shard = { index: 3, of: 100 };
  const read = decodeState(await encodeState({ ...header, shard, until: { lossRate: '1%' } }, { ...state, judged }));
  expect(read.header).toMatchObject({ shard, until: { lossRate: '1%' } });
  expect((await read.state(smallPlan)).judged).toEqual(judged);
});

it('refuses what is cut at any byte', () => {
  for (let length = 0; length < file.length; length++)
    expect(() => decodeState(file.slice(0, length)), `${length} bytes`).toThrow(EngineError);
});

it('refuses what has any byte flipped', () => {
  const copy = file.slice();
  for (let at = 0; at < file.length; at++) {
    // one bit, and all of them
    for (const bits of [1 << (at % 8), 0xff]) {
      copy[at] ^= bits;
      expect(() => decodeState(copy), `byte ${at}`).toThrow(EngineError);
      copy[at] ^= bits;
    }
  }
  // The control: the file itself is read.
  expect(() => decodeState(copy)).not.toThrow();
});

it('refuses what is another file, by what it is', () => {
  for (const other of [sealed(new Uint8Array(100)), new TextEncoder().encode('time,B\n')])
    expect(() => decodeState(other)).toThrow('it is no file of a losscone run');
  expect(() => decodeState(file.slice(0, 7))).toThrow('it ends after 7 bytes');
  const later = file.slice();
  later[8] = 2;
  expect(() => decodeState(sealed(later))).toThrow('its layout is 2 (must be 1)');
  expect(() => decodeState(forged({ head: (text) => text.replace('state/1', 'state/2') }))).toThrow(
    'its format is another one (must be losscone-state/1)',
  );
});

describe('a forged file with a right check sum', () => {
  it('is refused for a header that is none', () => {
    const longer = file.slice();
    new DataView(longer.buffer).setUint32(12, 2 ** 32 - 1, true);
    expect(() => decodeState(sealed(longer))).toThrow('its header is longer than the file');
    for (const head of ['', '[]', 'null', '{', '"x"', `${'['.repeat(1e5)}`])
      expect(() => decodeState(forged({ head: () => head }))).toThrow(EngineError);
  });

  it.each(['kind', 'name', 'scenarioHash', 'kernelHash', 'planHash', 'scenario', 'tables', 'particles', 'state'])(
    'is refused for a wrong %s',
    (key) => {
      for (const value of [undefined, null, 1.5, -1, [1], 'x'.repeat(201) + key, { a: 1 }]) {
        if (typeof value === 'string' && key === 'scenario') continue;
        const head = (text: string) => JSON.stringify({ ...JSON.parse(text), [key]: value });
        expect(() => decodeState(forged({ head }))).toThrow(`its header has no right "${key}"`);
      }
    },
  );

  it.each([
    ['of another run', { body: (bytes: Buffer) => bytes }, /holds 11 blocks .* \(must be 12 and \d+: the scenario's\)/],
    ['that end too early', { body: repacked((bytes) => bytes.subarray(0, -1)) }, /its tallies end too early/],
    ['that go on', { body: repacked((bytes) => Buffer.concat([bytes, bytes])) }, /go on where they should end/],
    ['that would fill a disk', { body: repacked(() => Buffer.alloc(1e7)) }, /go on where they should end/],
    ['that are not packed', { body: () => Buffer.alloc(100, 0xaa) }, /its tallies cannot be unpacked/],
    [
      'with a block beyond the run',
      { body: repacked((bytes) => Buffer.concat([Buffer.of(0xff, 0xff), bytes.subarray(2)])) },
      /blocks: has block 11 \(must be below 11\)/,
    ],
    [
      'with a count that is none',
      { body: repacked((bytes) => Buffer.concat([bytes.subarray(0, 2), Buffer.alloc(8, 0xff), bytes.subarray(10)])) },
      /tally 'counts', element 0: NaN is no count/,
    ],
  ])('is refused for tallies %s', async (name, change, message) => {
    const plan = name === 'of another run' ? fakePlan({ blocks: 12, groups: 2 }) : smallPlan;
    await expect(decodeState(forged(change)).state(plan)).rejects.toThrow(message);
  });
});
