import { describe, expect, it } from 'vitest';
import { faultOf } from '../../src/results/check.js';
import { tableCsv } from '../../src/results/csv.js';
import { isOrbits, type OrbitData } from '../../src/results/data.js';
import { encodeResults } from '../../src/results/encode.js';
import { childDataset, childGroup, openHdf5, readAttribute, readNumbers } from '../../src/results/hdf5.js';
import { resultArrays } from '../../src/results/npz.js';
import { decodeResults } from '../../src/results/read.js';
import { summarise } from '../../src/results/summary.js';
import { resultTable } from '../../src/results/table.js';
import { resultTables } from '../../src/results/tables.js';
import { bottleInput, orbitResultHere, sheetInput, waveInput } from '../orbits/resultHere.js';

const kept = { ...bottleInput, name: 'kept', outputs: { trajectories: { particles: [200, 3, 41] } } };
const drift = { ...bottleInput, name: 'drift', motion: 'driftOrbit' as const };

it('gives back paths to the bit, and refuses a file where one is torn', async () => {
  const result = await orbitResultHere(kept);
  expect(result.trajectories.map(({ particle }) => particle)).toEqual([200, 3, 41]);
  const back = (await decodeResults(await encodeResults(result, { yaml: '' }))) as OrbitData;
  expect(back.trajectories).toEqual(result.trajectories);
  expect(faultOf(back)).toBeUndefined();
  const [first, ...rest] = back.trajectories;
  const torn = { ...first, mu: first.mu.slice(1) };
  expect(faultOf({ ...back, trajectories: [torn, ...rest] } as OrbitData)).toBe(
    'trajectories.0: must hold columns of one length',
  );
  const table = resultTables(back).find(({ name }) => name === 'trajectories');
  expect(table?.rows).toBe(back.trajectories.reduce((sum, { time }) => sum + time.length, 0));
  const arrays = resultArrays(back, ['trajectories']);
  expect(arrays.get('trajectories.41.mu')?.data).toEqual(back.trajectories[2].mu);
  expect(resultArrays(back, ['estimates']).has('trajectories.41.mu')).toBe(false);
});

describe.each([bottleInput, sheetInput, kept, drift, waveInput])('a run of orbits: $name', (input) => {
  it('is stored and read back to the same table, summary, tables and integers', async () => {
    const result = await orbitResultHere(input);
    const back = await decodeResults(await encodeResults(result, { yaml: 'name: x\n' }));
    expect(isOrbits(back)).toBe(true);
    expect(back.scenarioYaml).toBe('name: x\n');
    expect(back.scenario).toEqual(result.scenario);
    expect(resultTable(back)).toBe(resultTable(result));
    expect(summarise(back)).toEqual(summarise(result));
    const csv = (of: typeof back | OrbitData) =>
      // an HDF5 group lists its members by name
      resultTables(of).map((table) => [table.name, new TextDecoder().decode(tableCsv(table)).split('\n').sort()]);
    expect(csv(back).sort()).toEqual(csv(result).sort());
    expect([...resultArrays(back).keys()].sort()).toEqual([...resultArrays(result).keys()].sort());
    // those that are doubles are the paths themselves
    for (const { name, doubles } of result.plan.tallies)
      if (!doubles)
        expect(Array.from(back.tallies.integers(name)).join(), name).toBe(
          Array.from(result.tallies.integers(name)).join(),
        );
  });
});

