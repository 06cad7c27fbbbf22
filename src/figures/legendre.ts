/** Decay of the Legendre moments on a log axis, with the exact lines where there are any. */
import * as Plot from '@observablehq/plot';
import type { Curve } from '../analysis/types.js';
import { prettyUnit, scaleFor } from '../results/format.js';
import { empty, type Figure, type LegendEntry, onePanel, sentences } from './figure.js';
import { theory } from './reading.js';
import { axisFor, logScale, timeScale } from './scales.js';
import { dashes, faintInk, orderedColours, symbols } from './style.js';

/** A point counts as signal from this many standard errors on. */
const signal = 4;

interface Point {
  readonly t: number;
  readonly size: number;
  readonly low: number;
  readonly high: number;
  readonly negative: boolean;
}

export const legendreDecay: Figure = {
  name: 'legendre',
  title: 'Legendre moments of the pitch, |⟨Pₗ(ξ)⟩|',
  describe(result) {
    const orders = result.estimates.legendre
      .map((curve, l) => ({ curve, l }))
      .filter(({ curve, l }) => l > 0 && isSeen(curve));
    if (orders.length === 0)
      return empty(this, result, 'No Legendre moment stands out of the noise: the distribution is isotropic.');
    const { x } = orders[0].curve;
    const time = axisFor(x, 'time', 's');
    const floor = noiseFloor(orders.map(({ curve }) => curve));
    const largest = Math.max(...orders.flatMap(({ curve }) => Array.from(curve.value, Math.abs)));
    const [bottom, top] = [Math.min(floor / 3, largest / 30), largest * 1.6];
    const colours = orderedColours(orders.length);
    const exact = orders.some(({ curve }) => curve.reference !== undefined);
    const series = orders.map(({ curve, l }, k) => ({
      l,
      colour: colours[k],
      symbol: symbols[k % 4],
      dash: dashes[k % dashes.length],
      ...split(curve, bottom, time.factor),
      exact: exactLine(curve, bottom, time.factor),
    }));
    const silent = result.estimates.legendre
      .map((_, l) => l)
      .filter((l) => l > 0 && !orders.some((order) => order.l === l));
    const entries: LegendEntry[] = series.map(({ l, colour, symbol, dash }) => ({
      label: `l = ${l}`,
      colour,
      symbol,
      dash,
      line: exact,
    }));
    if (series.some(({ noise }) => noise.length > 0))
      entries.push({ label: `below ${signal}σ`, colour: faintInk, symbol: 'noise', line: false });
    entries.push({ label: 'noise (1σ)', colour: '#999999', patch: 0.25, line: false });
    const rate = scaleFor(result.plan.reference.nu, '1/s');
    const nuText = `ν = ${Number((result.plan.reference.nu / rate.factor).toPrecision(3))}${rate.power ? ' × ' : ' '}${rate.label || prettyUnit('1/s')}`;
    return onePanel(this, result, {
      xLabel: time.label,
      yLabel: '|⟨Pₗ⟩| of those inside',
      legend: { title: exact ? 'lines: exact' : undefined, entries },
      footnote: sentences(
        exact
          ? `Lines: ${result.scenario.boundary.kind === 'cone' ? 'scattering with the loss cone' : 'exp(−l(l+1)νt)'}, ${nuText}.`
          : '',
        'Hollow: negative.',
        silent.length > 0 ? `Noise only: l = ${silent.join(', ')}.` : '',
      ),
      panel: () => ({
        x: timeScale(x[x.length - 1] / time.factor),
        y: logScale(bottom, top),
        marks: [
          Plot.rectY([{ y: Math.min(top, Math.max(bottom, floor)) }], {
            x1: (-0.02 * x[x.length - 1]) / time.factor,
            x2: (1.02 * x[x.length - 1]) / time.factor,
            y1: bottom,
            y2: 'y',
            fill: '#999999',
            fillOpacity: 0.25,
          }),
          ...series.flatMap(({ l, colour, symbol, dash, exact: line, signals, noise }) => [
            Plot.dot(noise, { x: 't', y: 'size', r: 1.4, fill: faintInk, fillOpacity: 0.55, channels: { l: () => l } }),
            theory(
              Plot.line(line, {
                x: 't',
                y: 'size',
                stroke: colour,
                strokeWidth: 1.6,
                ...(dash === 'none' ? {} : { strokeDasharray: dash }),
              }),
            ),
            Plot.ruleX(signals, { x: 't', y1: 'low', y2: 'high', stroke: colour, strokeWidth: 1.2 }),
            Plot.dot(signals, {
              x: 't',
              y: 'size',
              r: 3,
              symbol,
              stroke: colour,
              strokeWidth: 1.2,
              fill: (p: Point) => (p.negative ? '#ffffff' : colour),
            }),
          ]),
        ],
      }),
    });
  },
};

/** A moment is drawn where it stands out at the start or at one time in ten: one in a hundred thousand is beyond 4 sigma by chance, but snapshots are correlated. */
function isSeen({ value, standardError }: Curve): boolean {
  const seen = value.map((v, i) => (isSignal(v, standardError[i]) ? 1 : 0));
  return seen[0] === 1 || seen.reduce((sum, n) => sum + n, 0) > Math.max(1, 0.1 * value.length);
}

const isSignal = (value: number, error: number) => Math.abs(value) > signal * error && Math.abs(value) > 0;

/** Where noise ends: the geometric mean of the standard errors. */
function noiseFloor(curves: readonly Curve[]): number {
  const errors = curves.flatMap((curve) => Array.from(curve.standardError)).filter((error) => error > 0);
  if (errors.length === 0) return 1e-4;
  return Math.exp(errors.reduce((sum, error) => sum + Math.log(error), 0) / errors.length);
}

/** Points that stand out, with bars cut at the bottom of the axis, and those that are noise, without bars. */
function split(curve: Curve, bottom: number, factor: number): { signals: Point[]; noise: Point[] } {
  const signals: Point[] = [];
  const noise: Point[] = [];
  curve.value.forEach((value, i) => {
    const size = Math.abs(value);
    const error = curve.standardError[i];
    if (!Number.isFinite(size) || size < bottom) return;
    const point = {
      t: curve.x[i] / factor,
      size,
      low: Math.max(bottom, size - (error || 0)),
      high: size + (error || 0),
      negative: value < 0,
    };
    (isSignal(value, error) ? signals : noise).push(point);
  });
  return { signals, noise };
}

/** The exact line down to the bottom of the axis, dense enough to end there. */
function exactLine({ x, reference }: Curve, bottom: number, factor: number): { t: number; size: number }[] {
  if (!reference) return [];
  const line: { t: number; size: number }[] = [];
  for (let i = 0; i < x.length; i++) {
    const size = Math.abs(reference[i]);
    // the oracle says nothing of the earliest times
    if (Number.isNaN(size)) continue;
    if (size >= bottom) {
      line.push({ t: x[i] / factor, size });
      continue;
    }
    // Straight on a log axis: the last piece is cut where it meets the bottom.
    const last = line[line.length - 1];
    if (last && size > 0) {
      const part = Math.log(last.size / bottom) / Math.log(last.size / size);
      line.push({ t: last.t + part * (x[i] / factor - last.t), size: bottom });
    }
    break;
  }
  return line;
}
