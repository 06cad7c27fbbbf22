import { chiSquaredDeviation } from '../../analysis/student.js';
import { chandrasekharG, deflection } from '../../physics/coulomb.js';
import type { Finding, Series, ValidationCase } from '../case.js';
import { type Laboratory, line, seconds } from '../laboratory.js';
import { exactly, share } from '../statistics.js';
import { agreement, within } from '../verdict.js';

const CHARGE = 1.602176634e-19;
const MASS = 1.67262192595e-27;
const LIGHT = 299792458;
const THERMAL = Math.sqrt((2 * 1000 * CHARGE) / MASS);

function erf(x: number): number {
  const n = 2000;
  let sum = 0;
  for (let i = 0; i <= n; i++) sum += (i === 0 || i === n ? 1 : i % 2 ? 4 : 2) * Math.exp(-(((x * i) / n) ** 2));
  return (((2 / Math.sqrt(Math.PI)) * x) / (3 * n)) * sum;
}

/** [erf(x) - G(x)]/x^3 with erf from Simpson's rule: independent of src/physics. */
function deflected(x: number): number {
  const G = (erf(x) - (2 / Math.sqrt(Math.PI)) * x * Math.exp(-x * x)) / (2 * x * x);
  return (erf(x) - G) / x ** 3;
}

/** nu = nu_D/2 with nu_D = n q^2 Q^2 lnLambda/(4 pi eps0^2 m^2 vT^3) [erf - G]/x^3, and 1/gamma^2 (collisions go as 1/(p^2 v)). */
export const coulombRate = (v: number) =>
  (1 - (v / LIGHT) ** 2) *
  ((0.5 * 1e19 * CHARGE ** 4 * 15) / (4 * Math.PI * 8.8541878188e-12 ** 2 * MASS ** 2 * THERMAL ** 3)) *
  deflected(v / THERMAL);

interface Law {
  readonly label: string;
  readonly rate: unknown;
  readonly nu: (v: number) => number;
}

const plasma = { species: 'proton', density: '1e19 m^-3', temperature: '1 keV' };
export const coulomb = (coulombLogarithm: number) => ({ law: 'coulomb', background: [plasma], coulombLogarithm });
const at = `${THERMAL} m/s`;
const laws: readonly Law[] = [
  { label: 'Coulomb', rate: coulomb(15), nu: coulombRate },
  {
    label: 'nu ∝ v^-3',
    rate: { law: 'powerLaw', value: '2e4 /s', at, index: -3 },
    nu: (v) => 2e4 * (THERMAL / v) ** 3,
  },
  { label: 'nu ∝ v', rate: { law: 'powerLaw', value: '2e4 /s', at, index: 1 }, nu: (v) => (2e4 * v) / THERMAL },
];

/** Share of xi > 0 after nu t = tau from xi = 1: 1/2 + sum over odd l of exp(-l(l+1) tau) [P_{l-1}(0) - P_{l+1}(0)]/2. */
function forward(tau: number): number {
  let sum = 0.5;
  let even = 1;
  for (let l = 1; l < 400; l += 2) {
    const next = (-even * l) / (l + 1);
    sum += 0.5 * Math.exp(-l * (l + 1) * tau) * (even - next);
    even = next;
  }
  return sum;
}

const BINS = 16;
const lowest = 0.25;
const edge = (bin: number) => lowest + bin / 8;

/** Expected share of xi > 0 in a bin of speed of a Maxwellian. */
function expected(bin: number, tau: (x: number) => number): number {
  let hits = 0;
  let all = 0;
  for (let i = 0; i < 40; i++) {
    const x = edge(bin) + (i + 0.5) / 320;
    const weight = x * x * Math.exp(-x * x);
    all += weight;
    hits += weight * forward(tau(x));
  }
  return hits / all;
}

