import { describe, expect, it } from 'vitest';
import { estimateOrbits } from '../../src/analysis/fullOrbits/estimate.js';
import { Tallies } from '../../src/engine/tallies.js';
import { OrbitRunner } from '../../src/kernel/index.js';
import { kickEdges } from '../../src/plan/orbits/kicks.js';
import { planOrbits } from '../../src/plan/orbits/plan.js';
import { type OrbitInput, parseOrbits } from '../../src/scenario/orbits/schema.js';
import { kernelModule } from '../kernel/load.js';
import { orbitsHere } from './runHere.js';

const sheet: OrbitInput = {
  motion: 'fullOrbit',
  field: { kind: 'currentSheet', B0: '5 nT', thickness: '500 km', normalField: '5 nT' },
  particles: {
    count: 4096,
    speed: '1.4142e6 m/s',
    pitch: { kind: 'cosine', xi: -0.7 },
    place: ['0 m', '0 m', '2e7 m'],
  },
  times: { until: '60 s', count: 2 },
  tallies: { phase: { bins: 16 } },
};
const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);
const start = 23;
const [phaseRow, xiRow, mu0Row, idRow] = [start, start + 1, 18, start + 2];

/** Rows of a runner's lanes. */
function rowOf(runner: OrbitRunner, k: number): Float64Array {
  const { ORBIT_X, ORBIT_ROW, memory } = runner.kernel;
  return new Float64Array(memory.buffer, (ORBIT_X.value as number) + k * (ORBIT_ROW.value as number), 1024);
}
/** Index of the particle in each lane. */
function particlesOf(runner: OrbitRunner): Uint32Array {
  return new Uint32Array(runner.kernel.memory.buffer, rowOf(runner, idRow).byteOffset, 1024);
}

