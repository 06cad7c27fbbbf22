import { describe, expect, it } from 'vitest';
import { BlockRunner } from '../../src/kernel/index.js';
import { type Plan, planRun } from '../../src/plan/plan.js';
import type { ChunkTallies } from '../../src/plan/tallies.js';
import { parseScenario } from '../../src/scenario/index.js';
import { lanesOf, scenario } from '../validation/runHere.js';
import { legendres } from '../validation/verdict.js';
import { kernelModule } from './load.js';

const input = (parts: Record<string, unknown> = {}) => {
  const { particles, ...rest } = parts as { particles?: Record<string, unknown> };
  return scenario({
    field: { kind: 'parabolic', B: '1 T', ratio: 3, length: '2 m' },
    collisions: { strength: 2 },
    boundary: 'throat',
    motion: { kind: 'guidingCentre', step: '0.05 us' },
    times: { at: { unit: 's', values: [1e-6, 3e-6] } },
    tallies: { speed: { bins: 4 }, xi: { bins: 10 }, s: { bins: 7 }, mu: { bins: 5 }, lossTime: { bins: 6 } },
    ...rest,
    particles: { count: 64 * 200, pitch: 'isotropic', place: 'fluxTube', ...particles },
  });
};

/** x as the nearest multiple of 2^-32, in these. */
const fixed = (x: number) => BigInt(Math.round((x + 1572864 - 1572864) * 2 ** 32));

/** p^2 over its square at the midplane, by energy. */
function midplaneShare({ parameters: q, tables }: Plan, p: number, s: number): number {
  const at = (s - q.potentialStart) * q.potentialInverseStep;
  const cell = Math.min(q.potentialCells - 1, Math.max(0, Math.floor(at)));
  const [a, b, c, d] = tables.potentialTable.slice(4 * cell, 4 * cell + 4);
  const x = at - cell;
  const gamma = Math.sqrt(1 + p * p * q.gammaRef * q.gammaRef * q.inverseC2);
  const there = (p * p * q.gammaRef) / (gamma + 1) + (a + x * (b + x * (c + x * d))) - q.middlePotential;
  return (p * p * q.gammaRef) / (there * (2 + there * q.gammaRef * q.inverseC2));
}

function block(parts: Record<string, unknown> = {}, number = 1) {
  const plan = planRun(parseScenario(input(parts)));
  const runner = new BlockRunner(kernelModule(), plan);
  for (const _ of runner.runBlock(number));
  const lanes = lanesOf(runner, plan);
  const chunk: ChunkTallies = runner.collect();
  const counts = chunk as Record<string, Uint32Array>;
  const sums = chunk as Record<string, BigInt64Array>;
  return { plan, lanes, mu0: lanes.mu0, chunk, counts, sums, runner };
}