it('prints every number with its unit and standard error, and what ended where', async () => {
  const result = await orbitResultHere(bottleInput);
  const table = resultTable(result);
  expect(table).toMatch(/^bottle: 256 protons, bottle field, full orbits, seed 1\n/);
  expect(table).toMatch(/gyrofrequency 4\.\d+ × 10⁷ rad\/s, Larmor radius 29\.\d+ mm, epsilon\s+0\.006\d*, kappa 12/);
  for (const row of [/mean μ at the start .* ± .* J\/T/, /rms change of μ .* ± /, /D_μμ +not determined/])
    expect(table).toMatch(row);
  expect(table).toMatch(/mean energy at the start +10 keV/);
  expect(table).toMatch(/change of the mean energy .* ± .* [pn]?eV/);
  expect(table).toMatch(/inside at the end .* ± /);
  expect(table).toMatch(/particle-steps in 1 s, .* per second/);
  expect(table).toMatch(/hash [0-9a-f]{64}\n$/);
  const { rmsMuChange, rawRmsMuChange, energyChange, meanEnergyStart, fates } = result.estimates;
  expect(rmsMuChange.value).toBeLessThan(rawRmsMuChange.value / 10);
  expect(Math.abs(energyChange.value)).toBeLessThan(1e-12 * meanEnergyStart.value);
  expect(energyChange.standardError).toBeGreaterThan(0);
  expect(Object.values(fates).reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(1, 12);
  expect([...resultTable(result, { unicode: false })].every((c) => c.charCodeAt(0) < 128)).toBe(true);
});

it('marks resonances: in the table, in the file and in the summary', async () => {
  const result = await orbitResultHere(waveInput);
  const [one] = result.estimates.resonances;
  const table = resultTable(result, { width: 80 });
  expect(table).toMatch(/resonance of wave 1 at vPar = -66 Mm\/s, pitch cosine -0\.283, half\s+width 0\.042/);
  expect(table).toMatch(
    /pitch cosine of the largest change of μ +-0\.2\d+ ± 0\.0\d+ .*exact theory -0\.2833, z = [+-]\d\.\d/s,
  );
  expect(summarise(result).resonances).toMatchObject([{ found: { reference: one.pitchCosine.value } }]);
  const stored = await openHdf5(await encodeResults(result, { yaml: '' }), (file) => {
    const group = childGroup(childGroup(file, 'losscone'), 'resonances');
    return Object.fromEntries(group.keys().map((name) => [name, readNumbers(childDataset(group, name))[0]]));
  });
  expect(stored).toEqual({
    pitchCosine: one.pitchCosine.value,
    halfWidthCosine: one.halfWidthCosine.value,
    parallelSpeed: one.parallelSpeed.value,
    halfWidth: one.halfWidth.value,
    trappingFrequency: one.trappingFrequency.value,
    found: one.found.value,
    foundError: one.found.standardError,
  });
});

it('lists the largest jumps of mu, and bounce times with second invariants of trapped paths, each with its error', async () => {
  const broken = resultTable(await orbitResultHere({ ...sheetInput, outputs: { trajectories: 6 } }));
  expect(broken.match(/jump of μ of particle \d +-?\d\.\d+ ± 0\.\d+/g)).toHaveLength(4);
  expect(broken).toMatch(/change over μ before, at .* s, z = .*m; epsilon up to \d.*, kappa\s+down to 0\.\d/);
  const trapped = await orbitResultHere({ ...kept, times: { until: '15 us' } });
  const table = resultTable(trapped);
  expect(table).toMatch(/bounce time of particle \d+ +\d.* ± .* µs/);
  expect(table).toMatch(/second invariant of particle \d+ .* ± .* kg m²\/s/);
  expect(table).not.toMatch(/jump/);
  const path = trapped.trajectories.find(({ bounces }) => bounces !== null)!;
  const bytes = await encodeResults(trapped, { yaml: '' });
  const { mirrors, count, stored } = await openHdf5(bytes, (file) => {
    const group = childGroup(childGroup(childGroup(file, 'losscone'), 'trajectories'), String(path.particle));
    const bounces = childGroup(group, 'bounces');
    expect(readNumbers(childDataset(childGroup(group, 'jumps'), 'change'))).toHaveLength(0);
    return {
      mirrors: readNumbers(childDataset(bounces, 'mirrors')),
      count: bounces.attrs.count.value,
      stored: readAttribute(childGroup(bounces, 'secondInvariant'), 'value'),
    };
  });
  const { bounces } = path;
  expect(mirrors).toEqual(bounces?.mirrors);
  expect(count).toBe(bounces?.count);
  expect(stored).toBe(bounces?.secondInvariant.mean);
});

it('gives no number without an error: of one particle there is none', async () => {
  const { estimates } = await orbitResultHere({
    ...bottleInput,
    particles: { ...(bottleInput.particles as object), count: 1 },
  });
  for (const name of ['meanMuStart', 'rmsMuChange', 'dMuMu', 'meanEnergyStart'] as const) {
    expect(estimates[name].value, name).toBeNaN();
    expect(estimates[name].note, name).toBeTruthy();
  }
});

it('refuses a file whose content is no run of orbits', async () => {
  const result = await orbitResultHere(bottleInput);
  expect(faultOf(result)).toBeUndefined();
  const { epsilonEdges: _, ...axes } = result.plan.axes;
  expect(
    faultOf({
      ...result,
      estimates: result.estimates,
      trajectories: result.trajectories,
      plan: { ...result.plan, axes },
    } as never),
  ).toMatch(/^plan\.axes\.epsilonEdges: /);
});
