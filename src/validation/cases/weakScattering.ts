import type { Finding, Series, ValidationCase } from '../case.js';
import { type Laboratory, parabola, SPEED, seconds } from '../laboratory.js';
import { type Measured, meanLossTime } from '../statistics.js';
import { agreement, factors } from '../verdict.js';

const LENGTH = 2;
/** nu length/v so weak that what `excess` leaves, of order nu, is below the error: 0.3 % at 0.0025. */
const weakest = ({ size }: Laboratory) => (size === 'full' ? 0.00125 : 0.0025);
/** Stronger ones, for the figure: the approach is seen there. */
const STRONGER = [0.005, 0.01, 0.02];

/** A mirror, and one start in it. */
interface Mirror {
  readonly label: string;
  readonly field: Record<string, unknown>;
  /** B over Bmin between the throats. */
  readonly B: (s: number) => number;
  readonly ratio: number;
  /** Whether only one of the two throats is as low as `ratio`. */
  readonly skew: boolean;
  /** v dt [m]. */
  readonly step: number;
  readonly xi: number;
  readonly wrong: Record<string, number>;
}

const inAParabola: Mirror = {
  label: 'parabola, R = 2',
  field: parabola(2, LENGTH),
  B: (s) => 1 + s * s,
  ratio: 2,
  skew: false,
  step: 0.08,
  xi: 0,
  wrong: {},
};

const skewed = (s: number) => 1 + 2 * s * s + 0.5 * s ** 3;
const places = Array.from({ length: 41 }, (_, i) => i / 20 - 1);
// B' is not zero at the throat: where it is, bounce times diverge at the rim and the approach has logarithms
const inASkewWell: Mirror = {
  label: 'skew table, R = 2.5',
  field: { kind: 'table', s: { unit: 'm', values: places }, B: { unit: 'T', values: places.map(skewed) } },
  B: skewed,
  ratio: 2.5,
  skew: true,
  step: 0.07,
  xi: 0.4,
  wrong: {
    'xi0 left out': Math.log(2.5) / 2,
    'the ratio at the other throat': Math.log(3.5 * (1 - 0.16)) / 2,
  },
};

const exact = ({ ratio, xi }: Mirror) => Math.log(ratio * (1 - xi * xi)) / 2;

/**
 * What nu times the mean loss time lies above its limit, to first order in sqrt(nu): a particle is seen at the throat only, once a
 * passage, so the edge 1/R of `sin^2` at the midplane appears displaced by 0.5826 standard deviations of its walk between two
 * looks, whose variance is `8 nu/(R v) int sqrt(1 - B/(R Bmin)) Bmin/B ds` (0.5826 = -zeta(1/2)/sqrt(2 pi), as for a cone).
 */
function excess({ B, ratio, skew }: Mirror, strength: number): number {
  const n = 4000;
  let path = 0;
  for (let i = 0; i < n; i++) {
    const b = B(LENGTH * ((i + 0.5) / n - 0.5));
    if (b < ratio) path += (Math.sqrt(1 - b / ratio) / b) * (LENGTH / n);
  }
  const sigma = Math.sqrt(((8 * strength) / (ratio * LENGTH)) * path * (skew ? 2 : 1));
  return -Math.log(1 - 0.5826 * sigma * ratio) / 2;
}

async function lossTime(laboratory: Laboratory, mirror: Mirror, strength: number, count: number): Promise<Measured> {
  const nu = (strength * SPEED) / LENGTH;
  const ensemble = await laboratory.run({
    particles: { count, pitch: { kind: 'cosine', xi: mirror.xi } },
    field: mirror.field,
    collisions: { strength },
    boundary: 'throat',
    motion: { kind: 'guidingCentre', step: `${mirror.step / SPEED} s` },
    times: seconds(30 / nu),
  });
  return meanLossTime(ensemble, nu);
}

/** The limit, by one run of weak scattering less its excess. The error is 0.22 % with 3 2^16 particles. */
async function limit(laboratory: Laboratory, mirror: Mirror): Promise<Finding> {
  const reference = exact(mirror);
  const weak = weakest(laboratory);
  const above = excess(mirror, weak);
  const found = await lossTime(laboratory, mirror, weak, laboratory.count(3 * 2 ** 16, 2 ** 19));
  const controls = [
    ...factors(reference, 0.98, 1.02),
    { what: 'the edge where it is, not displaced', reference: reference - above },
    ...Object.entries(mirror.wrong).map(([what, wrong]) => ({ what, reference: wrong })),
  ];
  const label = `limit, ${mirror.label}, xi0 = ${mirror.xi}`;
  return agreement(label, '1/nu', { ...found, value: found.value - above }, reference, {
    controls,
    at: { series: 'limit, from the weakest', x: 0 },
  });
}

/** Runs of several strengths beside the limit with its excess. */
async function approach(laboratory: Laboratory, mirror: Mirror, { estimate, standardError }: Finding): Promise<Series> {
  const weak = weakest(laboratory);
  const points: [number, number, number][] = [[Math.sqrt(weak), estimate + excess(mirror, weak), standardError]];
  for (const strength of STRONGER) {
    const { value, error } = await lossTime(laboratory, mirror, strength, laboratory.count(2 ** 14, 2 ** 18));
    points.push([Math.sqrt(strength), value, error]);
  }
  const x = Array.from({ length: 16 }, (_, i) => i * 0.01);
  return { label: mirror.label, curve: x.map((at) => [at, exact(mirror) + excess(mirror, at * at)] as const), points };
}

export const weakScattering: ValidationCase = {
  id: "B2'",
  family: 'losses',
  title: 'mean loss time, weak scattering: ln[R (1 - xi0^2)]/(2 nu)',
  source: 'bounce-averaged backward equation, derived for this project; approached as sqrt(nu)',
  async measure(laboratory) {
    const findings: Finding[] = [];
    const series: Series[] = [];
    for (const mirror of [inAParabola, inASkewWell]) {
      const found = await limit(laboratory, mirror);
      findings.push(found);
      series.push(await approach(laboratory, mirror, found));
    }
    return {
      findings,
      figure: {
        xLabel: '√(nu length/v)',
        yLabel: 'nu times mean loss time',
        series: [...series, { label: 'limit, from the weakest' }],
        residuals: false,
        note: 'Lines: the limit, and to first order in √nu what seeing the edge once a passage adds; of order nu is what is left.',
      },
    };
  },
  faults: [
    {
      what: 'a parabola of R = 2.04 in place of 2',
      measure: async (laboratory) => [await limit(laboratory, { ...inAParabola, field: parabola(2.04, LENGTH) })],
    },
  ],
};