describe('tallies', () => {
  it('are the sums and counts over the lanes, to the last integer', () => {
    const { plan, lanes, mu0, counts, sums: found } = block();
    const n = lanes.xi.length;
    const { parameters: q } = plan;
    expect(n).toBeGreaterThan(50);
    const sums = {
      legendre: new Array<bigint>(9).fill(0n),
      position: 0n,
      position2: 0n,
      mu: new Array<bigint>(5).fill(0n),
      dmu2: new Array<bigint>(5).fill(0n),
    };
    const local = new Array<number>(10).fill(0);
    const midplane = new Array<number>(10).fill(0);
    const place = new Array<number>(70).fill(0);
    const muCount = new Array<number>(5).fill(0);
    for (let i = 0; i < n; i++) {
      const [s, xi, m] = [lanes.s[i], lanes.xi[i], lanes.m[i]];
      // the kernel's own recurrence and order of operations
      const P = [1, xi];
      for (let l = 2; l <= 8; l++) P.push(((2 * l - 1) / l) * xi * P[l - 1] - ((l - 1) / l) * P[l - 2]);
      legendres(8, xi).forEach((exact, l) => {
        expect(P[l]).toBeCloseTo(exact, 12);
      });
      for (let l = 0; l <= 8; l++) sums.legendre[l] += fixed(P[l]);
      sums.position += fixed(s * q.placeScale);
      sums.position2 += fixed(s * q.placeScale * (s * q.placeScale));
      const bin = (x: number) => Math.min(9, Math.max(0, Math.floor(5 * (1 + x))));
      local[bin(xi)]++;
      midplane[bin(Math.sign(xi) * Math.sqrt(Math.max(0, 1 - m)))]++;
      place[Math.min(6, Math.floor((s - q.placeLow) * q.placeInverseWidth)) * 10 + bin(xi)]++;
      const u = Math.min(4, Math.floor(mu0[i] * q.muInverseWidth));
      muCount[u]++;
      sums.mu[u] += fixed(q.muScale * m);
      const change = q.muScale * m - q.muScale * mu0[i];
      sums.dmu2[u] += fixed(change * change);
    }
    const last = 2;
    expect([...found.legendre.slice(9 * last)]).toEqual(sums.legendre);
    expect(found.position[last]).toBe(sums.position);
    expect(found.position2[last]).toBe(sums.position2);
    // one speed: everything is in the bin of the reference speed
    const bySpeed = [...counts.local.slice(40 * last)];
    expect(bySpeed.slice(20, 30)).toEqual(local);
    expect(bySpeed.reduce((a, b) => a + b)).toBe(n);
    expect([...counts.midplane.slice(40 * last + 20, 40 * last + 30)]).toEqual(midplane);
    expect([...counts.localPitch.slice(10 * last)]).toEqual(local);
    expect([...counts.midplanePitch.slice(10 * last)]).toEqual(midplane);
    expect([...counts.place.slice(70 * last)]).toEqual(place);
    expect([...counts.muCount.slice(5 * last)]).toEqual(muCount);
    expect([...found.mu.slice(5 * last)]).toEqual(sums.mu);
    expect([...found.dmu2.slice(5 * last)]).toEqual(sums.dmu2);
  });

  const uniform = { kind: 'uniform', B: '1 T', length: '2 m' };
  it.each([
    ['a mirror: the midplane pitch squared', {}],
    [
      'no motion: the local pitch',
      { field: uniform, motion: 'homogeneous', boundary: { kind: 'cone', ratio: 3 }, collisions: { strength: 0.1 } },
    ],
    ['a uniform line', { field: uniform, boundary: 'periodic' }],
    [
      'many relativistic speeds',
      {
        particles: { speed: { kind: 'maxwellian', temperature: '200 MeV' } },
        motion: { kind: 'guidingCentre', step: '1 ns' },
        times: { at: ['5 ns', '20 ns'] },
      },
    ],
    ['a potential', { potential: { kind: 'parabolic', drop: '2 kV' }, particles: { speed: '10 keV' } }],
  ])('by the starting pitch, near the edge of the cone, and of pressure, to the last integer: %s', (_name, parts) => {
    const motion = (parts as { motion?: unknown }).motion ?? { kind: 'guidingCentre', step: '20 ns' };
    const { plan, lanes, counts, sums } = block({ collisions: { strength: 2 }, ...parts, motion });
    const { parameters: q, axes } = plan;
    const [W, E] = [q.startXiBins, q.edgeBins];
    expect(W).toBe(5);
    const zeros = (n: number) => new Array<bigint>(n).fill(0n);
    const [xiCount, edge] = [new Array<number>(W).fill(0), new Array<number>(E).fill(0)];
    const found = { dxi: zeros(W), dxi2: zeros(W), mu2: zeros(5), dmu: zeros(5), pressure: zeros(3) };
    let forward = 0;
    lanes.xi.forEach((xi, i) => {
      const [s, m, p] = [lanes.s[i], lanes.m[i], lanes.p[i]];
      const square = Math.max(0, 1 - m * (q.forced ? midplaneShare(plan, p, s) : 1));
      const folded = Math.sqrt(square);
      const change = (q.folded ? square : xi) - lanes.xi0[i];
      const xi0 = q.folded ? Math.sqrt(lanes.xi0[i]) : lanes.xi0[i];
      const w = Math.min(W - 1, Math.floor((xi0 - q.startXiLow) * q.startXiInverseWidth));
      if (xi > 0) forward++;
      xiCount[w]++;
      found.dxi[w] += fixed(change);
      found.dxi2[w] += fixed(change * change);
      const u = Math.min(4, Math.floor(lanes.mu0[i] * q.muInverseWidth));
      const mu = q.muScale * (p * p * m);
      found.mu2[u] += fixed(mu * mu);
      found.dmu[u] += fixed(mu - q.muScale * lanes.mu0[i]);
      const pv = q.pressureScale * (p * lanes.speed[i]);
      found.pressure[0] += fixed(pv * (xi * xi));
      found.pressure[1] += fixed(pv);
      found.pressure[2] += fixed(pv * square);
      const bin = Math.floor((folded - q.edgeLow) * q.edgeInverseWidth);
      if (E > 0 && Math.abs(s - q.middle) <= q.middleReach && bin >= 0 && bin <= E) edge[Math.min(E - 1, bin)]++;
    });
    expect(forward).toBeGreaterThan(10);
    const last = plan.axes.times.length - 1;
    expect([...counts.xiCount.slice(last * W)]).toEqual(xiCount);
    expect(sums.parallelPressure[last]).toBe(found.pressure[0]);
    const off = Number(sums.midplanePressure[last] - found.pressure[2]);
    expect(Math.abs(off)).toBeLessThan(q.forced ? 2 ** 32 * 1e-6 : 1);
    // in half the quantum of the parallel one
    expect(sums.perpendicularPressure[last]).toBe(found.pressure[1] - found.pressure[0]);
    for (const name of ['mu2', 'dmu'] as const) expect([...sums[name].slice(last * 5)], name).toEqual(found[name]);
    for (const name of ['dxi', 'dxi2'] as const) {
      const own = [...sums[name].slice(last * W)];
      // with a potential the test's own midplane pitch is rounded otherwise
      if (!q.forced) expect(own, name).toEqual(found[name]);
      else for (let w = 0; w < W; w++) expect(Math.abs(Number(own[w] - found[name][w]))).toBeLessThan(2 ** 32 * 1e-6);
    }
    if (E > 0) {
      expect([...counts.edgePitch.slice(last * E)]).toEqual(edge);
      expect(axes.edgeXiEdges[E / 2]).toBeCloseTo(plan.reference.xiLossCone, 14);
    } else expect(counts.edgePitch).toBeUndefined();
    // the start: who was lost is in these too
    expect(counts.xiCount.slice(0, W).reduce((a, b) => a + b)).toBe(plan.blockSize);
    expect([...sums.dxi.slice(0, W)].every((x) => x === 0n)).toBe(true);
    const mean = Number(sums.startXi.reduce((a, b) => a + b)) / 2 ** 32 / plan.blockSize;
    expect(mean).toBeCloseTo(q.folded ? 0.5 : 0, 0);
  });

  it('balance: who is not inside has been lost, by side, time, speed and pitch', () => {
    const { plan, lanes, counts, sums } = block();
    const [confined, left, right, limit, fault] = counts.fates;
    expect([confined, fault]).toEqual([0, 0]);
    expect(limit).toBe(lanes.xi.length);
    expect(left + right + limit).toBe(plan.blockSize);
    const total = (from: number, to: number, a: Uint32Array) => a.slice(from, to).reduce((x, y) => x + y, 0);
    expect(total(0, 6, counts.lossTimes)).toBe(left);
    expect(total(6, 12, counts.lossTimes)).toBe(right);
    expect(total(0, 6 * 40, counts.losses)).toBe(left);
    // left is -s: nobody leaves there with xi > 0
    for (let k = 0; k < 6; k++)
      for (let v = 0; v < 4; v++) expect(total(k * 40 + v * 10 + 5, k * 40 + v * 10 + 10, counts.losses)).toBe(0);
    // lossTimes 0 .. 2 end at the first snapshot (1 us of 3 us, bins of 0.5 us)
    const inside = Number(sums.legendre[9] >> 32n);
    expect(total(0, 2, counts.lossTimes) + total(6, 8, counts.lossTimes)).toBe(plan.blockSize - inside);
    const mean = Number(sums.lossTime[0] + sums.lossTime[1]) / 2 ** 32 / plan.parameters.timeScale / (left + right);
    expect(mean * plan.reference.timeUnit).toBeGreaterThan(1e-7);
    expect(mean * plan.reference.timeUnit).toBeLessThan(3e-6);
  });

  it('are zero after they were collected, and add over blocks', () => {
    const { runner, chunk } = block();
    const again = runner.collect();
    for (const values of Object.values(again)) expect(values.every((x) => Number(x) === 0)).toBe(true);
    for (const _ of runner.runBlock(1));
    expect(runner.collect()).toEqual(chunk);
    for (const _ of runner.runBlock(1));
    for (const _ of runner.runBlock(1));
    const twice = runner.collect();
    for (const [name, values] of Object.entries(twice)) {
      expect([...values].map(Number), name).toEqual([...chunk[name]].map((x) => 2 * Number(x)));
    }
  });

  it('a speed outside the axis is in no bin of speed, but in every sum over speeds', () => {
    const { counts, lanes } = block({
      tallies: { speed: { bins: 4, min: '1.1e6 m/s', max: '2e6 m/s' }, xi: { bins: 10 } },
    });
    expect(counts.local.every((x: number) => x === 0)).toBe(true);
    expect(counts.losses.every((x: number) => x === 0)).toBe(true);
    expect(counts.localPitch.slice(20).reduce((a: number, b: number) => a + b, 0)).toBe(lanes.xi.length);
    expect(counts.lossTimes.reduce((a: number, b: number) => a + b, 0)).toBe(counts.fates[1] + counts.fates[2]);
  });
});

