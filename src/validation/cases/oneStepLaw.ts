import type { Finding, Series, ValidationCase } from '../case.js';
import type { Laboratory } from '../laboratory.js';
import { sorted } from '../laboratory.js';
import { heatKernelCdf } from '../legendre.js';
import { bridge, kolmogorov, tabulatedCdf } from '../statistics.js';
import { KOLMOGOROV_LIMIT, law } from '../verdict.js';
import { still } from './still.js';

const steps = [1e-4, 1e-2, 0.1, 1, 10];

/** The law of xi' after one kick, tabulated where it differs from 0 and 1: within w = 40 tau of a rotation from xi0. */
function scattered(xi0: number, tau: number, reach = tau) {
  const width = 12 * Math.sqrt(reach) * Math.sqrt(1 - xi0 * xi0) + 80 * reach;
  return tabulatedCdf(heatKernelCdf(xi0, tau), Math.max(-1, xi0 - width), Math.min(1, xi0 + width));
}

/** Laws that are wrong and must be told from the right one. */
function wrongLaws(xi0: number, tau: number): Record<string, (x: number) => number> {
  if (xi0 < 1) {
    // at nu dt >= 1 little is left of the start, and of the rate
    const start = tau >= 1 ? Math.max(0.3, xi0) * 0.9 : xi0;
    const rate = tau === 10 ? 1 : 1.1 * tau;
    return { 'a wrong rate (or start)': tabulatedCdf(heatKernelCdf(start, rate), -1, 1, 40000) };
  }
  // a rate 2 % off moves the law by 0.02/e = 0.0074 at most, 3.8/sqrt(N) at N = 2^18; at nu dt = 10 nothing is left to move
  const wrong = tau === 10 ? [0.1] : tau === 1 ? [0.95, 1.05] : [0.98, 1.02];
  return Object.fromEntries(wrong.map((factor) => [`rate times ${factor}`, scattered(1, factor * tau, tau)]));
}

async function oneKick(
  laboratory: Laboratory,
  xi0: number,
  tau: number,
  operator = 'exact',
): Promise<{ finding: Finding; series: Series }> {
  // the rate is sharpest in Theta
  const count = laboratory.count(xi0 === 1 ? 2 ** 18 : 2 ** 16);
  const run = await still(laboratory, { tau, xi: xi0, count, operator, listed: true });
  const sample = sorted(run, 'particleEndXi');
  const exact = scattered(xi0, tau);
  const wrong = Object.entries(wrongLaws(xi0, tau)).map(([what, cdf]) => [what, kolmogorov(sample, cdf)]);
  const label = `${xi0 === 1 ? 'cos Theta' : `xi', xi0 = ${xi0}`}, nu dt = ${tau}`;
  return {
    finding: law(label, kolmogorov(sample, exact), count, Object.fromEntries(wrong)),
    series: { label: `nu dt = ${tau}`, curve: bridge(sample, exact), measured: true },
  };
}

export const oneStepLaw: ValidationCase = {
  id: 'A2',
  family: 'scattering',
  title: 'law of one scattering step: heat kernel on the sphere',
  source: 'Perrin 1928; Malkov 2017 (arXiv:1610.01584)',
  async measure(laboratory) {
    const found: { finding: Finding; series: Series }[] = [];
    for (const tau of steps) for (const xi0 of [1, 0, 0.5, 0.99]) found.push(await oneKick(laboratory, xi0, tau));
    return {
      findings: found.map(({ finding }) => finding),
      figure: {
        xLabel: 'F, exact distribution function',
        yLabel: '√N (F_N − F)',
        residuals: false,
        series: found.map(({ series }) => series),
        band: { low: -KOLMOGOROV_LIMIT, high: KOLMOGOROV_LIMIT, label: 'sound within ±2.75' },
        note: "Each line is one law (cos Theta, xi' from 0, 0.5 and 0.99) for all particles of a run; a sound one ends at 0 and stays in the band.",
      },
    };
  },
  faults: [
    {
      // the same mean and variance, by an operator of its own: what 256 fixed azimuths or a Gaussian in xi would look like
      what: 'Euler-Maruyama in place of the exact step',
      measure: async (laboratory) => [(await oneKick(laboratory, 0.5, 0.1, 'eulerMaruyama')).finding],
    },
  ],
};
