import { beforeAll, describe, expect, it } from 'vitest';
import { seal } from '../../src/results/digest.js';
import { encodeResults } from '../../src/results/encode.js';
import { attribute, buildHdf5, childGroup, dataset, type Group, textDataset } from '../../src/results/hdf5.js';
import { decodeResults } from '../../src/results/read.js';
import { formatName, formatVersion } from '../../src/results/store.js';
import { smallRun } from './fixture.js';

/** What reading says, checked to be one line of the house's form. */
async function failure(bytes: Uint8Array): Promise<string> {
  try {
    await decodeResults(bytes, 'mine.h5');
  } catch (error) {
    const { name, message } = error as Error;
    expect(name, message).toBe('ResultsFileError');
    expect(message).toMatch(/^mine\.h5: [\x20-\x7e]*\([^()]*\)$/);
    return message;
  }
  return 'read';
}

let whole: Uint8Array;
beforeAll(async () => {
  whole = await encodeResults(smallRun(), { yaml: 'name: x\n' });
});

/** A file with our attributes and a valid digest, filled by somebody else. */
async function forged(fill: (store: Group) => void): Promise<Uint8Array> {
  const bytes = await buildHdf5((file) => {
    const store = file.create_group('losscone');
    attribute(store, 'format', formatName);
    store.create_attribute('formatVersion', new Uint32Array([formatVersion]), [], '<I');
    textDataset(store, 'digest', 'digest-not-yet-computed-'.padEnd(64, '.'));
    fill(store);
  });
  seal(bytes);
  return bytes;
}

/** The whole of a result, with one part of it replaced before it is sealed. */
async function altered(change: Partial<Record<string, unknown>>): Promise<Uint8Array> {
  return encodeResults({ ...smallRun(), ...change } as never, { yaml: 'name: x\n' });
}

