/** Heat maps at several times: small multiples on one colour scale, each an image of one pixel per cell. */
import type { PlotOptions, RenderFunction } from '@observablehq/plot';
import * as Plot from '@observablehq/plot';
import type { Distribution } from '../analysis/types.js';
import type { ResultData } from '../results/data.js';
import { prettyUnit, scaleFor, superscript } from '../results/format.js';
import type { ColourBar, Panel } from './figure.js';
import { dataUrl, indexedPng } from './image.js';
import { joinCells } from './join.js';
import { unread } from './reading.js';
import { linearScale } from './scales.js';
import { heatPalette } from './style.js';

/** Decades of f that the colours span: below, noise of single particles. */
const decades = 3;
/** Pixels along an axis whose bins are unequal. */
const resampled = 256;

export interface HeatMaps {
  readonly panels: Panel[];
  readonly colourBar: ColourBar;
  /** Says so, in a sentence after another, where cells are larger than the bins of the tally; else empty. */
  readonly joined: string;
}

/**
 * Small multiples of a distribution.
 *
 * @param distribution `[time, second axis, xi]`
 * @param times indices of the snapshots to draw
 * @param factor what the second axis is divided by
 * @param marks drawn over every map; they get the second axis already divided
 * @returns panels with the second axis along x and xi upwards, and their colour bar
 */
export function heatMaps(
  distribution: Distribution,
  times: readonly number[],
  factor: number,
  marks: PlotOptions['marks'] = [],
): HeatMaps {
  const [timeAxis] = distribution.axes;
  const { second, pitch, slice, errors, by } = joinCells(distribution, times);
  const [rows, columns] = [second.length - 1, pitch.length - 1];
  const x = second.map((edge) => edge / factor);
  const larger = by[0] * by[1] > 1;
  const cells = times.map(slice);
  const top = Math.log10(
    larger
      ? Math.max(...cells.map((f) => f.reduce((most, value) => Math.max(most, value), 0)))
      : largest(distribution, times),
  );
  const time = scaleFor(timeAxis.edges[timeAxis.edges.length - 1], 's');
  const palette = heatPalette();
  // The last level stands for cells without a particle.
  palette.set([255, 255, 255], 3 * 255);
  const panels = times.map((t, k): Panel => {
    const levels = (value: number) =>
      value > 0 ? Math.max(0, Math.min(254, Math.round(254 * ((Math.log10(value) - top) / decades + 1)))) : 255;
    const url = imageOf(cells[k], rows, columns, x, pitch, levels, palette);
    const picture: RenderFunction = (_index, _scales, _values, dimensions, context) => {
      const { width, height, marginLeft, marginRight, marginTop, marginBottom } = dimensions;
      const image = context.document.createElementNS('http://www.w3.org/2000/svg', 'image');
      image.setAttribute('x', String(marginLeft));
      image.setAttribute('y', String(marginTop));
      image.setAttribute('width', String(width - marginLeft - marginRight));
      image.setAttribute('height', String(height - marginTop - marginBottom));
      image.setAttribute('preserveAspectRatio', 'none');
      // Without it a viewer would blur the cells into each other.
      image.setAttribute('image-rendering', 'optimizeSpeed');
      image.setAttribute('href', url);
      return image;
    };
    return {
      title: `t = ${Number((timeAxis.edges[t] / time.factor).toPrecision(3))} ${time.label}`,
      cells: {
        name: 'f',
        unit: prettyUnit(distribution.unit),
        xEdges: x,
        yEdges: pitch,
        values: cells[k],
        errors: errors(t),
      },
      options: ({ width }) => ({
        x: linearScale(x[0], x[x.length - 1], Math.max(3, Math.round(width / 60)), true),
        y: linearScale(pitch[0], pitch[columns], 4),
        marks: [picture, ...(marks ?? [])],
      }),
    };
  });
  const first = Math.ceil(top - decades - 1e-9);
  const ticks = Array.from({ length: Math.floor(top) - first + 1 }, (_, i) => first + i).map((decade) => ({
    at: (decade - top) / decades + 1,
    label: `10${superscript(decade)}`,
  }));
  return {
    panels,
    colourBar: { label: '', ticks },
    joined: larger ? ` Few particles: a cell joins ${by[0]} × ${by[1]} bins.` : '',
  };
}

/** The largest f that is not a single particle in a small cell. */
function largest({ f, counts, shape }: Distribution, times: readonly number[]): number {
  const size = shape[1] * shape[2];
  for (const least of [5, 1]) {
    let most = 0;
    for (const t of times)
      for (let i = t * size; i < (t + 1) * size; i++) if (counts[i] >= least) most = Math.max(most, f[i]);
    if (most > 0) return most;
  }
  return 1;
}

