import { mirrorRatioAbove1, within } from '../../physics/check.js';
import { lossConeCosine } from '../../physics/lossCone.js';
import type { LossSides } from '../../physics/lossModes.js';
import { meshBetween } from './mesh.js';
import { PitchOracle } from './pitchOracle.js';
import { Sector } from './sector.js';
import { type PitchStart, startPoints } from './start.js';
import type { Diffusion } from './sturmLiouville.js';

/** What scatters and where it is lost. */
export interface ScatteringProblem {
  /** R of the loss cone, > 1, up to 1e8; left out: nothing is lost. */
  readonly mirrorRatio?: number;
  /** Which ends lose; both if left out. */
  readonly sides?: LossSides;
  readonly start: PitchStart;
  /** Earliest nu t that will be asked for, 2e-5 .. 1; 5e-3 if left out. Its root is what the work goes by. */
  readonly earliest?: number;
}

const LORENTZ: Diffusion = { conductance: (xi) => (1 - xi) * (1 + xi), cumulativeWeight: (xi) => xi };

/**
 * Scattering in pitch with loss at the edge of no, one or two cones, exact: `df/dt = nu d/dxi (1 - xi^2) df/dxi`, f = 0 at the
 * rims. Finite elements of degree 20 (relative error of eigenvalues about 1e-12), by parity where both sides are alike.
 * @param problem mirror ratio, sides, start, earliest time
 * @returns eigenvalues, f(xi, t), survival, moments, mean loss time, steady state
 * @throws RangeError for numbers out of these ranges
 * @example
 * const square = scatteringOracle({ mirrorRatio: 2, start: { xi: 0 } })
 * square.eigenvalues[0] // ≈ 3.47673320
 * square.lostBefore(0.0125) // ≈ 1.149e-6
 * square.meanLossTime // ≈ 0.34657359
 * scatteringOracle({ start: { xi: 0.5 } }).legendre(1, 1) // ≈ 0.0676676416
 */
export function scatteringOracle(problem: ScatteringProblem): PitchOracle {
  const { start, sides = 'both' } = problem;
  const earliest = within('earliest', problem.earliest ?? 5e-3, 2e-5, 1, 'a time nu t');
  const edge = problem.mirrorRatio === undefined ? 1 : lossConeCosine(ratioUpTo(problem.mirrorRatio));
  const [from, to] = [edge < 1 && sides !== 'right' ? -edge : -1, edge < 1 && sides !== 'left' ? edge : 1];
  const symmetric = from === -to;
  const corners = 'xi' in start ? [start.xi] : start.corners;
  for (const xi of corners) within('start', xi, -1, 1, 'a pitch-angle cosine');
  const mesh = meshBetween({
    from: symmetric ? 0 : from,
    to,
    earliest,
    ends: symmetric ? corners.map(Math.abs) : corners,
  });
  const { breaks } = mesh;
  const points = startPoints(start, symmetric ? [...breaks, ...breaks.map((x) => -x)] : breaks);
  const inside = points.reduce((sum, { xi, weight }) => sum + (xi > from && xi < to ? weight : 0), 0);
  const sector = (parity: 'even' | 'odd' | 'none') =>
    new Sector(
      parity,
      LORENTZ,
      mesh,
      { start: parity === 'odd' || (parity === 'none' && from > -1), end: to < 1 },
      points,
    );
  const sectors = symmetric ? [sector('even'), sector('odd')] : [sector('none')];
  return new PitchOracle(sectors, [from, to], earliest, from === -1 && to === 1 ? 1 : inside);
}

function ratioUpTo(mirrorRatio: number): number {
  return within('mirrorRatio', mirrorRatioAbove1('mirrorRatio', mirrorRatio), 1, 1e8, 'a mirror ratio of the oracle');
}
