import { coneCourse } from './exact.js';
import { fractionOfCounts } from './fractions.js';
import { isClosed, legendreDecayRate } from './references.js';
import type { Sample } from './sample.js';
import type { AnalysisScenario, Curve } from './types.js';

const TIME = { xLabel: 'time', xUnit: 's' } as const;

/**
 * Fraction of the ensemble inside against time, errors as in `fractionOf`. Reference: 1 in a closed run, the oracle's where
 * loss is a cone in velocity space.
 */
export function survival(sample: Sample, scenario: AnalysisScenario): Curve {
  const width = sample.width('legendre');
  const total = sample.total('legendre');
  const groups = sample.groups('legendre');
  const points = Array.from(sample.times, (_, j) =>
    fractionOfCounts(
      Math.round(total[j * width]),
      sample.particles,
      groups.map((group) => Math.round(group[j * width])),
      sample.sizes,
      sample.stratified,
    ),
  );
  const reference = isClosed(scenario)
    ? new Float64Array(points.length).fill(1)
    : coneCourse(scenario, sample.plan)?.survival;
  return {
    x: sample.times,
    value: Float64Array.from(points, (point) => point.value),
    standardError: Float64Array.from(points, (point) => point.standardError),
    ...(reference && { reference }),
    ...TIME,
    label: 'fraction inside',
    unit: '1',
  };
}

/**
 * <P_l(xi)> of those inside against time, l = 0..8, jackknife errors; l = 0 is the fraction inside. Reference, where
 * nothing but scattering at one rate changes the pitch: the initial value times `exp(-l (l + 1) nu t)`; the oracle's where
 * loss is a cone in velocity space.
 */
export function legendreCurves(sample: Sample, scenario: AnalysisScenario): Curve[] {
  const snapshots = sample.times.length;
  const degrees = sample.width('legendre');
  const { value, standardError } = sample.jackknife(['legendre'], ([legendre]) =>
    legendre.map((sum, i) => sum / legendre[i - (i % degrees)]),
  );
  const pick = (from: Float64Array, l: number) =>
    Float64Array.from({ length: snapshots }, (_, j) => from[j * degrees + l]);
  const curves = [survival(sample, scenario)];
  for (let l = 1; l < degrees; l++) {
    const rate = legendreDecayRate(l, scenario, sample.plan);
    const values = pick(value, l);
    const reference =
      rate === undefined
        ? coneCourse(scenario, sample.plan)?.legendre(l)
        : sample.times.map((t) => values[0] * Math.exp(-rate * t));
    curves.push({
      x: sample.times,
      value: values,
      standardError: pick(standardError, l),
      ...(reference && { reference }),
      ...TIME,
      label: `<P${l}(xi)>`,
      unit: '1',
    });
  }
  return curves;
}

/**
 * Tpar = <p v xi^2> and Tperp = <p v (1 - xi^2)>/2 of those inside against time [J], jackknife errors. Both come to a third
 * of <p v> in equilibrium. Reference, where nothing but scattering at one rate changes the pitch of a closed run: the
 * difference decays as `exp(-6 nu t)`, the mean `(Tpar + 2 Tperp)/3` stays.
 */
export function temperatureCurves(sample: Sample, scenario: AnalysisScenario): [parallel: Curve, perpendicular: Curve] {
  const width = sample.width('legendre');
  const rate = legendreDecayRate(2, scenario, sample.plan);
  const [parallel, perpendicular] = ['parallelPressure', 'perpendicularPressure'].map((name) =>
    sample.jackknife([name, 'legendre'], ([sums, legendre]) => sums.map((sum, j) => sum / legendre[j * width])),
  );
  const mean = (parallel.value[0] + 2 * perpendicular.value[0]) / 3;
  const curve = ({ value, standardError }: typeof parallel, label: string): Curve => ({
    x: sample.times,
    value,
    standardError,
    ...(rate !== undefined && {
      reference: sample.times.map((t) => mean + (value[0] - mean) * Math.exp(-rate * t)),
    }),
    ...TIME,
    label,
    unit: 'J',
  });
  return [curve(parallel, 'Tpar = <p v xi^2>'), curve(perpendicular, 'Tperp = <p v (1 - xi^2)>/2')];
}

/**
 * Mean kinetic energy of those inside against time [J], jackknife error. Reference: the initial mean, where every
 * particle keeps its speed and either none is lost or all have the same; what differs from it is the error of the
 * orbit.
 */
export function energyCurve(sample: Sample, scenario: AnalysisScenario): Curve {
  const width = sample.width('legendre');
  const { value, standardError } = sample.jackknife(['energy', 'legendre'], ([energy, legendre]) =>
    energy.map((sum, j) => sum / legendre[j * width]),
  );
  const kept = scenario.potential === null && scenario.parallelField === null;
  const fair = isClosed(scenario) || sample.plan.reference.oneSpeed;
  return {
    x: sample.times,
    value,
    standardError,
    ...(kept && fair && { reference: new Float64Array(value.length).fill(value[0]) }),
    ...TIME,
    label: 'mean kinetic energy of those inside',
    unit: 'J',
  };
}
