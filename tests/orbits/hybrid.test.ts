import { beforeAll, describe, expect, it } from 'vitest';
import { compareCounts } from '../../src/analysis/twoSample.js';
import { planOrbits } from '../../src/plan/orbits/plan.js';
import { type OrbitInput, parseOrbits } from '../../src/scenario/orbits/schema.js';
import { KOLMOGOROV_LIMIT, otherLaw, sameLaw } from '../random.js';
import { OrbitBlock } from './kernel.js';
import { scaledApart } from './kicks.js';
import { hashHere, orbitsHere } from './runHere.js';

/** What a lane carries, as the kernel measures it. */
function carried(block: OrbitBlock, lane: number): number[] {
  const { kernel } = block.runner;
  kernel.measure(lane, 0);
  return [kernel.centreX, kernel.centreY, kernel.centreZ, kernel.mu, kernel.momentum2].map(({ value }) => value);
}

describe('a particle that becomes a guiding centre, and a particle again', () => {
  it.each<[string, OrbitInput['field'], [string, string, string]]>([
    ['bottle', { kind: 'bottle', B: '1 T', scale: '1 m' }, ['0.2 m', '0.1 m', '0.3 m']],
    [
      'current sheet',
      { kind: 'currentSheet', B0: '1 T', thickness: '1 m', normalField: '0.5 T' },
      ['0 m', '0 m', '0.4 m'],
    ],
    ['dipole', { kind: 'dipole', B0: '64 T', radius: '1 m' }, ['3 m', '0 m', '2 m']],
    [
      'bottle with crossed fields',
      { kind: 'currentSheet', B0: '1 T', thickness: '1 m', normalField: '1 T', electricField: '1e4 V/m' },
      ['0 m', '0 m', '1 m'],
    ],
  ])('keeps place, mu and energy to rounding, at any gyrophase: %s', (_, field, place) => {
    // rho of 2 cm: epsilon of 0.01 to 0.06
    const block = new OrbitBlock({
      motion: 'fullOrbit',
      field,
      particles: { count: 512, speed: '2e6 m/s', pitch: 'isotropic', place },
      times: { until: '1 us', count: 1 },
    });
    const { kernel } = block.runner;
    const electric = block.plan.parameters.electric === 1;
    for (let lane = 0; lane < 8; lane++) {
      const before = carried(block, lane);
      kernel.becomeCentre(lane, 0);
      const centre = [...carried(block, lane), block.lane(lane).u[0]];
      kernel.becomeParticle(lane, 0, (0.137 * lane) % 1);
      const after = carried(block, lane);
      kernel.becomeCentre(lane, 0);
      const again = [...carried(block, lane), block.lane(lane).u[0]];
      for (let i = 0; i < 5; i++) {
        // with E a centre's energy lacks that of its drifts
        if (i === 4 && electric) continue;
        expect(Math.abs(after[i] - before[i])).toBeLessThan(1e-12 * Math.max(Math.abs(before[i]), i < 3 ? 1 : 0));
      }
      centre.forEach((value, i) => {
        expect(Math.abs(again[i] - value)).toBeLessThan(1e-12 * Math.max(Math.abs(value), i < 3 ? 1 : 0));
      });
    }
  });

  it('is another particle: the gyrophase is the one that was asked for', () => {
    const block = new OrbitBlock({
      motion: 'driftOrbit',
      field: { kind: 'bottle', B: '1 T', scale: '1 m' },
      particles: { count: 512, speed: '2e6 m/s', pitch: { kind: 'cosine', xi: 0.5 }, place: ['0 m', '0 m', '0 m'] },
      times: { until: '1 us', count: 1 },
    });
    const { kernel } = block.runner;
    const angles = [0, 0.25, 0.5].map((turns, lane) => {
      kernel.becomeParticle(lane, 0, turns);
      const [ux, uy] = block.lane(lane).u;
      return Math.atan2(uy, ux) / (2 * Math.PI);
    });
    expect(angles[1] - angles[0]).toBeCloseTo(0.25, 3);
    expect(Math.abs(angles[2] - angles[0])).toBeCloseTo(0.5, 3);
  });
});

/** Protons that cross a current sheet at kappa = 2.2. */
function sheet(motion: OrbitInput['motion'], count = 2048): OrbitInput {
  const rho = (1.67262192369e-27 * 1.4142e6) / (1.602176634e-19 * 5e-9);
  const L = (2.2 / 0.4) ** 2 * rho;
  return {
    motion,
    field: { kind: 'currentSheet', B0: '5 nT', thickness: `${L} m`, normalField: '2 nT' },
    particles: {
      count,
      speed: '1.4142e6 m/s',
      pitch: { kind: 'cosine', xi: -0.8 },
      place: ['0 m', '0 m', `${6 * L} m`],
    },
    boundary: { lowZ: `${-6.5 * L} m`, highZ: `${6.5 * L} m` },
    times: { until: `${(180 * L) / 1.4142e6} s`, count: 2 },
  };
}

