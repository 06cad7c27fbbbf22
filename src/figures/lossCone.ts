/** The loss cone in figures against pitch. */
import * as Plot from '@observablehq/plot';
import type { LegendEntry } from './figure.js';
import { lossConeInk } from './style.js';

const opacity = 0.13;

export const lossConeEntry: LegendEntry = { label: 'loss cone', colour: lossConeInk, patch: opacity, line: false };

/** Ranges of pitch, shaded from the bottom of the axes to their top. */
export function shadedCone(ranges: readonly (readonly [number, number])[], bottom: number, top: number) {
  const data = ranges.map(([x1, x2]) => ({ x1, x2 }));
  return Plot.rect(data, { x1: 'x1', x2: 'x2', y1: bottom, y2: top, fill: lossConeInk, fillOpacity: opacity });
}

/** Both cones of a mirror, whose edges lie at +-xiLossCone. */
export const bothCones = (xiLossCone: number, bottom: number, top: number) =>
  shadedCone(
    [
      [-1, -xiLossCone],
      [xiLossCone, 1],
    ],
    bottom,
    top,
  );
