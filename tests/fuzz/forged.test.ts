/** Files of a run's state with a right check sum, as only somebody who means it would write them: what they may not say. */
import { expect, it } from 'vitest';
import type { Header } from '../../src/checkpoints/index.js';
import { forgedState, openState, readState, rehashed, wholeStates, withValue } from './checkpoints.js';

const [line, orbits, tabled, until, share] = wholeStates.map(openState);

/** What reading says: on one line, naming the file where it is the scenario or the state that is wrong. */
async function failure(file: Uint8Array<ArrayBuffer>): Promise<string> {
  const before = process.cpuUsage();
  try {
    await readState(file);
  } catch (error) {
    const { name, message } = error as Error;
    expect(name, message).toMatch(/^(EngineError|CommandError|MemoryError)$/);
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(4);
    return message;
  }
  return 'read';
}

type Opened = typeof line;
const said = (
  { header, body }: Opened,
  path: readonly string[],
  value: unknown,
  more: (h: Header) => Header = (h) => h,
) => failure(forgedState(more(withValue(header, path, value) as Header), body));

it('are read as they were written', async () => {
  for (const { header, body } of [orbits, share]) expect(await failure(forgedState(header, body))).toBe('read');
});

const bomb = `${Array.from({ length: 30 }, (_, i) => `a${i}: &a${i} [${i === 0 ? 'x' : `*a${i - 1}, *a${i - 1}`}]`).join('\n')}\n`;

it.each<[string, Opened, readonly string[], unknown, RegExp, ((header: Header) => Header)?]>([
  ['more particles than their blocks have', line, ['particles', 'done'], 9999, /says 9999 of 256 particles \(must be/],
  ['a day that is none', line, ['written'], '2026-99-99T99:99:99.999Z', /no right "written"/],
  ['endless steps', line, ['state', 'steps'], 1e300, /no right "state"/],
  [
    'faults that are not counted',
    line,
    ['state', 'faults'],
    { count: 3, blocks: [], more: false },
    /3 numerical faults/,
  ],
  [
    'a fault in a strange block',
    line,
    ['state', 'faults'],
    { count: 0, blocks: [1e9], more: false },
    /numerical faults/,
  ],
  ['another name', line, ['name'], 'b', /^a\.ckpt: says it is of b \(must be a/],
  ['a share of its own', line, ['shard'], { index: 5, of: 2 }, /^a\.ckpt: shard: 5\/2 is none/, rehashed],
  ['endless shares', share, ['shard', 'of'], 1e15, /no right "shard"/],
  ['a share to a precision', share, ['until'], { lossRate: '1%' }, /^a\.ckpt: is of a run to a precision/, rehashed],
  ['a judge of nothing', line, ['state', 'judged'], { prefix: 0 }, /has "judged", but is of no run to a precision/],
  ['a prefix that is none', until, ['state', 'judged'], { prefix: 99 }, /^a\.ckpt: its prefix 99 is none/],
  ['a judge of others', until, ['state', 'judged', 'memory'], [['x', 'y']], /^a\.ckpt: state: its judge remembers/],
  ['a precision of nothing', until, ['until'], { constructor: '1%' }, /^a\.ckpt: until: "constructor" is no/, rehashed],
  ['too many particles', until, ['maxParticles'], 2 ** 50, /^a\.ckpt: (its scenario|maxParticles)/, rehashed],
  ['orbits to a precision', orbits, ['until'], { lossRate: '1%' }, /^a\.ckpt: is of a run to a precision/, rehashed],
  ['a scenario of 10 MB', line, ['scenario'], `# ${'x'.repeat(1e7)}`, /^a\.ckpt: a fault\n {2}.*10000002/],
  ['a scenario of aliases', line, ['scenario'], bomb, /^a\.ckpt: .*\n {2}/],
  ['no table', tabled, ['tables'], {}, /^a\.ckpt: a fault\n {2}field\.file: "a\.csv"/],
  ['a table elsewhere', tabled, ['scenario'], 'field: { kind: table, file: ../../x.csv }', /^a\.ckpt: a fault/],
  ['a table of 9 MB', tabled, ['tables', 'a.csv'], '1,2\n'.repeat(2.3e6), /^a\.ckpt: a fault\n {2}field/],
  [
    'a state of other size',
    line,
    ['state', 'bytes'],
    2 ** 50,
    /^a\.ckpt: it holds \d+ blocks and 1125899906842624 bytes/,
  ],
])('are refused with %s', async (_, opened, path, value, message, more) => {
  expect(await said(opened, path, value, more)).toMatch(message);
});

it('are refused with tallies that are not those of their blocks', async () => {
  const changed = (change: (body: DataView<ArrayBuffer>) => void) => {
    const body = line.body.slice();
    change(new DataView(body.buffer));
    return failure(forgedState(line.header, body));
  };
  // A block for another one of as many particles, in another group.
  const other = await changed((view) => view.setUint8(0, view.getUint8(0) & 0xfe));
  expect(other).toMatch(/particles \(must be/);
  const swapped = await changed((view) => {
    view.setUint8(0, view.getUint8(0) & 0xfe);
    view.setUint8(7, view.getUint8(7) | 0x80);
  });
  expect(swapped).toMatch(/^a\.ckpt: its tallies have \d+ particles in group 0 \(must be/);
  const end = Math.ceil(line.header.state.blocks / 8);
  for (const value of [Number.NaN, -1, 0.5, 2 ** 53, Number.POSITIVE_INFINITY])
    expect(await changed((view) => view.setFloat64(end, value, true))).toMatch(
      /^a\.ckpt: tally 'local', element 0: .* is no count/,
    );
});

it('are refused with tallies that unpack to more than they should, before that is done', async () => {
  const more = forgedState(line.header, Buffer.concat([line.body, Buffer.alloc(5e7)]));
  expect(more.length).toBeLessThan(1e6);
  expect(await failure(more)).toBe('a.ckpt: its tallies go on where they should end');
});
