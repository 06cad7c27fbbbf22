/** The spread of the magnetic moment against time in bins of the starting moment, with the analytic initial slope. */
import * as Plot from '@observablehq/plot';
import type { Curve } from '../analysis/types.js';
import type { ResultData } from '../results/data.js';
import { scaleFor } from '../results/format.js';
import { empty, type Figure, type LegendEntry, onePanel } from './figure.js';
import { theory } from './reading.js';
import { axisFor, logScale } from './scales.js';
import { dashes, orderedColours, symbols } from './style.js';
import { thinned } from './thin.js';

/** More curves than this cannot be told apart. */
const most = 6;
/** The initial slope is drawn up to this nu t, and only where the first snapshot is not far beyond it: then the spread saturates. */
const initial = { until: 0.15, bend: 1 };

interface Point {
  readonly t: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export const momentSpread: Figure = {
  name: 'mu-spread',
  title: 'Spread of the magnetic moment, ⟨Δμ²⟩',
  describe(result) {
    const curves = evenly(result.estimates.muSpread.filter((curve) => usable(curve).length >= 2));
    if (curves.length === 0)
      return empty(this, result, 'The magnetic moment does not change, or too few snapshots show it.');
    const time = axisFor(curves[0].x, 'time', 's');
    const all = curves.flatMap(usable);
    const largest = Math.max(...all.map(({ value }) => value));
    const unit = axisFor([largest], '⟨Δμ²⟩ of those inside', curves[0].unit);
    const smallest = Math.max(Math.min(...all.map(({ value }) => value)), largest * 1e-5);
    const [bottom, top] = [smallest / unit.factor / 1.8, (largest * 1.8) / unit.factor];
    const [first, last] = [Math.min(...all.map(({ t }) => t)), Math.max(...all.map(({ t }) => t))];
    // Room on the left for the slope that the points come from.
    const slopesKnown = curves.some((curve) => !curve.reference && initialDiffusion(result, curve));
    const [left, right] = [first / time.factor / (slopesKnown ? 2 : 1.25), (last * 1.1) / time.factor];
    const moment = scaleFor(Math.max(...curves.map((curve) => binOf(curve)?.[1] ?? 0)), 'J/T');
    const colours = orderedColours(curves.length);
    const inside = ({ t, value }: { t: number; value: number }) => value >= bottom && value <= top && t >= left;
    const scaled = (t: number, value: number) => ({ t: t / time.factor, value: value / unit.factor });
    const series = curves.map((curve, k) => {
      const exact = Array.from(curve.reference ?? [], (value, i) => scaled(curve.x[i], value)).filter(inside);
      const diffusion = exact.length > 0 ? undefined : initialDiffusion(result, curve);
      const until = initial.until / result.plan.reference.nu;
      const early = diffusion && Math.abs(diffusion.bend) * first < initial.bend;
      const slope = early ? within(scaled(until, 2 * diffusion.coefficient * until), left, bottom, top) : [];
      return {
        colour: colours[k],
        symbol: symbols[k % 4],
        dash: dashes[k % dashes.length],
        label: binLabel(curve, moment.factor),
        points: thinned(
          usable(curve)
            .map(({ t, value, low, high }) => ({
              ...scaled(t, value),
              low: Math.max(bottom, low / unit.factor),
              high: Math.min(top, high / unit.factor),
            }))
            .filter(inside),
          ({ t }) => Math.log(t / left) / Math.log(right / left),
        ),
        line: exact.length > 0 ? exact : slope,
      };
    });
    const exact = curves.some((curve) => curve.reference !== undefined);
    const slopes = series.some(({ line }) => line.length > 0);
    const entries: LegendEntry[] = series.map(({ label, colour, symbol, dash, line }) => ({
      label,
      colour,
      symbol,
      dash,
      line: line.length > 0,
    }));
    return onePanel(this, result, {
      xLabel: time.label,
      yLabel: unit.label,
      legend: { title: `μ₀ (${moment.label})`, entries },
      footnote: `${exact ? 'Lines: exact. ' : slopes ? `Lines: analytic initial slope, 2Dμμ t. ${series.every(({ line }) => line.length > 0) ? '' : 'None beside the loss cone, or where it soon bends. '}` : ''}Error bars: one standard error.`,
      panel: () => ({
        x: logScale(left, right),
        y: logScale(bottom, top),
        marks: series.flatMap(({ colour, symbol, dash, points, line }) => [
          theory(
            Plot.line(line, {
              x: 't',
              y: 'value',
              stroke: colour,
              strokeWidth: 1.6,
              ...(dash === 'none' ? {} : { strokeDasharray: dash }),
            }),
            exact ? 'exact' : 'initial slope',
          ),
          Plot.ruleX(points, { x: 't', y1: 'low', y2: 'high', stroke: colour, strokeWidth: 1.2 }),
          Plot.dot(points, { x: 't', y: 'value', r: 2.8, symbol, fill: colour, stroke: colour }),
        ]),
      }),
    });
  },
};

/** Points with a spread that stands out of its error, after the start. */
function usable(curve: Curve): Point[] {
  return Array.from(curve.value, (value, i) => {
    const error = curve.standardError[i] || 0;
    return { t: curve.x[i], value, low: value - error, high: value + error };
  }).filter(({ t, value, low }) => t > 0 && low > value / 2);
}

function evenly(curves: readonly Curve[]): Curve[] {
  if (curves.length <= most) return [...curves];
  return Array.from({ length: most }, (_, k) => curves[Math.round((k * (curves.length - 1)) / (most - 1))]);
}

/** Limits of the bin of the starting moment [J/T], as the curve's label gives them. */
function binOf({ label }: Curve): [number, number] | undefined {
  const match = /starting mu (\S+) to (\S+) J\/T/.exec(label);
  return match ? [Number(match[1]), Number(match[2])] : undefined;
}

function binLabel(curve: Curve, factor: number): string {
  const bin = binOf(curve);
  return bin ? bin.map((limit) => Number((limit / factor).toPrecision(2))).join(' – ') : curve.label;
}

/** A line through the origin (slope one on log axes) up to a point, as far as it lies inside of the panel. */
function within(
  to: { t: number; value: number },
  left: number,
  bottom: number,
  top: number,
): { t: number; value: number }[] {
  const slope = to.value / to.t;
  const start = Math.max(left, bottom / slope);
  const end = Math.min(to.t, top / slope);
  return end > start ? [start, end].map((t) => ({ t, value: slope * t })) : [];
}

/** Initial diffusion of the moment, and how soon it is left. */
interface Diffusion {
  /** D_mumu [J^2 T^-2 s^-1]. */
  readonly coefficient: number;
  /** `<dmu^2> = 2 D t (1 + bend t)` to second order [1/s]. */
  readonly bend: number;
}

/**
 * D_mumu of those that start in a bin, where it is known in closed form: one speed, one rate and, with
 * `x = 2 m mu Bmin/p^2 = 1 - xi0^2`,
 *
 *     D = (p^2/(m Bmin))^2 nu g(x),  g = x - x^2 in a homogeneous field,  g = x^(3/2) - x^2 bounce-averaged in a parabolic mirror.
 *
 * The second is `(p^2/m)^2 nu <xi^2 (1 - xi^2)/B^2>` with `<1/B> = sqrt(x)/Bmin`, since the bounce is harmonic in s (derived for this
 * project). g is averaged over the bin by the tallied mean and variance of the starting mu. The drift is `2 (p^2/(m Bmin)) nu a(x)`,
 * `a = (w g)'/w` with w the time spent at x: `1/sqrt(1 - x)`, `1/sqrt(x)`. The generator applied twice gives
 * `bend = 2 nu (a^2 + a g' + 2 g a' + g g'')/g`.
 *
 * @param result a run
 * @param curve of `muSpread`
 * @returns undefined where there is no closed form
 */
export function initialDiffusion(result: ResultData, curve: Curve): Diffusion | undefined {
  const { scenario, plan, tallies } = result;
  const bin = binOf(curve);
  const { speed, nu, Bmin, xiLossCone, oneSpeed, oneRate } = plan.reference;
  if (!bin || !oneSpeed || !oneRate || !(nu > 0) || scenario.potential || scenario.parallelField) return undefined;
  const homogeneous = scenario.motion.kind === 'homogeneous' || scenario.field.kind === 'uniform';
  if (!homogeneous && scenario.field.kind !== 'parabolic') return undefined;
  const beta = speed / 299792458;
  const scale = (scenario.species.mass * speed * speed) / (1 - beta * beta) / Bmin;
  // Beside the loss cone those that stay are a choice, and their spread is not that of all.
  if ((2 * bin[0]) / scale < 1 - xiLossCone ** 2) return undefined;
  const u = nearestBin(plan.axes.muEdges, (bin[0] + bin[1]) / 2);
  const count = tallies.total('muCount')[u];
  const x = ((2 / scale) * tallies.total('mu')[u]) / count;
  const square = ((2 / scale) ** 2 * tallies.total('mu2')[u]) / count;
  if (!(x > 0 && x < 1)) return undefined;
  const r = Math.sqrt(x);
  // <x^(3/2)> to second order in the width of the bin.
  const mean = homogeneous ? x - square : x * r * (1 + 0.375 * (square / (x * x) - 1)) - square;
  const [g, g1, g2, a, a1] = homogeneous
    ? [x - x * x, 1 - 2 * x, -2, 1 - 1.5 * x, -1.5]
    : [x * r - x * x, 1.5 * r - 2 * x, 0.75 / r - 2, r - 1.5 * x, 0.5 / r - 1.5];
  return { coefficient: scale ** 2 * nu * mean, bend: (2 * nu * (a * a + a * g1 + 2 * g * a1 + g * g2)) / g };
}

/** The bin whose middle is nearest: labels carry rounded limits. */
function nearestBin(edges: ArrayLike<number>, middle: number): number {
  let best = 0;
  for (let u = 1; u < edges.length - 1; u++)
    if (Math.abs(edges[u] + edges[u + 1] - 2 * middle) < Math.abs(edges[best] + edges[best + 1] - 2 * middle)) best = u;
  return best;
}
