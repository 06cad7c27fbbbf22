/**
 * Files that hold the state of a run, as somebody would write them who knows the layout: the check sum is right, and where it can
 * be also the hashes of scenario and plan, so that what they hold is looked at.
 */
import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { estimateOrbits } from '../../src/analysis/fullOrbits/estimate.js';
import { distribution, estimate } from '../../src/analysis/index.js';
import { decodeState, encodeState, type Header } from '../../src/checkpoints/index.js';
import { loadStored } from '../../src/cli/load.js';
import { type Decided, headOf, planOf, runOf, stateOf } from '../../src/cli/stored.js';
import {
  BlockSet,
  checkMemory,
  type EnginePlan,
  particlesIn,
  planHash,
  type RunState,
  Tallies,
} from '../../src/engine/index.js';
import type { OrbitPlan } from '../../src/plan/orbits/plan.js';
import type { Plan } from '../../src/plan/plan.js';
import { editedBytes, editedText, scraps } from './edits.js';

const line = `name: a
particles: { count: 256 }
times: { count: 2, collisionTimes: 0.1 }
tallies: { speed: { bins: 4 }, xi: { bins: 8 }, s: { bins: 8 }, mu: { bins: 4 }, lossTime: { bins: 8 } }
`;
const orbits = `name: a
motion: fullOrbit
field: { kind: bottle, B: 1 T, scale: 1 m }
particles: { count: 64, energy: 1 keV }
times: { until: 10 ns, count: 2 }
outputs: { trajectories: 1 }
`;
const table = 's [m], B [T]\n-1,5\n-0.5,2\n0,1\n0.5,2\n1,5\n';
const tabled = `${line}field: { kind: table, file: a.csv }\n`;

/** A state that has every particle of its blocks end as confined, and no sums. */
function stateWith(plan: EnginePlan, blocks: Iterable<number>): RunState {
  const done = new BlockSet(plan.blocks);
  for (const block of blocks) done.add(block);
  const { strata = 1 } = plan;
  const tallies = new Tallies(plan.tallies, plan.groups);
  const none = Object.fromEntries(
    plan.tallies.map(({ name, kind, shape, sparse }) => {
      const size = sparse ? 0 : shape.reduce((product, n) => product * n, 1);
      return [name, kind === 'count' ? new Uint32Array(size) : new BigInt64Array(size)];
    }),
  );
  for (const block of done) {
    const fates = (none.fates as Uint32Array).slice();
    fates[0] = particlesIn([block], plan);
    tallies.add(Math.floor(block / strata) % plan.groups, { ...none, fates, rows: new Uint32Array(0) });
  }
  const faults = { count: 0, blocks: [], more: false };
  return { plan: planHash(plan), tallies, blocks: done, steps: 1000, seconds: 1, faults };
}

/** A file as losscone writes it. */
async function written(
  text: string,
  share: number,
  more: Omit<Decided, 'loaded'> & { judged?: RunState['judged']; tables?: Record<string, string> } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const { judged, tables = {}, ...run } = more;
  const decided = { loaded: loadStored(text, tables, 'a'), ...run };
  const plan = planOf(decided);
  const sets = Math.floor((share * plan.blocks) / (plan.strata ?? 1));
  const state = stateWith(plan, Array(sets * (plan.strata ?? 1)).keys());
  const particles = { done: particlesIn(state.blocks, plan), total: plan.particles };
  const head = headOf(decided, plan, more.shard ? 'share' : 'checkpoint');
  return encodeState({ ...head, written: new Date(0).toISOString(), particles }, { ...state, judged });
}

/** A file whose scenario names its table, as that of a long one does. */
function beside(file: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const { header, body } = openState(file);
  return forgedState({ ...header, scenario: tabled, tables: { 'a.csv': table } }, body);
}

const headerAt = 16;

/** Whole files: of runs along a line and in space, with a table, to a precision, and finished shares. */
export const wholeStates: readonly Uint8Array<ArrayBuffer>[] = await Promise.all([
  written(line, 0.5),
  written(orbits, 0.3),
  written(tabled, 0.5, { tables: { 'a.csv': table } }).then((file) => beside(file)),
  written(line, 0, { until: { lossRate: '1%' }, maxParticles: 4000, judged: { prefix: 0 } }),
  written(line, 1, { shard: { index: 1, of: 1 } }),
]);

/** The parts of a file. */
export function openState(file: Uint8Array<ArrayBuffer>): { header: Header; body: Uint8Array<ArrayBuffer> } {
  const end = headerAt + new DataView(file.buffer).getUint32(12, true);
  const body = Uint8Array.from(inflateRawSync(file.subarray(end, -32)));
  return { header: JSON.parse(Buffer.from(file.subarray(headerAt, end)).toString()), body };
}

/** A file with this header and body, and the check sum that they have. */
export function forgedState(header: string | Header, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const head = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const start = Buffer.alloc(headerAt);
  start.write('losscone');
  start.writeUInt32LE(1, 8);
  start.writeUInt32LE(head.length, 12);
  const bytes = Buffer.concat([start, head, deflateRawSync(body, { level: 1 })]);
  return Uint8Array.from(Buffer.concat([bytes, createHash('sha256').update(bytes).digest()]));
}

/** The header with the hashes that its scenario has here; as it is where that is none. */
export function rehashed(header: Header): Header {
  try {
    const { scenario, tables, until, maxParticles, shard } = header;
    const run: Decided = { loaded: loadStored(scenario, tables, 'a'), until, maxParticles, shard };
    const { scenarioHash, planHash } = headOf(run, planOf(run), header.kind);
    return { ...header, name: run.loaded.scenario.name, scenarioHash, planHash };
  } catch {
    return header;
  }
}

