import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ResultData } from '../../src/results/data.js';
import { encodeResults } from '../../src/results/encode.js';
import { type Dataset, type Group, openHdf5 } from '../../src/results/hdf5.js';
import { decodeResults } from '../../src/results/read.js';
import { expectSame } from '../same.js';
import { closedRun, mirrorRun, smallRun } from './fixture.js';

const yaml = 'name: überprüfung # ξ\n';
let bytes: Uint8Array;
beforeAll(async () => {
  bytes = await encodeResults(smallRun(), { yaml });
});

const attributesOf = (object: Group | Dataset) =>
  Object.fromEntries(Object.entries(object.attrs).map(([name, attribute]) => [name, attribute]));

describe('results.h5 after openPMD 1.1.0', () => {
  it('has the root attributes of the standard, as text of fixed length', () =>
    openHdf5(bytes, (file) => {
      const attributes = attributesOf(file);
      const text = (name: string) => attributes[name]?.value;
      expect(text('openPMD')).toBe('1.1.0');
      expect(text('basePath')).toBe('/data/%T/');
      expect(text('meshesPath')).toBe('meshes/');
      expect(text('iterationEncoding')).toBe('groupBased');
      expect(text('iterationFormat')).toBe('/data/%T/');
      expect(text('software')).toBe('losscone');
      expect(text('softwareVersion')).toBe('0.1.0');
      expect(text('date')).toBe('2026-11-23 12:00:00 +0000');
      expect(attributes.openPMDextension.dtype).toBe('<I');
      expect(attributes.openPMDextension.value).toBe(0);
      for (const name of ['openPMD', 'basePath', 'date']) expect(attributes[name].metadata.vlen, name).toBe(false);
    }));

  it('has an iteration for each snapshot time, with time and timeUnitSI', () =>
    openHdf5(bytes, (file) => {
      const data = file.get('data') as Group;
      const { times } = smallRun().plan.axes;
      expect(data.keys()).toEqual(['0', '1', '2', '3', '4']);
      data.keys().forEach((name, t) => {
        const { time, dt, timeUnitSI } = attributesOf(data.get(name) as Group);
        expect(time.value).toBe(times[t]);
        expect(dt.value).toBeCloseTo(times[1], 20);
        expect(timeUnitSI.value).toBe(1);
      });
    }));

  it('has on every mesh what the standard asks of a scalar mesh record, of the rank of its data', () =>
    openHdf5(bytes, (file) => {
      let meshes = 0;
      for (const t of (file.get('data') as Group).keys()) {
        const folder = file.get(`data/${t}/meshes`) as Group;
        for (const name of folder.keys()) {
          const mesh = folder.get(name) as Dataset;
          const a = attributesOf(mesh);
          const rank = mesh.shape!.length;
          expect(a.geometry.value).toBe('cartesian');
          expect(a.dataOrder.value).toBe('C');
          for (const list of ['axisLabels', 'gridSpacing', 'gridGlobalOffset', 'position'])
            expect((a[list].value as ArrayLike<unknown>).length, `${name} ${list}`).toBe(rank);
          expect((a.unitDimension.value as Float64Array).length).toBe(7);
          for (const one of ['gridUnitSI', 'unitSI', 'timeOffset']) expect(typeof a[one].value).toBe('number');
          for (const spacing of a.gridSpacing.value as Float64Array) expect(spacing).toBeGreaterThan(0);
          meshes++;
        }
      }
      expect(meshes).toBe(5 * 3);
    }));

  it('holds in each mesh the slice of f at its time', () =>
    openHdf5(bytes, (file) => {
      const { midplane } = smallRun().distributions;
      const [, V, X] = midplane.shape;
      const mesh = file.get('data/2/meshes/f_midplane') as Dataset;
      expect(mesh.shape).toEqual([V, X]);
      expectSame(mesh.value, midplane.f.slice(2 * V * X, 3 * V * X));
      expect(mesh.attrs.axisLabels.value).toEqual(['v', 'xi0']);
      // f in s^3/m^6.
      expect(mesh.attrs.unitDimension.value).toEqual(Float64Array.of(-6, 0, 3, 0, 0, 0, 0));
    }));
});

