import { coneApproachRate, hasOneRate, isClosed, legendreDecayRate, onlyScattering } from './references.js';
import { approachRate, decayRate, type Relaxing } from './relaxation.js';
import type { Sample } from './sample.js';
import type { SlowMode } from './slowMode.js';
import type { AnalysisScenario, Estimate } from './types.js';

const MEAN_RATE = 'speeds scatter at different rates: a mean rate over the window';

/**
 * Relaxation rate of <P_l> [1/s]: of a closed run that scattering alone turns its decay rate (`decayRate`), exactly
 * `l (l + 1) nu` at one rate; with losses the rate at which <P_l> of the survivors approaches its value in the slowest mode
 * (`approachRate`), from a cone in velocity space the difference of two eigenvalues.
 *
 * With losses, and in any mirror, it is the midplane pitch that is followed: the local one swings with the bounces. In a closed
 * mirror it is the approach to equilibrium, where the midplane <P_l> is not zero.
 * @param l degree, 1 .. 8
 */
export function legendreRate(l: number, sample: Sample, scenario: AnalysisScenario, window: SlowMode): Estimate {
  const name = l === 2 ? 'isotropisation rate' : `decay rate of <P${l}>`;
  const what = `<P${l}>`;
  const { nu } = sample.plan.reference;
  const mixed = !hasOneRate(sample.plan) && nu > 0 && MEAN_RATE;
  const closed = isClosed(scenario);
  if (closed && onlyScattering(scenario)) {
    return decayRate(sample, {
      label: l === 2 ? `${name} (decay of ${what})` : name,
      what,
      names: ['legendre'],
      sums: ([legendre]) => {
        const width = legendre.length / sample.times.length;
        return rows(sample, (j) => ({ sum: legendre[j * width + l], n: legendre[j * width] }));
      },
      reference: legendreDecayRate(l, scenario, sample.plan),
      note: mixed,
    });
  }
  const average = legendreAverages(l, sample.plan.axes.xiEdges);
  const end = closed ? equilibriumMean(average, scenario, sample) : undefined;
  const mode: Relaxing = {
    label: `${name} (approach of ${closed ? `the midplane ${what} to equilibrium` : `the survivors' midplane ${what} to the slowest mode`})`,
    what: end === undefined ? what : `the midplane ${what}, less its value in equilibrium,`,
    names: ['midplanePitch'],
    sums: ([pitch]) =>
      rows(sample, (j) => {
        let [sum, n] = [0, 0];
        for (let i = 0; i < average.length; i++) {
          sum += pitch[j * average.length + i] * (average[i] - (end ?? 0));
          n += pitch[j * average.length + i];
        }
        return { sum, n };
      }),
    reference: coneApproachRate(l, scenario, sample.plan),
    note: mixed,
    modes: true,
  };
  return end === undefined ? approachRate(sample, window, mode) : decayRate(sample, mode);
}

/**
 * Mean of a function of the midplane pitch in the equilibrium of a closed mirror, where F is isotropic everywhere: by the
 * phase space of each bin. Undefined where that is not known, or the line has no ends.
 */
function equilibriumMean(values: Float64Array, scenario: AnalysisScenario, { plan }: Sample): number | undefined {
  const { bounceWeight } = plan.reference;
  if (bounceWeight === null || scenario.boundary.kind === 'none') return undefined;
  let [sum, n] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    sum += bounceWeight[i] * values[i];
    n += bounceWeight[i];
  }
  return sum / n;
}

/** Isotropisation rate [1/s]: the relaxation rate of <P2>, see `legendreRate`. */
export function isotropisationRate(sample: Sample, scenario: AnalysisScenario, window: SlowMode): Estimate {
  return legendreRate(2, sample, scenario, window);
}

/**
 * Relaxation rate of Tperp - Tpar [1/s], of those inside: `Tpar = <p v xi^2>`, `Tperp = <p v (1 - xi^2)>/2`, so that the
 * difference is `-<p v P_2(xi)>`. A closed run's decays (`decayRate`), exactly as `exp(-6 nu t)` under scattering at one
 * rate whatever the speeds; with losses the survivors' approaches that of the slowest mode (`approachRate`).
 *
 * In a mirror the local pressures swing with the bounces; there it is those that the particles have by their midplane
 * pitch, and a closed run's too approaches a value that is not zero.
 */
export function pressureRate(sample: Sample, scenario: AnalysisScenario, window: SlowMode): Estimate {
  const { plan } = sample;
  const closed = isClosed(scenario);
  const mirror = !onlyScattering(scenario);
  const decays = closed && !mirror;
  const mode: Relaxing = {
    label: `relaxation rate of Tperp - Tpar${mirror ? ' by midplane pitch' : ''}${
      decays ? '' : closed ? ' (approach to equilibrium)' : ' (approach of the survivors to the slowest mode)'
    }`,
    what: 'Tperp - Tpar',
    names: ['perpendicularPressure', 'parallelPressure', 'midplanePressure', 'legendre'],
    sums: ([across, along, midplane, legendre]) => {
      const width = legendre.length / sample.times.length;
      return rows(sample, (j) => {
        const whole = along[j] + 2 * across[j];
        const parallel = mirror ? midplane[j] : along[j];
        return { sum: (whole - 3 * parallel) / 2, n: legendre[j * width] };
      });
    },
    reference: closed ? legendreDecayRate(2, scenario, plan) : coneApproachRate(2, scenario, plan),
    note: !hasOneRate(plan) && plan.reference.nu > 0 && MEAN_RATE,
  };
  return decays ? decayRate(sample, mode) : approachRate(sample, window, mode);
}

function rows<T>(sample: Sample, of: (snapshot: number) => T): T[] {
  return Array.from(sample.times, (_, j) => of(j));
}

/** Averages of P_l over each bin, from `(2l+1) P_l = d(P_{l+1} - P_{l-1})/dxi`. */
function legendreAverages(l: number, edges: ArrayLike<number>): Float64Array {
  const primitive = (x: number) => {
    let [before, now] = [0, 1];
    for (let k = 0; k < l; k++) [before, now] = [now, ((2 * k + 1) * x * now - k * before) / (k + 1)];
    const above = ((2 * l + 1) * x * now - l * before) / (l + 1);
    return (above - before) / (2 * l + 1);
  };
  return Float64Array.from(
    { length: edges.length - 1 },
    (_, i) => (primitive(edges[i + 1]) - primitive(edges[i])) / (edges[i + 1] - edges[i]),
  );
}