/** As `losscone resume` and `losscone merge` read a file; the estimates are what a merge makes of it. */
export async function readState(file: Uint8Array<ArrayBuffer>): Promise<void> {
  const content = decodeState(file);
  const stored = runOf(content.header, 'a.ckpt');
  checkMemory(stored.plan, 1, 4e8);
  const { tallies } = await stateOf(content, stored, 'a.ckpt');
  const { loaded } = stored.run;
  if (loaded.orbits) estimateOrbits(stored.plan as OrbitPlan, tallies);
  else {
    estimate(loaded.scenario, stored.plan as Plan, tallies);
    distribution(loaded.scenario, stored.plan as Plan, tallies);
  }
}

const opened = wholeStates.map(openState);
const texts = [line, orbits, tabled];

/** Where a header has something, as a path of keys. */
const places = [
  ...['schema', 'kind', 'name', 'version', 'written', 'scenario', 'tables', 'shard', 'until', 'maxParticles'],
  ...['particles.done', 'particles.total', 'particles', 'shard.index', 'shard.of', 'until.lossRate', 'until.__proto__'],
  ...['state', 'state.blocks', 'state.groups', 'state.bytes', 'state.steps', 'state.seconds', 'state.faults'],
  ...['state.faults.count', 'state.faults.blocks', 'state.faults.more', 'state.judged', 'state.judged.prefix'],
  ...['state.judged.memory', 'tables.__proto__', 'tables.a.csv', 'tables.../../x', '__proto__', 'constructor'],
];
const odd = fc.oneof(
  fc.constantFrom<unknown>(
    ...[0, -1, 1, 2, 0.5, 1e9, 2 ** 31, 2 ** 40, Number.MAX_SAFE_INTEGER, 1e300, null, true, '', [], {}, [[]]],
    ...[[1], [1e9], { __proto__: 1 }, { lossRate: '1%' }, { x: 1 }, { index: 1, of: 1 }, { index: 2, of: 1e15 }],
    ...[{ prefix: 1 }, { prefix: 0, memory: [['lossRate', '\u001b[31m']] }, { count: 1, blocks: [0], more: false }],
    ...[[['lossRate', 'x']], { toString: 1 }, { 'a.csv': table }],
  ),
  fc.constantFrom(...scraps),
  editedText(texts, 2),
  editedText([table], 2),
  fc.jsonValue(),
);

/** An object with a value at a path; names that only prototypes have become keys of its own. */
export function withValue(holder: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  const record = typeof holder === 'object' && holder !== null && !Array.isArray(holder) ? holder : {};
  const inner = Object.hasOwn(record, key) ? Reflect.get(record, key) : undefined;
  const made = rest.length === 0 ? value : withValue(inner, rest, value);
  return Object.fromEntries([...Object.entries(record).filter(([name]) => name !== key), [key, made]]);
}
const pathOf = (place: string) =>
  place.startsWith('tables.') ? ['tables', place.slice('tables.'.length)] : place.split('.');

/** Bytes of a body, changed: bits of blocks, counts that are none, too few and too many. */
const change = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  value: fc.oneof(fc.constantFrom(0, 1, -1, 0.5, 5, Number.NaN, Infinity, 2 ** 53, 2 ** 53 - 1, 1e308), fc.double()),
  early: fc.boolean(),
});
const changed = (body: Uint8Array, changes: readonly { at: number; value: number; early: boolean }[], grow: number) => {
  const bytes = new Uint8Array(Math.max(0, body.length + grow));
  bytes.set(body.subarray(0, bytes.length));
  const view = new DataView(bytes.buffer);
  for (const { at, value, early } of changes) {
    // at the blocks' bits, and at the numbers behind them
    if (early) bytes[Math.floor(at * Math.min(16, bytes.length))] ^= 1 << (value & 7);
    else if (bytes.length > 16)
      view.setFloat64(8 * Math.floor(at * ((bytes.length - 8) / 8)) + (body.length % 8), value, true);
  }
  return bytes;
};

/** Files with a wrong byte or a part of another one: their check sum says so. */
export const damagedStates: fc.Arbitrary<Uint8Array<ArrayBuffer>> = fc
  .oneof(
    { weight: 4, arbitrary: fc.constantFrom(...wholeStates).chain((file) => editedBytes(() => file)) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(
          fc.constantFrom(...wholeStates),
          fc.constantFrom(...wholeStates),
          fc.double({ min: 0, max: 1, noNaN: true }),
        )
        .map(([a, b, at]) =>
          Buffer.concat([a.subarray(0, Math.floor(at * a.length)), b.subarray(Math.floor(at * b.length))]),
        ),
    },
  )
  .map((bytes) => Uint8Array.from(bytes));

/** Files of which all is right but what they say. */
export const forgedStates: fc.Arbitrary<Uint8Array<ArrayBuffer>> = fc
  .record({
    one: fc.constantFrom(...opened),
    values: fc.array(fc.tuple(fc.constantFrom(...places), odd), { maxLength: 3 }),
    text: fc.option(editedText([''], 3), { freq: 10 }),
    changes: fc.array(change, { maxLength: 3 }),
    grow: fc.oneof(
      { weight: 6, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.constantFrom(-1, 1, -9, 8, 1e6) },
    ),
    hashes: fc.boolean(),
  })
  .map(({ one, values, text, changes, grow, hashes }) => {
    const header = values.reduce<unknown>((now, [place, value]) => withValue(now, pathOf(place), value), one.header);
    const whole = JSON.stringify(hashes ? rehashed(header as Header) : header);
    const json = text === null ? whole : `${whole.slice(0, whole.length >> 1)}${text}${whole.slice(whole.length >> 1)}`;
    return forgedState(json, changed(one.body, changes, grow));
  });