describe('a results file', () => {
  it('is refused in one line wherever it is cut', async () => {
    expect(await failure(whole)).toBe('read');
    for (let at = 0; at < whole.length; at = Math.max(at + 1, Math.round(at * 1.06)))
      expect(await failure(whole.slice(0, at)), `${at} bytes`).toMatch(/cut short|damaged|empty|not an HDF5 file/);
    expect(await failure(whole.slice(0, whole.length - 1))).toMatch(/cut short|damaged/);
  }, 30_000);

  it('of somebody else with our attributes is refused: empty, or with groups that are something else', async () => {
    expect(await failure(await forged(() => {}))).toContain('damaged');
    const misplaced = await forged((store) => {
      for (const name of ['axes', 'reference', 'tallies', 'estimates', 'provenance', 'distributions'])
        dataset(store, name, Float64Array.of(1), [1]);
    });
    expect(await failure(misplaced)).toContain('damaged');
  });

  it('that declares more numbers than it can hold is refused before memory is taken', async () => {
    const before = process.memoryUsage().rss;
    const huge = await forged((store) => {
      const provenance = store.create_group('provenance');
      store.create_group('reference');
      const axes = store.create_group('axes');
      // 8 TB that were never written: chunks that do not exist cost a file nothing.
      const time = axes.create_dataset({
        name: 'time',
        data: new Float64Array(1024),
        shape: [1024],
        dtype: '<d',
        chunks: [1024],
        maxshape: [null],
        compression: 'gzip',
      });
      time.resize([1e12]);
      attribute(provenance, 'seed', '1');
    });
    expect(huge.length).toBeLessThan(100_000);
    expect(await failure(huge)).toContain('declares more numbers than the file can hold');
    expect(process.memoryUsage().rss - before).toBeLessThan(2e8);
  });

  it('that declares what takes gigabytes is refused, whatever deflate could do', async () => {
    const before = process.memoryUsage().rss;
    const large = await forged((store) => {
      store.create_group('provenance');
      store.create_group('reference');
      const axes = store.create_group('axes');
      const zeros = { name: 'time', data: new Float64Array(1024), shape: [1024], dtype: '<d' };
      const time = axes.create_dataset({ ...zeros, chunks: [1024], maxshape: [null], compression: 'gzip' });
      time.resize([4e7]);
      // One that a file of this size could hold by deflate's own figure.
      store.create_dataset({
        name: 'ballast',
        data: new Float64Array(50_000).map(Math.sin),
        shape: [50_000],
        dtype: '<d',
      });
    });
    expect(1032 * large.length).toBeGreaterThan(3.2e8);
    expect(await failure(large)).toContain('declares more numbers than the file can hold');
    expect(process.memoryUsage().rss - before).toBeLessThan(2e8);
  });

  it('with links in place of groups is refused, whether they form rings, lead nowhere or to another file', async () => {
    for (const link of [
      (store: Group) => store.create_soft_link('/losscone', 'axes'),
      (store: Group) => store.create_soft_link('/losscone/axes', 'axes'),
      (store: Group) => store.create_external_link('/etc/hostname', '/', 'axes'),
    ]) {
      const linked = await forged((store) => {
        store.create_group('provenance');
        store.create_group('reference');
        link(store);
      });
      expect(await failure(linked)).toContain('damaged');
    }
  });

  it('with a ring of links is read no further than a tree goes', async () => {
    // The library that writes makes no rings: a ring is as deep a chain as may be.
    const deep = await buildHdf5((file) => {
      let group = file.create_group('estimates');
      for (let depth = 0; depth < 40; depth++) {
        attribute(group, 'container', 'record');
        group = group.create_group('estimates');
      }
      attribute(group, 'container', 'record');
    });
    const { openHdf5 } = await import('../../src/results/hdf5.js');
    const { readTree } = await import('../../src/results/tree.js');
    await expect(openHdf5(deep, (file) => readTree(childGroup(file, 'estimates')))).rejects.toThrow('deeper than 8');
  });

  const run = smallRun();
  const { estimates, distributions, scenario, plan } = run;
  const short = { ...estimates.survival, value: estimates.survival.value.slice(1) };
  const { midplane } = distributions;
  it.each<[string, Record<string, unknown>, RegExp]>([
    ['a curve whose lists differ in length', { estimates: { ...estimates, survival: short } }, /estimates\.survival: /],
    [
      'an estimate without a unit',
      { estimates: { ...estimates, lossRate: { ...estimates.lossRate, unit: 5 } } },
      /estimates\.lossRate\.unit: /,
    ],
    [
      'an estimate that is text',
      { estimates: { ...estimates, lossRate: { ...estimates.lossRate, value: 'high' } } },
      /estimates\.lossRate\.value: must be a number/,
    ],
    [
      'a distribution whose shape is not that of its axes',
      {
        distributions: {
          ...distributions,
          midplane: { ...midplane, shape: [midplane.shape[0], midplane.shape[2], midplane.shape[1]] },
        },
      },
      /distributions\.midplane: must have the edges of its bins/,
    ],
    ['a scenario without a species', { scenario: { ...scenario, species: undefined } }, /scenario\.species: /],
    [
      'a mass of zero',
      { scenario: { ...scenario, species: { ...scenario.species, mass: 0 } } },
      /scenario: species\.mass: /,
    ],
    [
      'a field that is a table of nothing',
      { scenario: { ...scenario, field: { kind: 'table' } } },
      /scenario: field\.|its parts do not fit together/,
    ],
    ['a dipole without a place', { scenario: { ...scenario, field: { kind: 'dipole', L: 1e308 } } }, /scenario: /],
    ['a motion that is none', { scenario: { ...scenario, motion: { kind: '\u001b' } } }, /scenario: motion/],
    [
      'a name that turns the terminal around',
      { estimates: { ...estimates, 'a\u202eb': estimates.lossRate } },
      /estimates\.a\?b: is no name/,
    ],
    [
      'a name that is too long for a file',
      { estimates: { ...estimates, ['a'.repeat(300)]: estimates.lossRate } },
      /is no name \(must name a file\)/,
    ],
    ['a name that is a number', { scenario: { ...scenario, name: 5 } }, /scenario\.name: /],
    [
      'edges that do not increase',
      { plan: { ...plan, axes: { ...plan.axes, xiEdges: Float64Array.from(plan.axes.xiEdges, (x) => -x) } } },
      /xiEdges: must be finite and increase|edges: must be finite/,
    ],
    [
      'a tally of an unknown kind',
      { plan: { ...plan, tallies: plan.tallies.map((spec, i) => (i === 0 ? { ...spec, kind: 'magic' } : spec)) } },
      /plan\.tallies\.0\.kind: /,
    ],
  ])('with %s is refused by the place of it', async (_, change, message) => {
    expect(await failure(await altered(change))).toMatch(message);
  });
});
