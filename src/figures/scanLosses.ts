/** The loss rate over nu of a parabolic mirror, from weak to strong scattering, with its limits. */
import * as Plot from '@observablehq/plot';
import { mirrorLossLimits } from '../physics/mirrorLosses.js';
import type { ScanData, ScanPoint } from '../results/scan.js';
import { type LegendEntry, onePanel } from './figure.js';
import { logScale } from './scales.js';
import { errorBars, padded, type ScanFigure, type ScanMark, scanLine } from './scan.js';
import { blue, faintInk, orderedColours, symbols, theoryInk, vermilion } from './style.js';

/** nu length/v must span at least this factor to show a limit. */
const LEAST_SPAN = 30;
const MOST_CURVES = 4;

const strengthOf = ({ reference: { nu, length, speed } }: ScanPoint) => (nu * length) / speed;

/** The three limits, each drawn where it holds and a little beyond. */
const limits = [
  { key: 'weak', label: 'weak: bounce average', colour: theoryInk, dash: '8 4' },
  { key: 'strong', label: 'strong: full loss cone', colour: vermilion, dash: '2 3' },
  { key: 'diffusive', label: 'diffusion along B', colour: faintInk, dash: '9 3 2 3' },
] as const;

/**
 * The figure, where the scan is one of a mirror's scattering.
 *
 * @param scan any scan
 * @returns the figure; undefined unless all points are of a parabolic mirror open at its throats and nu length/v spans a factor of 30
 */
export function lossLimitsFigure(scan: ScanData): ScanFigure | undefined {
  const points = scan.points.filter(({ estimates }) => estimates.lossRate?.value > 0);
  const mirrors = points.every(({ field, boundary }) => field === 'parabolic' && boundary === 'throat');
  const strengths = points.map(strengthOf);
  const [least, most] = [Math.min(...strengths), Math.max(...strengths)];
  if (!mirrors || points.length < 3 || !(least > 0 && most >= LEAST_SPAN * least)) return undefined;
  const ratios = [...new Set(points.map(({ reference }) => Number(reference.mirrorRatio.toPrecision(9))))]
    .sort((a, b) => a - b)
    .slice(0, MOST_CURVES);
  const colours = ratios.length === 1 ? [blue] : orderedColours(ratios.length);
  const curves = ratios.map((R) =>
    points
      .filter(({ reference }) => Number(reference.mirrorRatio.toPrecision(9)) === R)
      .map((point): ScanMark => {
        const { value, standardError } = point.estimates.lossRate;
        const y = value / point.reference.nu;
        const error = (standardError || 0) / point.reference.nu;
        return { x: strengthOf(point), y, low: Math.max(y - error, y / 5), high: y + error };
      })
      .sort((a, b) => a.x - b.x),
  );
  const [left, right] = padded(strengths, true, 0.03);
  const lowest = Math.min(...curves.flat().map(({ low }) => low));
  const [bottom, top] = [lowest / 2.5, 4 * Math.max(...ratios.map((R) => mirrorLossLimits(R, 1).weak))];
  const lines = ratios.flatMap((R) =>
    limits.map((limit) => ({ ...limit, line: limitLine(R, limit.key, left, right, bottom, top) })),
  );
  const entries: LegendEntry[] = [
    ...ratios.map((R, i) => ({
      label: ratios.length === 1 ? 'Monte Carlo ± 1σ' : `mirror ratio ${R}`,
      colour: colours[i],
      symbol: symbols[i],
      line: false,
    })),
    ...limits.map(({ label, colour, dash }) => ({ label, colour, dash })),
  ];
  const about =
    ratios.length === 1 ? `parabolic mirror, ratio ${ratios[0]}, open at its throats, one speed` : scanLine(scan);
  return {
    name: 'loss-rate-over-nu',
    drawing: onePanel({ title: 'Loss rate of a mirror from weak to strong scattering' }, about, {
      xLabel: 'strength of scattering, ν length/v',
      yLabel: 'loss rate over ν',
      legend: { entries, place: 'inside' },
      footnote: errorNote(curves.flat()),
      panel: () => ({
        x: logScale(left, right),
        y: logScale(bottom, top),
        marks: [
          ...lines.map(({ line, colour, dash }) =>
            Plot.line(line, { x: 'x', y: 'y', stroke: colour, strokeWidth: 1.8, strokeDasharray: dash }),
          ),
          ...curves.flatMap((marks, i) => errorBars(marks, colours[i], symbols[i])),
        ],
      }),
    }),
  };
}

/** How large the errors are: on eight decades most of them lie within their markers. */
function errorNote(marks: readonly ScanMark[]): string {
  const errors = marks.map(({ y, high }) => (100 * (high - y)) / y).filter((error) => error > 0);
  if (errors.length === 0) return 'No point has a standard error.';
  const [least, most] = [Math.min(...errors), Math.max(...errors)].map((error) => error.toPrecision(2));
  return `Bars: one standard error, ${least === most ? least : `${least} to ${most}`} % of each value, mostly within the markers.`;
}

/** A limit on the part of the axis where it is within a factor of 4 of what holds, inside of the frame. */
function limitLine(
  R: number,
  key: 'weak' | 'strong' | 'diffusive',
  left: number,
  right: number,
  bottom: number,
  top: number,
): { x: number; y: number }[] {
  const n = 200;
  return Array.from({ length: n + 1 }, (_, i) => {
    const x = left * (right / left) ** (i / n);
    const found = mirrorLossLimits(R, x);
    return { x, y: found[key], joined: found.joined };
  }).filter(({ y, joined }) => y < 6 * joined && y > bottom && y < top);
}