describe('a numerical fault', () => {
  for (const what of ['XI', 'S', 'M'] as const) {
    it(`${what} is not a number: counted as a fault, never as a loss`, () => {
      const plan = planRun(
        parseScenario(input({ particles: { count: 64 * 200, pitch: { kind: 'cosine', xi: 0.1 }, place: 'midplane' } })),
      );
      const runner = new BlockRunner(kernelModule(), plan);
      for (const _ of runner.runBlock(0));
      const sound = runner.collect();
      const steps = runner.runBlock(0);
      steps.next();
      const { kernel } = runner;
      const values = new Float64Array(kernel.memory.buffer, kernel[what].value as number, 1280);
      values[5] = Number.NaN;
      values[40] = Number.NaN;
      for (const _ of steps);
      const broken = runner.collect();
      const [before, after] = [[...sound.fates].map(Number), [...broken.fates].map(Number)];
      expect(before[4]).toBe(0);
      expect(after[4]).toBe(2);
      expect(after.reduce((a, b) => a + b)).toBe(200);
      // dated when they were found, after the first snapshot at 1 us of 3 us
      const dated = [...broken.faultTimes].map(Number);
      expect(dated.slice(2).reduce((a, b) => a + b)).toBe(2);
      // the two are missing among those they would have become
      expect(before[1] + before[2] - after[1] - after[2]).toBeGreaterThanOrEqual(0);
      expect(before[3] - after[3]).toBeGreaterThanOrEqual(0);
    });
  }

  it('a step that crosses a closed tube twice is a fault, not a trap', () => {
    for (const [boundary, potential] of [
      ['reflecting', null],
      ['periodic', null],
      ['reflecting', { kind: 'parabolic', drop: '1 V' }],
    ]) {
      const { counts } = block({
        boundary,
        potential,
        field: { kind: 'uniform', B: '1 T', length: '2 m' },
        collisions: 'none',
        motion: { kind: 'guidingCentre', step: '6 us' },
        times: { at: ['12 us'] },
      });
      const [confined, left, right, limit, fault] = counts.fates;
      expect([left, right, limit]).toEqual([0, 0, 0]);
      expect(fault).toBeGreaterThan(0);
      expect(confined + fault).toBe(200);
    }
  });
});