/** One pixel per cell, xi upwards; unequal bins along x are sampled. */
function imageOf(
  values: Float64Array,
  rows: number,
  columns: number,
  x: Float64Array,
  xi: Float64Array,
  level: (value: number) => number,
  palette: Uint8Array,
): string {
  const across = sampling(x, rows);
  const up = sampling(xi, columns);
  const pixels = new Uint8Array(across.length * up.length);
  for (let j = 0; j < up.length; j++)
    for (let i = 0; i < across.length; i++)
      pixels[(up.length - 1 - j) * across.length + i] = level(values[across[i] * columns + up[j]]);
  return dataUrl(indexedPng(pixels, across.length, up.length, palette));
}

/** The bin that each pixel shows. */
function sampling(edges: Float64Array, bins: number): number[] {
  const width = (edges[bins] - edges[0]) / bins;
  const equal = edges.every((edge, i) => Math.abs(edge - edges[0] - i * width) < 1e-6 * width);
  if (equal) return Array.from({ length: bins }, (_, i) => i);
  let bin = 0;
  return Array.from({ length: resampled }, (_, i) => {
    const at = edges[0] + ((edges[bins] - edges[0]) * (i + 0.5)) / resampled;
    while (bin < bins - 1 && at >= edges[bin + 1]) bin++;
    return bin;
  });
}

/**
 * Snapshots that show how a distribution evolves: the first, then those nearest to times that double, the last.
 *
 * @param inside number of particles at each snapshot; empty ones are left out
 * @param times of the snapshots, increasing
 * @param most largest number of times
 * @returns increasing indices, the first and the last snapshot with particles among them
 */
export function tellingTimes(inside: ArrayLike<number>, times: ArrayLike<number>, most: number): number[] {
  const filled = Array.from(inside, (_, t) => t).filter((t) => inside[t] > 0);
  if (filled.length <= most) return filled;
  const [first, last] = [filled[0], filled[filled.length - 1]];
  const picked = new Set([first]);
  for (let k = 0; k < most - 1; k++) {
    const wanted = times[first] + (times[last] - times[first]) / 2 ** k;
    const later = filled.slice(1);
    picked.add(later.reduce((best, t) => (Math.abs(times[t] - wanted) < Math.abs(times[best] - wanted) ? t : best)));
  }
  for (const t of filled) if (picked.size < most) picked.add(t);
  return [...picked].sort((a, b) => a - b);
}

/** Numbers of particles inside at each snapshot of a distribution. */
export function insideAt(distribution: Distribution): Float64Array {
  const [times, rows, columns] = distribution.shape;
  return Float64Array.from({ length: times }, (_, t) => {
    let sum = 0;
    for (let i = 0; i < rows * columns; i++) sum += distribution.counts[t * rows * columns + i];
    return sum;
  });
}

/** Curves in (x, xi) over a heat map. */
export function overlay(x: readonly number[], xi: readonly number[], dash = 'none'): NonNullable<PlotOptions['marks']> {
  const points = x.map((value, i) => ({ x: value, xi: xi[i] }));
  const style = {
    x: 'x',
    y: 'xi',
    strokeLinejoin: 'round' as const,
    ...(dash === 'none' ? {} : { strokeDasharray: dash }),
  };
  // A white line under a red one: seen on dark and on bright cells, in colour and in grey.
  return [
    unread(Plot.line(points, { ...style, stroke: '#ffffff', strokeWidth: 3 })),
    unread(Plot.line(points, { ...style, stroke: '#d4003c', strokeWidth: 1.5 })),
  ];
}

/** Whether there is a line along which particles turn. */
const hasBounce = ({ scenario }: ResultData) =>
  scenario.motion.kind !== 'homogeneous' && scenario.field.kind !== 'uniform';

/**
 * What f by midplane pitch is. With the plan's bounce weights an average over the phase of the bounce: a start at the midplane
 * itself is therefore not its own f. Without them particles are counted wherever they are.
 */
export function countedAlong(result: ResultData, { label }: Distribution): string {
  if (!label.includes('midplane') || !hasBounce(result)) return '';
  return label.includes('counted along the line')
    ? 'f: counted along the line, not divided by the bounce time.'
    : 'f: counts over |ξ₀| × bounce time, a mean over the bounce; at t = 0 not the starting density.';
}
