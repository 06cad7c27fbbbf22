import { muDiffusion, muDrift } from '../../physics/diffusion.js';
import type { Finding, ValidationCase } from '../case.js';
import type { Laboratory } from '../laboratory.js';
import { scatteredMean } from '../legendre.js';
import type { Measured } from '../statistics.js';
import { agreement, factors } from '../verdict.js';
import { still } from './still.js';

const cosines = [0.2, 0.4, 0.577350269, 0.8, 0.95];
const TAU = 1e-3;

/** Change of mu in units of m v^2/B: mu = (1 - xi^2)/2. */
const change = (xi0: number) => (xi: number) => (xi0 * xi0 - xi * xi) / 2;

/**
 * <dmu>/t and <dmu^2>/(2 t) after nu t = 1e-3, with exact errors from the fourth moment. The tallies hold mu in J/T, summed over particles
 * that have one starting mu.
 */
async function moments(laboratory: Laboratory, xi0: number, rate = 1): Promise<{ drift: Measured; spread: Measured }> {
  const count = laboratory.count(2 ** 19);
  const run = await still(laboratory, { tau: TAU, xi: xi0, count, rate });
  const start = run.tallies.total('mu')[0] / count;
  const unit = (2 * start) / (1 - xi0 * xi0); // m v^2/B
  const at = run.tallies.spec('dmu').shape[1];
  const [first, second] = [run.tallies.total('dmu')[at] / unit, run.tallies.total('dmu2')[at] / unit ** 2];
  const power = (n: number) => scatteredMean((xi) => change(xi0)(xi) ** n, 2 * n, xi0, TAU);
  return {
    drift: { value: first / count / TAU, error: Math.sqrt((power(2) - power(1) ** 2) / count) / TAU, count },
    spread: {
      value: second / count / (2 * TAU),
      error: Math.sqrt((power(4) - power(2) ** 2) / count) / (2 * TAU),
      count,
    },
  };
}

/** The reference is exact at nu t = 1e-3 too: mu is a polynomial in xi, and each of its Legendre parts decays by its own rate. */
async function at(laboratory: Laboratory, xi0: number, rate = 1): Promise<Finding[]> {
  const { drift, spread } = await moments(laboratory, xi0, rate);
  const mean = scatteredMean(change(xi0), 2, xi0, TAU) / TAU;
  const square = scatteredMean((xi) => change(xi0)(xi) ** 2, 4, xi0, TAU) / (2 * TAU);
  const wrongSign = Math.abs(mean) > 0.5 ? [{ what: 'the sign of the drift', reference: -mean }] : [];
  return [
    agreement(`<dmu^2>/(2 t), xi0 = ${xi0}`, 'nu (m v^2/B)^2', spread, square, {
      controls: [...factors(square, 0.98, 1.02, 0.5), { what: 'xi^2 left out', reference: 1 - xi0 * xi0 }],
      at: { series: 'D_mumu', x: xi0 },
    }),
    agreement(`<dmu>/t, xi0 = ${xi0}`, 'nu m v^2/B', drift, mean, {
      controls: wrongSign,
      at: { series: 'drift', x: xi0 },
    }),
  ];
}

export const muDiffusionCase: ValidationCase = {
  id: 'mu',
  family: 'scattering',
  title: 'mu diffusion, nu (m v^2/B)^2 xi^2 (1 - xi^2), and drift',
  source: 'Lorentz operator in mu; drift nu (m v^2/B)(3 xi^2 - 1); exact by the decay of P2 and P4',
  async measure(laboratory) {
    const findings: Finding[] = [];
    for (const xi0 of cosines) findings.push(...(await at(laboratory, xi0)));
    const xi = Array.from({ length: 51 }, (_, i) => i / 50);
    return {
      findings,
      figure: {
        xLabel: 'xi0',
        yLabel: 'D_mumu/(nu (m v²/B)²), drift/(nu m v²/B)',
        series: [
          { label: 'D_mumu', curve: xi.map((x) => [x, muDiffusion(1, 1, 1, 1, x)] as const) },
          { label: 'drift', curve: xi.map((x) => [x, muDrift(1, 1, 1, 1, x)] as const) },
        ],
      },
    };
  },
  faults: [{ what: 'nu times 1.02 in the scenario', measure: (laboratory) => at(laboratory, 0.577350269, 1.02) }],
};
