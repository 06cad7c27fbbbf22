import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Tallies } from '../../src/engine/tallies.js';
import type { ChunkTallies, TallySpec } from '../../src/plan/tallies.js';

const count: TallySpec = { name: 'n', kind: 'count', axes: ['a'], shape: [3], grouped: true, quantum: 1, unit: '1' };
const flat: TallySpec = { ...count, name: 'flat', shape: [2, 2], grouped: false };
const sum: TallySpec = { name: 's', kind: 'sum', axes: ['a'], shape: [2], grouped: true, quantum: 0.25, unit: 'm' };
const specs = [count, flat, sum];
const GROUPS = 4;
const MAX = 2n ** 63n - 1n;
const MIN = -(2n ** 63n);

function chunk(n: number[], f: number[], s: bigint[]): ChunkTallies {
  return { n: new Uint32Array(n), flat: new Uint32Array(f), s: new BigInt64Array(s) };
}

/** Deterministic values of every size and sign. */
function someChunks(number: number): [group: number, tallies: ChunkTallies][] {
  let state = 88172645463325252n;
  const next = () => {
    state ^= BigInt.asUintN(64, state << 13n);
    state ^= state >> 7n;
    state ^= BigInt.asUintN(64, state << 17n);
    return state;
  };
  const word = () => Number(next() & 0xffffffffn);
  return Array.from({ length: number }, (_, i) => [
    i % GROUPS,
    chunk(
      [word(), word(), word()],
      [word(), word(), word(), word()],
      [BigInt.asIntN(64, next()), BigInt.asIntN(64, next())],
    ),
  ]);
}

function merged(chunks: [number, ChunkTallies][]): Tallies {
  const tallies = new Tallies(specs, GROUPS);
  for (const [group, tally] of chunks) tallies.add(group, tally);
  return tallies;
}

describe('Tallies', () => {
  it('adds to the total and, where grouped, to the group', () => {
    const tallies = new Tallies(specs, GROUPS);
    tallies.add(1, chunk([1, 2, 3], [1, 0, 0, 5], [4n, -8n]));
    tallies.add(3, chunk([10, 0, 0], [1, 0, 0, 0], [-1n, -1n]));
    expect([...tallies.total('n')]).toEqual([11, 2, 3]);
    expect([...tallies.group('n', 1)]).toEqual([1, 2, 3]);
    expect([...tallies.group('n', 0)]).toEqual([0, 0, 0]);
    expect([...tallies.total('flat')]).toEqual([2, 0, 0, 5]);
    expect([...tallies.total('s')]).toEqual([0.75, -2.25]);
    expect([...tallies.group('s', 3)]).toEqual([-0.25, -0.25]);
    expect(tallies.spec('s').unit).toBe('m');
  });

  it('sums in 128 bits: agrees with BigInt for extreme values', () => {
    const tallies = new Tallies(specs, GROUPS);
    const terms = [MAX, MAX, MAX, MIN, MAX, MIN, MIN, MIN, MIN, MIN, 1n, -1n, 0n, MAX];
    let exact = 0n;
    for (const term of terms) {
      tallies.add(2, chunk([0, 0, 0], [0, 0, 0, 0], [term, -(term === MIN ? MAX : term)]));
      exact += term;
      expect(tallies.integers('s')[0]).toBe(exact);
    }
    expect(tallies.integers('s', 2)[0]).toBe(exact);
    for (let i = 0; i < 1000; i++) tallies.add(0, chunk([0, 0, 0], [0, 0, 0, 0], [MIN, MAX]));
    expect(tallies.integers('s', 0)).toEqual([1000n * MIN, 1000n * MAX]);
    expect(tallies.group('s', 0)[0]).toBe(-1000 * 2 ** 63 * 0.25);
  });

  it('refuses a count beyond 2^53 and a sum beyond 128 bits instead of wrapping', () => {
    const wide: TallySpec = { ...count, grouped: false, shape: [1] };
    const full = Tallies.fromIntegers([wide], 1, { n: [2n ** 53n - 2n] });
    full.add(0, { n: new Uint32Array([1]) });
    expect(full.integers('n')).toEqual([2n ** 53n - 1n]);
    expect(() => full.add(0, { n: new Uint32Array([1]) })).toThrow(
      expect.objectContaining({ code: 'TALLY_OVERFLOW', message: expect.stringContaining("tally 'n', element 0") }),
    );
    const deep: TallySpec = { ...sum, grouped: false, shape: [2] };
    const ends = Tallies.fromIntegers([deep], 1, { s: [2n ** 127n - 2n, -(2n ** 127n) + 1n] });
    ends.add(0, { s: new BigInt64Array([1n, -1n]) });
    expect(ends.integers('s')).toEqual([2n ** 127n - 1n, -(2n ** 127n)]);
    expect(() => ends.clone().add(0, { s: new BigInt64Array([1n, 0n]) })).toThrow(/128 bits/);
    expect(() => ends.clone().add(0, { s: new BigInt64Array([0n, -1n]) })).toThrow(/128 bits/);
  });

  it('refuses a chunk of another shape, and adds nothing of it', () => {
    const tallies = new Tallies(specs, GROUPS);
    const good = chunk([1, 1, 1], [1, 1, 1, 1], [1n, 1n]);
    const bad: ChunkTallies[] = [
      { n: good.n, flat: good.flat },
      { ...good, s: new BigInt64Array(3) },
      { ...good, s: new Uint32Array(2) },
      { ...good, n: new Float64Array(3) as unknown as Uint32Array },
    ];
    for (const one of bad) expect(() => tallies.add(0, one)).toThrow(expect.objectContaining({ code: 'BAD_CHUNK' }));
    for (const group of [-1, GROUPS, 0.5, Number.NaN])
      expect(() => tallies.add(group, good)).toThrow(/jackknife group/);
    expect([...tallies.total('n')]).toEqual([0, 0, 0]);
  });

  it('names what is wrong with a request', () => {
    const tallies = new Tallies(specs, GROUPS);
    expect(() => tallies.total('nn')).toThrow("tally 'nn': the plan declares none (there are n, flat, s)");
    expect(() => tallies.group('flat', 0)).toThrow(/not kept by group/);
    expect(() => tallies.group('n', 4)).toThrow(/no group 4/);
  });

  it('hands out copies', () => {
    const tallies = merged(someChunks(3));
    const before = tallies.integers('n');
    tallies.total('n').fill(0);
    tallies.group('n', 0).fill(0);
    expect(tallies.integers('n')).toEqual(before);
    const copy = tallies.clone();
    tallies.add(0, chunk([1, 1, 1], [1, 1, 1, 1], [1n, 1n]));
    expect(copy.integers('n')).toEqual(before);
    expect(copy.groups).toBe(GROUPS);
    expect(() => copy.group('n', 3)).not.toThrow();
  });
});