/** Every speed of a Maxwellian beam decays at its own rate: the share of xi > 0 in bins of speed, 0.3 collision times at the thermal one. */
async function maxwellian(laboratory: Laboratory, { label, rate, nu }: Law, wrongRate: unknown = rate) {
  const N = laboratory.count(2 ** 20);
  const time = 0.3 / nu(THERMAL);
  const run = await laboratory.run({
    particles: { count: N, speed: undefined, temperature: '1 keV', pitch: { kind: 'cosine', xi: 1 } },
    field: line,
    collisions: { rate: wrongRate },
    boundary: 'none',
    motion: 'homogeneous',
    times: seconds(time),
    tallies: {
      speed: { bins: BINS, min: `${edge(0) * THERMAL} m/s`, max: `${edge(BINS) * THERMAL} m/s` },
      xi: { bins: 2 },
      s: { bins: 1 },
      mu: { bins: 1 },
      lossTime: { bins: 1 },
    },
  });
  const counts = run.tallies.total('local').slice(2 * BINS);
  const findings: Finding[] = [];
  // what is too rare in a bin to be nearly normal is counted together
  const rare = { found: 0, expected: 0 };
  let chiSquared = 0;
  let wrongChi = 0;
  for (let bin = 0; bin < BINS; bin++) {
    const [back, ahead] = [counts[2 * bin], counts[2 * bin + 1]];
    const reference = expected(bin, (x) => nu(x * THERMAL) * time);
    const all = back + ahead;
    if (all * reference * (1 - reference) < 50) {
      rare.found += back;
      rare.expected += all * (1 - reference);
      continue;
    }
    const found = share(ahead, all, reference);
    const middle = (edge(bin) + edge(bin + 1)) / 2;
    chiSquared += ((found.value - reference) / found.error) ** 2;
    wrongChi += ((found.value - expected(bin, (x) => 1.02 * nu(x * THERMAL) * time)) / found.error) ** 2;
    findings.push(
      agreement(`xi > 0, ${label}, v = ${middle.toFixed(3)} vT`, '1', found, reference, {
        at: { series: label, x: middle },
      }),
    );
  }
  const bins = findings.length;
  const deviation = { value: chiSquaredDeviation(chiSquared, bins), error: 1, count: N };
  findings.push(
    agreement(`chi^2 of these ${bins} bins, in its deviations, ${label}`, '1', deviation, 0, {
      controls: [{ what: 'nu times 1.02', estimate: chiSquaredDeviation(wrongChi, bins) }],
    }),
  );
  if (rare.expected > 25)
    findings.push(
      agreement(
        `xi < 0 at the other speeds, ${label}`,
        '1',
        { value: rare.found, error: Math.sqrt(rare.expected), count: N },
        rare.expected,
      ),
    );
  const inside = counts.reduce((a, b) => a + b, 0);
  const cdf = (x: number) => erf(x) - (2 / Math.sqrt(Math.PI)) * x * Math.exp(-x * x);
  const whole = cdf(edge(BINS)) - cdf(edge(0));
  findings.push(
    agreement(`speeds in the bins, ${label}`, '1', share(inside, N, whole), whole, {
      controls: [{ what: 'the lower edge 20 % off', reference: cdf(edge(BINS)) - cdf(1.2 * edge(0)) }],
    }),
  );
  const series: Series = {
    label,
    curve: Array.from({ length: 81 }, (_, i) => 0.25 + i / 40).map(
      (x) => [x, forward(nu(x * THERMAL) * time)] as const,
    ),
  };
  return { findings, series };
}

/** The function itself against quoted values, and against its own integral. */
function quoted(): Finding[] {
  const values: readonly [string, number, number][] = [
    ['G(1)', chandrasekharG(1), 0.21379665],
    ['erf(1) - G(1)', deflection(1), 0.62890415],
    ['G(2)', chandrasekharG(2), 0.11924854],
    ['erf(2) - G(2)', deflection(2), 0.87607373],
    ['erf(2) - G(2), by its integral', 8 * deflected(2), 0.87607373],
  ];
  return values.map(([label, found, reference]) =>
    within(label, '1', exactly(found), reference, 1e-7 * reference, {
      controls: [{ what: 'the value 1e-6 off', reference: reference * (1 + 1e-6) }],
    }),
  );
}

export const coulombBackground: ValidationCase = {
  id: 'E1',
  family: 'ensembles',
  title: 'Coulomb background: nu ∝ [erf(x) - G(x)]/x^3',
  source: 'NRL Plasma Formulary, whose perpendicular rate is 4 nu; Chandrasekhar; x = v/sqrt(2T/m)',
  async measure(laboratory) {
    const found = [];
    for (const which of laws) found.push(await maxwellian(laboratory, which));
    return {
      findings: [...quoted(), ...found.flatMap(({ findings }) => findings)],
      figure: {
        xLabel: 'v/vT',
        yLabel: 'share of xi > 0, 0.3 collision times',
        series: found.map(({ series }) => series),
      },
    };
  },
  faults: [
    {
      what: 'a Coulomb logarithm of 15.3 in place of 15',
      measure: async (laboratory) => (await maxwellian(laboratory, laws[0], coulomb(15.3))).findings,
    },
  ],
};
