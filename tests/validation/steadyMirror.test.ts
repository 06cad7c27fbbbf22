/** A source in a mirror under weak scattering, against the bounce average: approached as its root, so extrapolated. */
import { expect, it } from 'vitest';
import { bounceOracle, estimate } from '../../src/analysis/index.js';
import type { Steady } from '../../src/analysis/types.js';
import { buildField } from '../../src/fields/index.js';
import { runHere, scenario } from './runHere.js';
import { agrees, type Measured, refutes } from './verdict.js';

const RATE = 1e18;
const BINS = 8;
const count = 2 ** 12;
const field = { kind: 'parabolic', B: '1 T', ratio: 5, length: '2 m' };

/** nu/rate times the particles held, in all and between two sizes of the midplane pitch. */
function heldAt(strength: number, seed: number): Measured[] {
  const {
    scenario: asked,
    plan,
    tallies,
  } = runHere(
    scenario({
      seed,
      particles: { count, pitch: { kind: 'cosine', xi: 0.4 } },
      field,
      collisions: { operator: 'exact', strength },
      boundary: 'throat',
      source: { rate: `${RATE} /s` },
      times: { count: 20, collisionTimes: 2.5 },
      tallies: { speed: { bins: 1 }, xi: { bins: BINS }, s: { bins: 2 }, mu: { bins: 1 }, lossTime: { bins: 20 } },
    }),
  );
  const { steadyHeld, steadyPitch } = estimate(asked, plan, tallies) as unknown as Steady;
  const unit = plan.reference.nu / RATE;
  const weights = plan.reference.bounceWeight!;
  const mean = weights.reduce((a, b) => a + b) / BINS;
  const sizes = Array.from({ length: BINS / 2 }, (_, k) => {
    const right = BINS / 2 + k;
    const scale = (i: number) => (unit * (2 / BINS) * weights[i]) / mean;
    const pair = [right, BINS - 1 - right];
    return {
      value: pair.reduce((sum, i) => sum + steadyPitch.value[i] * scale(i), 0),
      error: Math.hypot(...pair.map((i) => steadyPitch.standardError[i] * scale(i))),
      count,
    };
  });
  return [{ value: unit * steadyHeld.value, error: unit * steadyHeld.standardError, count }, ...sizes];
}

it('holds at each midplane pitch what the bounce average holds, as nu tau_b -> 0', { timeout: 60000 }, () => {
  const runs = [0.04, 0.01, 0.0025].map((strength, k) => heldAt(strength, k + 1));
  // the parabola through three points in sqrt(nu), at 0
  const weights = [1 / 3, -2, 8 / 3];
  const limit = runs[0].map(
    (_, i): Measured => ({
      value: weights.reduce((sum, w, k) => sum + w * runs[k][i].value, 0),
      error: Math.hypot(...weights.map((w, k) => w * runs[k][i].error)),
      count,
    }),
  );
  const oracle = bounceOracle(buildField({ kind: 'parabolic', B: 1, ratio: 5, length: 2 }), { start: { xi: 0.4 } });
  agrees('held', limit[0], oracle.meanLossTime);
  limit.slice(1).forEach((found, k) => {
    const exact = 2 * oracle.steadyShare(k / 4, (k + 1) / 4);
    agrees(`between |xi0| = ${k / 4} and ${(k + 1) / 4}`, found, exact);
    refutes('half as much again', found, 1.5 * exact);
  });
  // The control: without the limit it is another number, most of all at the edge.
  refutes('at nu length/v = 0.04', runs[0][0], oracle.meanLossTime);
  refutes('next to the edge at 0.0025', runs[2][4], 2 * oracle.steadyShare(0.75, 1));
  expect(runs.map(([held]) => held.value)).toEqual(runs.map(([held]) => held.value).sort((a, b) => b - a));
});