describe('the table of single particles', () => {
  const names = ['Fate', 'Time', 'StartPlace', 'StartXi', 'StartSpeed', 'EndPlace', 'EndXi', 'EndSpeed'];
  /** Two particles and one that was not run, of a field whose middle is at s = 3 m. */
  const listed = (): ResultData => {
    const run = smallRun();
    const integers: Record<string, bigint[]> = Object.fromEntries(
      names.map((name) => [`particle${name}`, [0n, 0n, 0n]]),
    );
    integers.particleFate = [4n, 2n, 0n];
    integers.particleStartPlace = [-4n, 4n, 0n];
    integers.particleStartXi = [1n, -2n, 0n];
    integers.particleStartSpeed = [8n, 8n, 0n];
    const specs = names.map((name) => ({
      ...run.tallies.spec('work'),
      name: `particle${name}`,
      axes: ['particle'],
      grouped: false,
      shape: [3],
      quantum: 0.25,
    }));
    const fate = { ...specs[0], kind: 'count' as const, quantum: 1 };
    const all = [fate, ...specs.slice(1)];
    const find = (name: string) => all.find((spec) => spec.name === name);
    const tallies = {
      ...run.tallies,
      spec: (name: string) => find(name) ?? run.tallies.spec(name),
      integers: (name: string, group?: number) => integers[name] ?? run.tallies.integers(name, group),
      total: (name: string) =>
        find(name)
          ? Float64Array.from(integers[name], (n) => Number(n) * find(name)!.quantum)
          : run.tallies.total(name),
    };
    return {
      ...run,
      tallies,
      plan: {
        ...run.plan,
        tallies: [...run.plan.tallies, ...all],
        reference: { ...run.plan.reference, centre: 3 } as never,
      },
    };
  };

  it('stands in SI under /losscone/particles, places as in the field, and its start in openPMD', async () => {
    const written = await encodeResults(listed(), { yaml });
    await openHdf5(written, (file) => {
      const column = (name: string) => Array.from((file.get(name) as Dataset).value as Float64Array);
      expect(column('losscone/particles/startS')).toEqual([2, 4, Number.NaN]);
      expect(column('losscone/particles/fate').map(Number)).toEqual([4, 2, 0]);
      const fate = file.get('losscone/particles/fate') as Dataset;
      expect(attributesOf(fate).meaning.value).toEqual([
        'not run',
        'confined',
        'lostLeft',
        'lostRight',
        'timeLimit',
        'fault',
      ]);
      expect(attributesOf(file.get('losscone/particles/endSpeed') as Dataset).unit.value).toBe('m/s');
      expect(attributesOf(file).particlesPath.value).toBe('particles/');
      const start = 'data/0/particles/proton';
      expect(column(`${start}/position/s`)).toEqual([2, 4]);
      expect(column(`${start}/momentum/parallel`)[0] / (1.67262192369e-27 * 2 * 0.25)).toBeCloseTo(1, 12);
      expect(
        Math.hypot(column(`${start}/momentum/parallel`)[1], column(`${start}/momentum/perpendicular`)[1]) /
          (1.67262192369e-27 * 2),
      ).toBeCloseTo(1, 12);
      for (const record of ['position', 'positionOffset', 'momentum', 'mass', 'charge', 'weighting']) {
        const a = attributesOf(file.get(`${start}/${record}`) as Group);
        expect(a.unitDimension.value, record).toHaveLength(7);
        expect(a.timeOffset.value, record).toBe(0);
        expect(a.macroWeighted.dtype, record).toBe('<I');
        expect(typeof a.weightingPower.value, record).toBe('number');
      }
    });
    const back = await decodeResults(written);
    expect([...(back.tallies.integers('particleStartPlace') as BigInt64Array)]).toEqual([-4n, 4n, 0n]);
  });

  it('is not there where none was asked for', () =>
    openHdf5(bytes, (file) => {
      expect((file.get('losscone') as Group).keys()).not.toContain('particles');
      expect(attributesOf(file).particlesPath).toBeUndefined();
      expect((file.get('data/0') as Group).keys()).toEqual(['meshes']);
    }));
});

describe('a round trip', () => {
  it('gives back every integer, estimate, curve and distribution', async () => {
    for (const run of [smallRun(), closedRun({ particles: 2048, times: 6, xiBins: 16, placeBins: 8 })]) {
      const back = await decodeResults(await encodeResults(run, { yaml }));
      expect(back.plan.tallies).toEqual(run.plan.tallies);
      for (const { name, grouped } of run.plan.tallies) {
        expectSame(Array.from(back.tallies.integers(name)), Array.from(run.tallies.integers(name)), name);
        expectSame(back.tallies.total(name), run.tallies.total(name), name);
        if (grouped) expectSame(back.tallies.group(name, 3), run.tallies.group(name, 3), name);
        else expect(() => back.tallies.group(name, 0)).toThrow('not kept by group');
      }
      // An absent key and one that is undefined are the same.
      expect(back.estimates).toEqual(run.estimates);
      expectSame(back.distributions, run.distributions);
      expectSame(back.plan, run.plan);
      expect(back.scenario).toEqual(run.scenario);
      expect(back.scenarioYaml).toBe(yaml);
      const { hash, complete, particles, steps, seconds, workers, provenance, warnings } = run;
      expect(back).toMatchObject({ hash, complete, particles, steps, seconds, workers, provenance, warnings });
    }
  });

  it('keeps sums beyond 64 bits, warnings, and an unfinished run', async () => {
    const run = smallRun();
    const huge = [2n ** 100n + 3n, -(2n ** 90n) - 1n];
    const tallies = {
      ...run.tallies,
      integers: (name: string, group?: number) =>
        name === 'lossTime' && group === 1 ? huge : run.tallies.integers(name, group),
    };
    const warnings = ['one', 'two: ν dt = 0.4'];
    const back = await decodeResults(await encodeResults({ ...run, tallies, complete: false, warnings }, { yaml }));
    expect(back.tallies.integers('lossTime', 1)).toEqual(huge);
    expect(back.tallies.integers('lossTime', 0)).toEqual(run.tallies.integers('lossTime', 0));
    expect(back.complete).toBe(false);
    expect(back.warnings).toEqual(warnings);
  });
});

