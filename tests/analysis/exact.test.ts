import { describe, expect, it } from 'vitest';
import { coneCourse, scatteringLimits } from '../../src/analysis/exact.js';
import { scatteringOracle } from '../../src/analysis/oracle/index.js';
import { legendre } from '../../src/physics/legendre.js';
import { meanLossTimeStrongScattering, parabolicFluxTubeLength } from '../../src/physics/lossTimes.js';
import { planRun } from '../../src/plan/plan.js';
import { parseScenario, type ScenarioInput } from '../../src/scenario/index.js';

const speed = 1e6;
const nu = 1e4;

function planned(more: Record<string, unknown>) {
  const scenario = parseScenario({
    particles: { count: 100, speed: '1e6 m/s', pitch: { kind: 'cosine', xi: 0.3 } },
    field: { kind: 'parabolic', B: '1 T', ratio: 5, length: '2 m' },
    collisions: { rate: '1e4 /s' },
    boundary: 'throat',
    times: { count: 4, until: '100 us' },
    ...more,
  } as ScenarioInput);
  return [scenario, planRun(scenario)] as const;
}

describe('limits of a mirror', () => {
  it('weak: slowest mode of the bounce average, mean of ln[R(1 - xi0^2)]/(2 nu); strong: the full loss cone', () => {
    const { lossRate, confinementTime } = scatteringLimits(...planned({}));
    const strong = meanLossTimeStrongScattering(5, parabolicFluxTubeLength(5, 2), speed);
    expect(lossRate[0].value / (1.711831062 * nu)).toBeCloseTo(1, 8);
    expect(lossRate[1].value * strong).toBeCloseTo(1, 10);
    expect(confinementTime[0].value).toBeCloseTo(Math.log(5 * 0.91) / (2 * nu), 12);
    expect(confinementTime[1].value).toBeCloseTo(strong, 12);
  });

  it('a start off the midplane is carried there', () => {
    const place = { kind: 'point', s: '0.5 m' }; // B = 2 T
    const particles = { count: 100, speed: '1e6 m/s', pitch: { kind: 'cosine', xi: 0.3 }, place };
    const { confinementTime } = scatteringLimits(...planned({ particles }));
    expect(confinementTime[0].value).toBeCloseTo(Math.log((5 * 0.91) / 2) / (2 * nu), 12);
  });

  it('several wells have no weak limit, closed lines and cones none at all', () => {
    const row = { kind: 'multiMirror', B: '1 T', ratio: 3, cells: 3, length: '6 m' };
    expect(scatteringLimits(...planned({ field: row })).lossRate.map(({ label }) => label)).toEqual([
      '1/R << nu length/v << R',
    ]);
    expect(scatteringLimits(...planned({ boundary: 'reflecting' })).lossRate).toEqual([]);
    const uniform = { kind: 'uniform', B: '1 T', length: '2 m' };
    expect(scatteringLimits(...planned({ field: uniform, boundary: { kind: 'cone', ratio: 2 } })).lossRate).toEqual([]);
  });
});

describe('the course of loss in velocity space', () => {
  const cone = { field: { kind: 'uniform', B: '1 T', length: '2 m' }, boundary: { kind: 'cone', ratio: 2 } };

  it('starts with everybody inside', () => {
    const course = coneCourse(...planned(cone));
    expect(course?.survival[0]).toBe(1);
    expect(course?.legendre(3)[0]).toBeCloseTo(legendre(3, 0.3), 12);
    expect(course?.survival[1]).toBeLessThan(1);
  });

  it('is silent about times too early to resolve, and about other boundaries', () => {
    const times = { at: { unit: 's', values: [1e-9, 1e-5] } };
    const early = coneCourse(...planned({ ...cone, times }));
    expect(early?.survival[1]).toBeNaN();
    expect(early?.survival[2]).toBeCloseTo(scatteringOracle({ mirrorRatio: 2, start: { xi: 0.3 } }).survival(0.1), 10);
    expect(coneCourse(...planned({}))).toBeUndefined();
  });
});
