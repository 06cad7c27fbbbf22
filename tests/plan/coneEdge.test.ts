import { describe, expect, it } from 'vitest';
import { buildField } from '../../src/fields/index.js';
import { bounceWeights } from '../../src/plan/bounceWeights.js';
import { edgeBins, midplaneReach } from '../../src/plan/coneEdge.js';

describe('fine bins about the edge of the loss cone', () => {
  it.each([1.0001, 1.01, 1.1, 4 / 3, 2, 5, 100, 1e4])(
    'are even, reach through the cone, and share its edge: R = %d',
    (R) => {
      const xiLossCone = Math.sqrt(1 - 1 / R);
      const edges = edgeBins(xiLossCone);
      const bins = edges.length - 1;
      expect(edges[bins]).toBe(1);
      expect(edges).toContain(xiLossCone);
      expect(edges[0]).toBeGreaterThanOrEqual(0);
      for (let k = 0; k < bins; k++) expect((edges[k + 1] - edges[k]) * bins).toBeCloseTo(1 - edges[0], 9);
      const trapped = edges.filter((x) => x < xiLossCone).length;
      expect(bins - trapped).toBeGreaterThanOrEqual(16);
      expect(bins).toBeLessThanOrEqual(160);
      // as many as the straight line to the edge needs, unless hardly anything is trapped
      if (R > 1.005) expect(trapped).toBeGreaterThanOrEqual(6);
    },
  );

  it('count where B has risen by a twentieth at most', () => {
    const field = buildField({ kind: 'parabolic', B: 1, ratio: 6, length: 2 });
    const reach = midplaneReach(field);
    expect(field.strength(reach)).toBeLessThanOrEqual(1.05);
    expect(field.strength(reach + field.length / 500)).toBeGreaterThan(1.05);
    expect(midplaneReach(field, true)).toBe(field.length / 64);
    // a field as sharp as that is taken within a 64th of the length all the same
    expect(midplaneReach(buildField({ kind: 'parabolic', B: 1, ratio: 1000, length: 2 }))).toBe(2 / 64);
    expect(midplaneReach(buildField({ kind: 'uniform', B: 1, length: 2 }))).toBe(1);
  });

  it('have the volume that particles near the midplane have there', () => {
    const field = buildField({ kind: 'parabolic', B: 1, ratio: 1.1, length: 2 });
    const edges = edgeBins(Math.sqrt(1 - 1 / 1.1));
    const reach = midplaneReach(field);
    const volumes = bounceWeights(field, edges, reach);
    volumes.forEach((volume, k) => {
      // over the stretch in closed form, a parabola; over the bin by its middle points
      let sum = 0;
      const parts = 2000;
      for (let j = 0; j < parts; j++) {
        const xi0 = edges[k] + ((j + 0.5) / parts) * (edges[k + 1] - edges[k]);
        const wave = Math.sqrt(0.1 * (1 - xi0 * xi0));
        sum += ((2 * xi0) / wave) * Math.asin(Math.min(1, (wave * reach) / xi0));
      }
      const whole = (sum / parts) * (edges[k + 1] - edges[k]);
      expect(Math.abs(volume / whole - 1)).toBeLessThan(1e-3);
    });
    // low pitches turn within the stretch or linger there: their volume is not the width of their bin
    const width = (k: number) => volumes[k] / (edges[k + 1] - edges[k]);
    expect(Math.abs(width(0) / width(volumes.length - 1) - 1)).toBeGreaterThan(0.03);
    // and the whole line is what it was
    expect(bounceWeights(field, edges, 1)).toEqual(bounceWeights(field, edges));
  });
});