describe('a hybrid that crosses a current sheet', () => {
  let full: ReturnType<typeof orbitsHere>;
  let hybrid: ReturnType<typeof orbitsHere>;
  const kicks = ({ tallies }: ReturnType<typeof orbitsHere>) => tallies.total('lostKick');
  const steps = ({ tallies }: ReturnType<typeof orbitsHere>) => Number(tallies.total('work')[0]);
  beforeAll(() => {
    full = orbitsHere(sheet('fullOrbit'));
    hybrid = orbitsHere(sheet('hybridOrbit'));
  });

  it('brings the kicks of mu that full orbits bring', () => {
    expect(kicks(full).reduce((a, b) => a + b)).toBe(2048);
    expect(kicks(hybrid).reduce((a, b) => a + b)).toBe(2048);
    const { statistic, sizes } = compareCounts(kicks(full), kicks(hybrid));
    sameLaw(statistic, 'kicks', scaledApart(kicks(full), full.plan.axes.kickEdges, sizes));
    // guiding centres alone do not, nor a hybrid that becomes a particle too late
    for (const motion of ['driftOrbit', { kind: 'hybridOrbit', enter: 0.1, leave: 0.05 }] as const)
      otherLaw((compareCounts(kicks(full), kicks(orbitsHere(sheet(motion)))).statistic * KOLMOGOROV_LIMIT) / 5);
  });

  it('in a quarter of the steps or less', () => {
    expect(steps(hybrid) / steps(full)).toBeLessThan(1 / 4);
  });

  it('keeps the energy', () => {
    const { value } = hybrid.estimates.meanEnergyStart;
    expect(Math.abs(hybrid.estimates.energyChange.value / value) || 0).toBeLessThan(1e-6);
  });

  it('comes to the same bits in any order, by any number of kernels', async () => {
    const plan = planOrbits(parseOrbits(sheet('hybridOrbit', 200)));
    const blocks = Array.from({ length: plan.blocks }, (_, i) => i);
    expect(await hashHere(plan, blocks.toReversed(), 3)).toBe(await hashHere(plan, blocks, 1));
  });
});

describe('a scenario of a hybrid', () => {
  it('has steps that the fastest of a thermal ensemble do not go past a sheet in', () => {
    const steps = (kind: 'hybridOrbit' | 'driftOrbit') => {
      const { intervals } = planOrbits(
        parseOrbits({
          motion: kind,
          field: { kind: 'currentSheet', B0: '5 nT', thickness: '1e5 km', normalField: '1 nT' },
          particles: { count: 64, temperature: '10 keV', place: ['0 m', '0 m', '1e6 km'] },
          times: { until: '1e5 s', count: 1 },
        }),
      );
      return intervals[0].steps;
    };
    expect(steps('hybridOrbit') / steps('driftOrbit')).toBeGreaterThan(2.5);
    expect(steps('hybridOrbit') / steps('driftOrbit')).toBeLessThan(4);
  });

  const found = (motion: object | string, rest: object = {}) => {
    try {
      parseOrbits({
        motion,
        field: { kind: 'bottle', B: '1 T', scale: '1 m' },
        times: { until: '1 us' },
        ...rest,
      } as OrbitInput);
    } catch (error) {
      return (error as Error).message;
    }
    return '';
  };

  it('is refused where epsilon does not see what breaks mu', () => {
    const wave = { amplitude: '1 pT', polarisation: 'right', wavelength: '1 km', frequency: '1 kHz' };
    expect(found('hybridOrbit', { field: { kind: 'wave', B0: '100 nT', waves: [wave] } })).toMatch(
      /motion: "hybridOrbit" .*changes in time/,
    );
    expect(
      found('hybridOrbit', { field: { kind: 'step', below: ['1 T', '0 T', '1 T'], above: ['0 T', '1 T', '1 T'] } }),
    ).toMatch(/kind step/);
  });

  it('says so where it saves no time: in a field that changes over a few Larmor radii', () => {
    const warnings = (scale: string, motion = 'hybridOrbit') =>
      planOrbits(
        parseOrbits({ motion, field: { kind: 'bottle', B: '1 T', scale }, times: { until: '1 us' } } as OrbitInput),
      ).warnings;
    expect(warnings('2 m')).toEqual([]);
    expect(warnings('20 cm', 'fullOrbit')).toEqual([]);
    expect(warnings('20 cm')).toHaveLength(1);
    const thin = warnings('1 cm');
    expect(thin).toHaveLength(2);
    expect(thin[1]).toMatch(/^motion\.enter: 0\.01 is too late .* 0\.69 Larmor radii.* \(should be at most 0\.001/);
    expect(warnings('20 cm')[0]).toMatch(/^motion: "hybridOrbit" takes about as long as fullOrbit .* 14 Larmor radii/);
  });

  it('has thresholds that lie apart, and no collisions', () => {
    expect(found({ kind: 'hybridOrbit' })).toBe('');
    expect(found({ kind: 'hybridOrbit', enter: 0.02, leave: 0.02 })).toMatch(/motion.leave: .*not below enter/);
    expect(found({ kind: 'fullOrbit', enter: 0.02 })).toMatch(/motion.enter: .*hybridOrbit alone/);
    expect(found({ kind: 'hybridOrbit' }, { collisions: { rate: '1 /s' } })).toMatch(
      /collisions.operator: .*hybridOrbit/,
    );
  });
});
