import type { Finding, ValidationCase } from '../case.js';
import { type Laboratory, line, seconds } from '../laboratory.js';
import { agreement, within } from '../verdict.js';
import { moment, NU } from './still.js';

const times = [0.05, 0.1, 0.2, 0.3, 0.4];

/** <P2> of a beam in a tube; error at nu t = 0.2: 0.45/sqrt(N) = 8.8e-4 at 2^18, a rate 2 % off is 0.024 exp(-1.2) = 0.0072. */
async function tube(laboratory: Laboratory, boundary: string, rate = 1): Promise<Finding[]> {
  const run = await laboratory.run({
    particles: { count: laboratory.count(2 ** 18), pitch: { kind: 'cosine', xi: 1 } },
    field: line,
    collisions: { operator: 'exact', rate: `${rate * NU} /s` },
    boundary,
    times: seconds(...times.map((t) => t / NU)),
    // nu dt = 0.005 and a third of the tube a step
    motion: { kind: 'guidingCentre', step: '0.5 us' },
  });
  const kept = { value: run.tallies.total('fates')[0] / run.particles, error: 0, count: run.particles };
  return [
    ...times.map((t, i) => {
      const wrong = t === 0.2 ? [0.98, 1.02, 0.5, 2] : [0.5, 2];
      const controls = wrong.map((factor) => ({ what: `rate times ${factor}`, reference: Math.exp(-6 * t * factor) }));
      const at = { series: boundary, x: t };
      return agreement(`<P2>, ${boundary}, nu t = ${t}`, '1', moment(run, 2, i + 1, 1, t), Math.exp(-6 * t), {
        controls,
        at,
      });
    }),
    within(`inside at the end, ${boundary}`, '1', kept, 1, 0),
  ];
}

export const isotropisation: ValidationCase = {
  id: 'A4',
  family: 'scattering',
  title: 'isotropisation of a beam: <P2> = exp(-6 nu t)',
  source: 'Boozer & Kuo-Petravic 1981; l = 2 of the Lorentz operator',
  async measure(laboratory) {
    const findings: Finding[] = [];
    for (const boundary of ['reflecting', 'periodic', 'none']) findings.push(...(await tube(laboratory, boundary)));
    const curve = Array.from({ length: 91 }, (_, i) => i * 0.005).map((t) => [t, Math.exp(-6 * t)] as const);
    return {
      findings,
      figure: {
        xLabel: 'nu t',
        yLabel: '<P2(xi)>',
        yLog: true,
        series: [{ label: 'exact', curve }, { label: 'reflecting' }, { label: 'periodic' }, { label: 'none' }],
      },
    };
  },
  faults: [
    { what: 'nu times 1.02 in the scenario', measure: (laboratory) => tube(laboratory, 'reflecting', 1.02) },
    { what: 'nu times 0.5 in the scenario', measure: (laboratory) => tube(laboratory, 'none', 0.5) },
  ],
};
