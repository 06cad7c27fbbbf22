/** The spread of the kick of mu in a current sheet against its thickness, beside how fast theory says that it falls. */
import * as Plot from '@observablehq/plot';
import { sheetKickExponent } from '../physics/sheetKick.js';
import type { ScanData, ScanPoint } from '../results/scan.js';
import { type LegendEntry, onePanel, sentences } from './figure.js';
import { logScale } from './scales.js';
import { errorBars, padded, type ScanFigure, type ScanMark, scanLine } from './scan.js';
import { blue, faintInk, fontSize, symbols, theoryInk, vermilion } from './style.js';

const MOST_CURVES = 4;
/** Below it a kick is rounding. */
const FLOOR = 1e-10;
/** kappa of the strongest chaos, and where mu begins to live. */
const KAPPAS = [1, 3];
const colours = [blue, vermilion, faintInk, theoryInk];

/** Of a point: L, Bn/B0 and the Larmor radius of the whole momentum in B0. */
function sheetOf({ reference, fieldNumbers = {} }: ScanPoint) {
  const { B0, thickness, normalField } = fieldNumbers;
  return { L: thickness, ratio: Math.abs(normalField / B0), rho: reference.larmorRadius * (reference.B / B0) };
}

/**
 * The figure, where the scan is one of a current sheet's thickness.
 *
 * @param scan any scan
 * @returns the figure; undefined unless all points are of current sheets with a normal field, of three thicknesses or more
 */
export function sheetKickFigure(scan: ScanData): ScanFigure | undefined {
  const points = scan.points.filter(({ estimates }) => estimates.rmsKick?.value > 0);
  const sheets = points.map((point) => ({ ...sheetOf(point), point }));
  const thicknesses = new Set(sheets.map(({ L }) => L));
  if (points.some(({ field }) => field !== 'currentSheet') || thicknesses.size < 3) return undefined;
  if (sheets.some(({ ratio }) => !(ratio > 0))) return undefined;
  const ratios = [...new Set(sheets.map(({ ratio }) => Number(ratio.toPrecision(9))))].slice(0, MOST_CURVES);
  const curves = ratios.map((ratio) => {
    const own = sheets.filter((sheet) => Number(sheet.ratio.toPrecision(9)) === ratio);
    const marks = own
      .map(({ L, point }): ScanMark => {
        const { value: y, standardError } = point.estimates.rmsKick;
        const error = standardError || 0;
        return { x: L, y, low: Math.max(y - error, y / 5), high: y + error };
      })
      .sort((a, b) => a.x - b.x);
    return { ratio, rho: own[0].rho, xi: own[0].point.reference.xi, marks };
  });
  const [left, right] = padded([...thicknesses], true, 0.03);
  const [bottom, top] = [FLOOR / 100, 30 * Math.max(1, ...curves.flatMap(({ marks }) => marks.map(({ y }) => y)))];
  const theory = curves
    .filter(({ xi }) => xi !== undefined)
    .map(({ ratio, rho, xi }) =>
      Array.from({ length: 201 }, (_, i) => {
        const x = left * (right / left) ** (i / 200);
        return { x, y: Math.exp(-sheetKickExponent(ratio, x / rho, xi)) };
      }).filter(({ y }) => y < 0.5 && y > FLOOR / 10),
    );
  const kappas = curves
    .flatMap(({ ratio, rho }, i) =>
      KAPPAS.map((kappa) => ({ x: rho * (kappa / ratio) ** 2, kappa, colour: colours[i] })),
    )
    .filter(({ x }) => x > left && x < right);
  const entries: LegendEntry[] = [
    ...curves.map(({ ratio }, i) => ({
      label: `Bn/B₀ = ${Number(ratio.toPrecision(3))}`,
      colour: colours[i],
      symbol: symbols[i],
      line: false,
    })),
    ...(theory.length > 0 ? [{ label: 'exp(−Λ)', colour: theoryInk, dash: '7 3' }] : []),
  ];
  return {
    name: 'kick-against-thickness',
    drawing: onePanel({ title: 'Kick of the magnetic moment in a current sheet' }, scanLine(scan), {
      xLabel: 'half thickness of the sheet, L (m)',
      yLabel: 'rms of (μ − μ₀)/μ₀',
      legend: { entries, place: 'inside' },
      footnote: sentences(
        theory.length > 0 && 'Λ: phase to the null of B in the complex plane; what stands before is of order one.',
        'κ = (Bn/B₀) √(L/ρ). Below 10⁻¹⁰: rounding.',
      ),
      panel: () => ({
        x: logScale(left, right),
        y: logScale(bottom, top),
        marks: [
          ...kappas.map(({ x, colour }) => Plot.ruleX([x], { stroke: colour, strokeWidth: 1, strokeDasharray: '2 3' })),
          // beside its line, on the side that lies within the frame
          ...(['start', 'end'] as const).map((textAnchor) =>
            Plot.text(
              kappas.filter(({ x }) => x < right / (right / left) ** 0.1 === (textAnchor === 'start')),
              {
                x: 'x',
                y: bottom * 2,
                dx: textAnchor === 'start' ? 4 : -4,
                text: ({ kappa }: { kappa: number }) => `κ = ${kappa}`,
                textAnchor,
                fill: theoryInk,
                fontSize,
              },
            ),
          ),
          ...theory.map((line) =>
            Plot.line(line, { x: 'x', y: 'y', stroke: theoryInk, strokeWidth: 1.4, strokeDasharray: '7 3' }),
          ),
          ...curves.flatMap(({ marks }, i) => errorBars(marks, colours[i], symbols[i])),
        ],
      }),
    }),
  };
}