describe('kicks of mu by how a particle started', () => {
  it('are counted alike by phase, by pitch and by size', () => {
    const { tallies } = orbitsHere(sheet);
    const last = (name: string) => {
      const all = tallies.total(name);
      return all.slice((all.length / 3) * 2);
    };
    for (const name of ['kickPhaseCount', 'kickPitchCount', 'kick']) expect(sum(last(name)), name).toBe(4096);
    for (const part of ['', '2', '2Small'])
      expect(sum(last(`kickPhase${part}`)), part).toBeCloseTo(sum(last(`kickPitch${part}`)), 9);
    expect(sum(last('kickPhase2'))).toBeGreaterThan(10);
    // all started with one pitch, and phases are uniform
    expect(last('kickPitchCount').filter((n) => n > 0)).toHaveLength(1);
    const phases = Array.from(last('kickPhaseCount'), (n) => (n - 256) ** 2 / 256);
    expect(sum(phases)).toBeLessThan(45);
  });

  it('depend on the phase in a thin sheet, and are as large as single particles have them', () => {
    const { estimates } = orbitsHere(sheet);
    const { kickByPhase, kickSpreadByPhase, rmsKick, kickSpread } = estimates;
    const [low, high] = [Math.min(...kickByPhase.value), Math.max(...kickByPhase.value)];
    expect(high - low).toBeGreaterThan(0.2);
    expect(rmsKick.value).toBe(kickSpread.value[2]);
    expect(sum(kickSpreadByPhase.value.map((x) => x * x)) / 16).toBeCloseTo(rmsKick.value ** 2, 2);
    expect(kickSpread.value[0]).toBe(0);

    // of the first block, where the field is uniform at the start and at the end
    const runner = new OrbitRunner(kernelModule(), planOrbits(parseOrbits(sheet)));
    for (const _ of runner.runBlock(0));
    const [bx, bz] = [Math.SQRT1_2, Math.SQRT1_2];
    const [ux, uy, uz] = [3, 4, 5].map((k) => rowOf(runner, k));
    const start = new OrbitRunner(kernelModule(), planOrbits(parseOrbits(sheet)));
    start.kernel.startOrbits(0, 0, 64);
    const [vx, vy, vz] = [3, 4, 5].map((k) => rowOf(start, k));
    const across = (x: number, y: number, z: number, sign: number) => (bz * x - sign * bx * z) ** 2 + y * y;
    const of: { turns: number; kick: number }[] = Array.from({ length: 64 }, (_, lane) => {
      const after = across(ux[lane], uy[lane], uz[lane], rowOf(runner, 2)[lane] > 0 ? 1 : -1);
      return {
        turns: rowOf(runner, phaseRow)[lane],
        kick: after / across(vx[lane], vy[lane], vz[lane], 1) - 1,
      };
    });
    const kicks = runner.collect();
    for (let bin = 0; bin < 16; bin++) {
      const mine = of.filter(({ turns }) => Math.floor(turns * 16) === bin);
      expect(kicks.kickPhaseCount[32 + bin]).toBe(mine.length);
      expect(Number(kicks.kickPhase[32 + bin]) * 2 ** -42).toBeCloseTo(sum(mine.map(({ kick }) => kick)), 6);
    }
  });

  it('are those of the particle in the lane also after others have left', () => {
    const plan = planOrbits(
      parseOrbits({ ...sheet, boundary: { lowZ: '-1e7 m' }, times: { until: '43 s', count: 1 } }),
    );
    const [runner, start] = [plan, plan].map((one) => new OrbitRunner(kernelModule(), one));
    for (const _ of runner.runBlock(0));
    start.kernel.startOrbits(0, 0, plan.blockSize);
    const tallies = new Tallies(plan.tallies, plan.groups);
    tallies.add(0, runner.collect());
    const inside = tallies.total('inside')[1];
    expect(inside).toBeGreaterThan(4);
    expect(inside).toBeLessThan(60);
    expect(sum(tallies.total('lostKick'))).toBe(64 - inside);
    const ids = particlesOf(runner);
    for (let lane = 0; lane < inside; lane++)
      for (const row of [phaseRow, xiRow]) expect(rowOf(runner, row)[lane]).toBe(rowOf(start, row)[ids[lane]]);
    expect(Array.from(ids.subarray(0, inside)), 'negative control: lanes were moved').not.toEqual([
      ...Array(inside).keys(),
    ]);
  });

  it.each([1e-2, 1e-4, 1e-6, 1e-9, -1e-9])('of %s survive the sums', (kick) => {
    const plan = planOrbits(
      parseOrbits({
        motion: 'fullOrbit',
        field: { kind: 'uniform', B: ['0 T', '0 T', '1 T'] },
        particles: { count: 65_536, speed: '1e6 m/s', pitch: { kind: 'cosine', xi: 0.5 } },
        times: { until: '1 ns', count: 1 },
      }),
    );
    const tallies = new Tallies(plan.tallies, plan.groups);
    for (let block = 0; block < 4; block++) {
      const runner = new OrbitRunner(kernelModule(), plan);
      runner.kernel.startOrbits(1024 * block, 0, 1024);
      const start = rowOf(runner, mu0Row);
      for (let lane = 0; lane < 1024; lane++) start[lane] /= 1 + kick;
      runner.kernel.orbitSnapshot(1024, 1, 0);
      tallies.add(block, runner.collect());
    }
    const { kickByPhase, kickSpreadByPitch, kickDistribution } = estimateOrbits(plan, {
      total: (name: string) => tallies.total(name),
      group: (name: string, g: number) =>
        name === 'inside' ? Float64Array.of(g < 4 ? 1024 : 0, 0) : tallies.group(name, g),
    } as never);
    for (const value of kickByPhase.value) expect(Math.abs(value / kick - 1)).toBeLessThan(1e-3);
    const spread = kickSpreadByPitch.value.filter(Number.isFinite);
    expect(spread).toHaveLength(1);
    expect(Math.abs(spread[0] / Math.abs(kick) - 1)).toBeLessThan(1e-3);
    const [at] = Array.from(kickDistribution.x).filter((_, i) => kickDistribution.value[i] > 0);
    expect(Math.abs(at / kick - 1)).toBeLessThan(0.1);
  });

  it('have an axis that is symmetric and increases', () => {
    const edges = kickEdges(4);
    expect(edges.toReversed().map((x) => -x)).toEqual(edges);
    edges.forEach((x, i) => {
      if (i > 0) expect(x).toBeGreaterThan(edges[i - 1]);
    });
  });

  it('give no number where too few particles are', () => {
    const { estimates } = orbitsHere({ ...sheet, particles: { ...(sheet.particles as object), count: 128 } });
    const few = Array.from(estimates.kickByPhase.value);
    expect(few.every(Number.isNaN)).toBe(true);
    expect(estimates.rmsKick.value).toBeGreaterThan(0.05);
  });
});