describe('a file that is not a whole results file', () => {
  const failure = async (content: Uint8Array) => {
    try {
      await decodeResults(content, 'mine.h5');
    } catch (error) {
      const { name, message } = error as Error;
      expect(message).not.toContain('\n');
      expect(message).toMatch(/^mine\.h5: .*\(.*\)$/);
      return `${name}: ${message}`;
    }
    return 'read';
  };

  it('is refused in one line: truncated', async () => {
    for (const part of [9, 100, 1000, bytes.length >> 1, bytes.length - 1])
      expect(await failure(bytes.slice(0, part)), `${part} bytes`).toMatch(/^ResultsFileError: .*(cut short|damaged)/);
  });

  it('is refused in one line: foreign, empty', async () => {
    expect(await failure(new Uint8Array())).toContain('empty');
    expect(await failure(new TextEncoder().encode('name: a scenario\n'))).toContain('not an HDF5 file');
    const { buildHdf5, attribute } = await import('../../src/results/hdf5.js');
    expect(await failure(await buildHdf5((file) => attribute(file, 'openPMD', '1.1.0')))).toContain(
      'losscone did not write',
    );
    const other = await buildHdf5((file) => {
      const group = file.create_group('losscone');
      attribute(group, 'format', 'losscone.results');
      group.create_attribute('formatVersion', new Uint32Array([3]), [], '<I');
    });
    expect(await failure(other)).toContain('layout version 3 (this losscone reads version 2');
  });

  it('is refused in one line: a flipped bit anywhere', async () => {
    const step = Math.floor(bytes.length / 60);
    for (let at = 8; at < bytes.length; at += step) {
      const copy = bytes.slice();
      copy[at] ^= 4;
      expect(await failure(copy), `byte ${at}`).toMatch(/^ResultsFileError: /);
    }
    expect(await failure(bytes)).toBe('read');
  });
});

const python = '/usr/bin/python3';
const h5py = spawnSync(python, ['-c', 'import h5py']).status === 0;
if (!h5py) console.warn(`hdf5.test: h5py is not there for ${python}: its tests are left out (Debian: python3-h5py)`);

describe.runIf(h5py)('h5py', () => {
  it('re-plots a run from the file alone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'losscone-'));
    try {
      const path = join(folder, 'results.h5');
      const run = mirrorRun();
      writeFileSync(path, await encodeResults(run, { yaml }));
      const script = `
import h5py, json, sys
with h5py.File(sys.argv[1], 'r') as h:
    store = h['losscone']
    t = store['tallies/lossTimes']
    edges = store['axes/lossTime']
    mu = store['tallies/mu']
    rate = store['estimates/lossRate'].attrs
    local = store['tallies/local']
    print(json.dumps({
        'readme': store['readme'][()].decode()[:20],
        'scenario': store['provenance/scenario'][()].decode(),
        'lost': int(t[()].sum()), 'axes': [a.decode() for a in t.attrs['axes']],
        'edges': [len(edges), float(edges[-1]), edges.attrs['unit'].decode()],
        'mu': float(mu[()].sum(axis=0)[0].sum() * mu.attrs['quantum']), 'muUnit': mu.attrs['unit'].decode(),
        'rate': [float(rate['value']), float(rate['standardError']), rate['unit'].decode()],
        'survival': store['estimates/survival/value'][()].tolist(),
        'local': [list(local.shape), str(local.dtype), local.compression],
        'f': float(h['data/3/meshes/f_local'][()].sum()),
        'version': h.attrs['openPMD'].decode(),
        'kernel': store['provenance'].attrs['kernelHash'].decode(),
    }))`;
      const seen = JSON.parse(execFileSync(python, ['-c', script, path], { encoding: 'utf8' }));
      const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
      expect(seen.version).toBe('1.1.0');
      expect(seen.readme).toBe('Written by losscone.');
      expect(seen.scenario).toBe(yaml);
      expect(seen.lost).toBe(sum(run.tallies.total('lossTimes')));
      expect(seen.axes).toEqual(['group', 'side', 'lossTime']);
      const { lossTimeEdges } = run.plan.axes;
      expect(seen.edges).toEqual([lossTimeEdges.length, lossTimeEdges[lossTimeEdges.length - 1], 's']);
      const bins = run.tallies.spec('mu').shape[1];
      expect(seen.mu / sum(run.tallies.total('mu').slice(0, bins))).toBeCloseTo(1, 12);
      expect(seen.muUnit).toBe('J/T');
      const { value, standardError, unit } = run.estimates.lossRate;
      expect(seen.rate).toEqual([value, standardError, unit]);
      expect(seen.survival).toEqual(Array.from(run.estimates.survival.value));
      expect(seen.local).toEqual([run.tallies.spec('local').shape, 'uint64', 'gzip']);
      expect(seen.kernel).toBe(run.provenance.kernelHash);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
