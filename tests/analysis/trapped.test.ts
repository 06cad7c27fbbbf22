import { describe, expect, it } from 'vitest';
import { Sample } from '../../src/analysis/sample.js';
import { trappedFraction } from '../../src/analysis/trapped.js';
import { trappedFractionOfParabolicTube } from '../../src/physics/index.js';
import { agrees, disagrees } from '../random.js';
import { runHere, scenario } from '../validation/runHere.js';

const parabola = { kind: 'parabolic', B: '0.5 T', ratio: 5, length: '2 m' };

function trapped(parts: Record<string, unknown>, pitch: unknown = 'isotropic') {
  const run = runHere(
    scenario({
      particles: { count: 110_000, place: 'fluxTube', pitch },
      field: parabola,
      collisions: 'none',
      boundary: 'throat',
      times: { at: ['1 ns'] },
      ...parts,
    }),
  );
  return trappedFraction(new Sample(run.plan, run.tallies), run.scenario);
}

describe('trapped fraction of a flux tube', () => {
  it('stands beside the closed form of a parabola', () => {
    const found = trapped({});
    expect(found.reference).toBeCloseTo(trappedFractionOfParabolicTube(5), 9);
    agrees(found);
    disagrees(found, Math.sqrt(0.8));
  });

  it('and beside the integral over any other field', () => {
    const found = trapped({ field: { kind: 'multiMirror', B: '0.5 T', ratio: 3, cells: 5, length: '10 m' } });
    agrees(found);
  });

  it('has no reference where the integral does not hold', () => {
    expect(trapped({}, { kind: 'pancake', power: 2 }).reference).toBeUndefined();
    expect(trapped({ boundary: { kind: 'cone', ratio: 4 } }).reference).toBeUndefined();
  });
});
