import type { Finding, Series, ValidationCase } from '../case.js';
import { type Ensemble, type Laboratory, parabola, SPEED, seconds, sorted } from '../laboratory.js';
import { bridge, cdfOfDensity, kolmogorov } from '../statistics.js';
import { agreement, KOLMOGOROV_LIMIT, law, within } from '../verdict.js';

const NU = 1e5;
const CHARGE = 1.602176634e-19;
const ENERGY = 0.5 * 1.67262192595e-27 * SPEED * SPEED;

const wells = {
  parabola: parabola(4),
  cosine: { kind: 'multiMirror', B: '1 T', ratio: 4, cells: 1, length: '2 m' },
};
type Well = keyof typeof wells;

/** Bmin/B at a place in half-lengths [m at length 2 m]. */
const dilution: Record<Well, (s: number) => number> = {
  parabola: (s) => 1 / (1 + 3 * s * s),
  cosine: (s) => 1 / (1 + 1.5 * (1 - Math.cos(Math.PI * s))),
};

const pitch = (xi: number) => (1 + xi) / 2;
const uniform = (s: number) => (1 + s) / 2;

/** Judges places and pitches at the end: density ∝ `density` ds, isotropic. */
function balanced(
  label: string,
  run: Ensemble,
  density: (s: number) => number,
  wrong: Record<string, (s: number) => number>,
) {
  const count = run.particles;
  const place = cdfOfDensity(density, -1, 1);
  const [s, xi] = [sorted(run, 'particleEndPlace'), sorted(run, 'particleEndXi')];
  const wrongPlace = Object.fromEntries(Object.entries(wrong).map(([what, cdf]) => [what, kolmogorov(s, cdf)]));
  const kept = { value: run.tallies.total('fates')[0] / count, error: 0, count };
  const findings: Finding[] = [
    within(`inside at the end, ${label}`, '1', kept, 1, 0),
    law(`places, ${label}`, kolmogorov(s, place), count, wrongPlace),
    law(`pitches, ${label}`, kolmogorov(xi, pitch), count, {
      'uniform in angle': kolmogorov(xi, (x) => 1 - Math.acos(x) / Math.PI),
    }),
  ];
  const series: Series[] = [
    { label: `place, ${label}`, curve: bridge(s, place), measured: true },
    { label: `pitch, ${label}`, curve: bridge(xi, pitch), measured: true },
  ];
  return { findings, series };
}

/** Isotropic and uniform in volume, scattered until nu t = 2 between closed ends. */
async function closed(laboratory: Laboratory, well: Well, boundary: string, field: unknown = wells[well]) {
  const count = laboratory.count(2 ** 16, 2 ** 19);
  const run = await laboratory.run({
    particles: { count, place: 'fluxTube' },
    field,
    collisions: { operator: 'exact', rate: `${NU} /s` },
    boundary,
    motion: { kind: 'guidingCentre', step: `${0.02 / SPEED} s` },
    times: seconds(2 / NU),
    outputs: { figures: false, particles: count },
  });
  const label = `${well}, ${boundary}`;
  const { findings, series } = balanced(label, run, dilution[well], { 'uniform in s': uniform });
  const legendre = run.tallies.total('legendre');
  const modes = [1, 2, 4].map((l) =>
    agreement(
      `<P${l}>, ${label}`,
      '1',
      { value: legendre[9 + l] / count, error: Math.sqrt(1 / (2 * l + 1) / count), count },
      0,
    ),
  );
  return { findings: [...findings, ...modes], series };
}

/** One energy E: the volume of phase space per ds/B is p^2 dp, so density ∝ p ds/B; started at the midplane it relaxes there. */
async function withPotential(laboratory: Laboratory) {
  const volts = 3000;
  const count = laboratory.count(2 ** 16, 2 ** 18);
  const run = await laboratory.run({
    particles: { count },
    field: wells.parabola,
    collisions: { operator: 'exact', rate: '1e6 /s' },
    potential: { kind: 'parabolic', drop: `${volts} V` },
    boundary: 'reflecting',
    motion: { kind: 'guidingCentre', step: `${0.05 / SPEED} s` },
    times: seconds(20e-6),
    outputs: { figures: false, particles: count },
  });
  const momentum = (s: number) => Math.sqrt(1 - ((volts * CHARGE) / ENERGY) * s * s);
  return balanced('3 kV', run, (s) => momentum(s) * dilution.parabola(s), {
    'no potential': cdfOfDensity(dilution.parabola, -1, 1),
  });
}

export const detailedBalance: ValidationCase = {
  id: 'balance',
  family: 'ensembles',
  title: 'isotropic and uniform in the flux tube stays so',
  source: 'Liouville: detailed balance, weight ds/B; at one energy in a potential p ds/B',
  async measure(laboratory) {
    const found = [];
    for (const well of ['parabola', 'cosine'] as const)
      for (const boundary of ['reflecting', 'periodic']) found.push(await closed(laboratory, well, boundary));
    found.push(await withPotential(laboratory));
    return {
      findings: found.flatMap(({ findings }) => findings),
      figure: {
        xLabel: 'F, exact distribution function',
        yLabel: '√N (F_N − F)',
        residuals: false,
        series: found.flatMap(({ series }) => series),
        band: { low: -KOLMOGOROV_LIMIT, high: KOLMOGOROV_LIMIT, label: 'sound within ±2.75' },
      },
    };
  },
  faults: [
    {
      what: 'a mirror of R = 4.4 in place of 4',
      measure: async (laboratory) => (await closed(laboratory, 'parabola', 'reflecting', parabola(4.4))).findings,
    },
  ],
};