describe('sparse tallies', () => {
  const sparse: TallySpec[] = [
    {
      name: 'fate',
      kind: 'count',
      axes: ['particle'],
      shape: [5],
      grouped: false,
      quantum: 1,
      unit: '1',
      sparse: true,
    },
    {
      name: 'time',
      kind: 'sum',
      axes: ['particle'],
      shape: [5],
      grouped: false,
      quantum: 0.5,
      unit: 's',
      sparse: true,
    },
  ];
  const bring = (rows: number[], fate: number[], time: bigint[]): ChunkTallies => ({
    rows: Uint32Array.from(rows),
    fate: Uint32Array.from(fate),
    time: BigInt64Array.from(time),
  });

  it('take the rows that a chunk brings, and none where it brings none', () => {
    const tallies = new Tallies(sparse, GROUPS);
    tallies.add(0, bring([3, 1], [2, 4], [-7n, 9n]));
    tallies.add(1, {});
    tallies.add(2, bring([0], [1], [2n ** 40n]));
    expect(tallies.integers('fate')).toEqual([1n, 4n, 0n, 2n, 0n]);
    expect([...tallies.total('time')]).toEqual([2 ** 39, 4.5, 0, -3.5, 0]);
  });

  it('refuse rows that there are not, and add nothing of them', () => {
    const tallies = new Tallies(sparse, GROUPS);
    const { rows, ...none } = bring([0], [1], [1n]);
    for (const bad of [bring([5], [1], [1n]), bring([0, 1], [1], [1n]), bring([0], [1], [1n, 2n]), none, { rows }])
      expect(() => tallies.add(0, bad)).toThrow(expect.objectContaining({ code: 'BAD_CHUNK' }));
    expect(tallies.integers('fate')).toEqual([0n, 0n, 0n, 0n, 0n]);
  });
});

describe('physical values', () => {
  it('are the doubles nearest to the integers', () => {
    const edges = [
      0n,
      1n,
      -1n,
      2n ** 32n,
      -(2n ** 32n),
      2n ** 52n - 1n,
      -(2n ** 52n),
      2n ** 53n + 1n,
      -(2n ** 53n) - 1n,
    ];
    const integers = [...edges, 2n ** 64n - 1n, -(2n ** 64n), 2n ** 100n + 12345n, -(2n ** 126n) + 1n];
    const spec: TallySpec = { ...specs[2], name: 'x', shape: [integers.length], quantum: 1 };
    const tallies = Tallies.fromIntegers([spec], 1, { x: integers });
    expect([...tallies.total('x')]).toEqual(integers.map(Number));
  });
});

describe('the hash', () => {
  it('is SHA-256 of the integers in the documented order', async () => {
    const tallies = merged(someChunks(50));
    const digest = createHash('sha256');
    const write = (name: string, bits: number, group?: number) => {
      for (const value of tallies.integers(name, group)) {
        let rest = BigInt.asUintN(bits, value);
        const bytes = Buffer.alloc(bits / 8);
        for (let i = 0; i < bytes.length; i++, rest >>= 8n) bytes[i] = Number(rest & 255n);
        digest.update(bytes);
      }
    };
    write('n', 64);
    for (let group = 0; group < GROUPS; group++) write('n', 64, group);
    write('flat', 64);
    write('s', 128);
    for (let group = 0; group < GROUPS; group++) write('s', 128, group);
    expect(await tallies.hash()).toBe(digest.digest('hex'));
  });

  it('does not depend on the order of merging', async () => {
    const chunks = someChunks(200);
    const hash = await merged(chunks).hash();
    expect(await merged([...chunks].reverse()).hash()).toBe(hash);
    expect(await merged(chunks.toSorted(([, a], [, b]) => Number(a.n[0]) - Number(b.n[0]))).hash()).toBe(hash);
    expect(await merged(chunks).clone().hash()).toBe(hash);
  });

  it('changes when any one integer changes by one', async () => {
    const base = merged(someChunks(9));
    const hashes = new Set([await base.hash()]);
    for (const spec of specs) {
      const places = spec.shape.reduce((product, n) => product * n, 1);
      for (const group of [0, 3]) {
        for (let i = 0; i < places; i++) {
          const other = base.clone();
          const one = chunk([0, 0, 0], [0, 0, 0, 0], [0n, 0n]);
          one[spec.name][i] = spec.kind === 'sum' ? 1n : 1;
          other.add(group, one);
          hashes.add(await other.hash());
        }
      }
    }
    // `flat` is not grouped, so there the two groups give the same integers.
    expect(hashes.size).toBe(1 + 2 * 3 + 4 + 2 * 2);
  });
});
