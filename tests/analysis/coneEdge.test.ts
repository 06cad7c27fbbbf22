import { describe, expect, it } from 'vitest';
import { coneEdge as acrossEdge } from '../../src/analysis/coneEdge.js';
import { estimate } from '../../src/analysis/estimate.js';
import { filling as fillingOf } from '../../src/analysis/filling.js';
import { Sample } from '../../src/analysis/sample.js';
import { slowModeWindow } from '../../src/analysis/slowMode.js';
import type { Curve } from '../../src/analysis/types.js';
import { agrees, disagrees, follows, limitOf, near, refuted, scores, soundP } from '../random.js';
import { runHere, scenario } from '../validation/runHere.js';

const tallies = { speed: { bins: 1 }, xi: { bins: 64 }, s: { bins: 16 }, mu: { bins: 4 }, lossTime: { bins: 40 } };
const of = (parts: Record<string, unknown>) => {
  const run = runHere(scenario({ species: 'proton', tallies, ...parts }));
  return estimate(run.scenario, run.plan, run.tallies);
};

describe('f across the edge of a cone in velocity space', () => {
  const found = of({
    field: { kind: 'uniform', B: '0.5 T', length: '2 m' },
    motion: 'homogeneous',
    boundary: { kind: 'cone', ratio: 5 },
    collisions: { rate: '1e3 /s' },
    particles: { count: 30000, pitch: { kind: 'pancake', power: 12, only: 'trapped' } },
    times: { count: 60, collisionTimes: 1.5 },
  });
  const { coneEdge } = found;

  it('is the slowest mode, zero in the cone', () => {
    expect(coneEdge.x.length).toBe(32);
    follows(coneEdge, undefined, 31);
    expect(coneEdge.value.slice(16).every((f) => f === 0)).toBe(true);
    // it falls to zero at the edge about linearly, and not as the root of the distance
    const rim = Math.sqrt(0.8);
    refuted(scores(coneEdge, (k) => Math.sqrt(Math.abs(rim - coneEdge.x[k])) * coneEdge.reference![k]));
  });

  it('as are the other answers of the run', () => {
    for (const l of [2, 4]) agrees(found.legendreRates[l]);
    disagrees(found.legendreRates[2], 1.5 * found.legendreRates[2].reference!);
    expect(found.legendreRates[1].note).toMatch(/needs 3 snapshots/);
    for (const quartile of found.lossTimeQuartiles) {
      agrees(quartile);
      disagrees(quartile, 1.1 * quartile.reference!);
    }
    for (const curve of [found.kaplanMeier, found.hazard]) follows(curve, undefined, 31);
    refuted(scores(found.hazard, (k) => 1.5 * found.hazard.reference![k]));
    expect(found.equilibrium.reached).toBe('yes');
    for (const { fit } of [found.lossRate, found.isotropisationRate]) soundP(fit!.pValue, 1e-4);
  });
});

describe('f across the edge of a mirror\u2019s loss cone', () => {
  /** What is looked at, without the theory of the other estimates. */
  const mirror = (strength: number, count: number) => {
    const {
      scenario: parsed,
      plan,
      tallies: found,
    } = runHere(
      scenario({
        species: 'proton',
        tallies,
        field: { kind: 'parabolic', B: '0.5 T', ratio: 5, length: '2 m' },
        boundary: 'throat',
        collisions: { strength },
        particles: { count, pitch: 'isotropic', place: 'fluxTube' },
        times: { count: 40, collisionTimes: strength > 0.5 ? 6 : 3 },
      }),
    );
    const sample = new Sample(plan, found);
    const window = slowModeWindow(sample);
    return { coneEdge: acrossEdge(sample, parsed, window), filling: fillingOf(sample, parsed, window) };
  };
  const inCone = ({ value, standardError }: Curve) => {
    const weights = standardError.slice(20).map((error) => error ** -2);
    const weight = weights.reduce((a, b) => a + b);
    return { mean: weights.reduce((sum, w, k) => sum + w * value[20 + k], 0) / weight, error: weight ** -0.5 };
  };

  it('is flat where the cone is full, and falls where it is not', () => {
    const full = mirror(3, 20000);
    const weak = mirror(0.1, 20000);
    const [a, b] = [inCone(full.coneEdge), inCone(weak.coneEdge)];
    // a tenth is left open
    const open = 0.1 / limitOf(1, 31);
    near([{ value: a.mean, error: a.error + open, reference: 1 }], 'full', 31);
    refuted((b.mean - 1) / (b.error + open), 'a cone that is not full', 31);
    expect(b.mean).toBeLessThan(0.8);
    expect(b.mean).toBeGreaterThan(0.1);
    // on the trapped side, next to the edge, it is 1 by definition
    const { value, standardError } = weak.coneEdge;
    near([{ value: value[15], error: standardError[15] + open, reference: 1 }], 'edge', 31);
    expect(weak.coneEdge.reference).toBeUndefined();
    // the filling is the mean of what is drawn there
    const drawn = value.slice(16).reduce((sum, f) => sum + f, 0) / 16;
    expect(Math.abs(weak.filling.value - drawn)).toBeLessThan(1e-9);
  });

  it('an empty cone has no filling, and no number without an error', () => {
    const { filling } = mirror(1e-4, 256);
    expect(filling.value).toBeNaN();
    expect(filling.note).toMatch(/nobody was seen in the cone|f at the edge is not above its noise/);
  });

  it('is not drawn where there is none', () => {
    const { coneEdge, hazard } = of({
      field: { kind: 'uniform', B: '0.5 T', length: '2 m' },
      boundary: 'reflecting',
      collisions: { strength: 1 },
      particles: { count: 2048, pitch: 'isotropic' },
      times: { count: 5, collisionTimes: 1 },
    });
    expect(coneEdge.x.length).toBe(0);
    expect(hazard.value.every((h) => h === 0)).toBe(true);
  });
});
