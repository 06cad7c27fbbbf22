/** nu(v) of a scenario, and the table the kernel reads it from. */
import { coulombScatteringRate } from '../physics/coulomb.js';
import { pow } from '../physics/elementary.js';
import { speedFromMomentum } from '../physics/relativity.js';
import type { Scenario } from '../scenario/index.js';

/**
 * The scattering rate [1/s] against speed [m/s]; 0 without collisions. <P_l> decays as `exp(-l(l+1) nu t)`.
 * @param scenario of a motion along a line: its collisions and species
 * @param referenceSpeed [m/s] that a strength `nu length/v` counts by
 * @param length [m] that it counts by
 * @example
 * import { parseScenario } from '../scenario/index.js'
 * rateLaw(parseScenario('collisions: { strength: 0.5 }'), 1e6, 2)(3e6) // => 250000
 */
export function rateLaw(
  scenario: Pick<Scenario, 'collisions' | 'species'>,
  referenceSpeed: number,
  length: number,
): (speed: number) => number {
  const { operator, rate } = scenario.collisions;
  if (operator === 'none') return () => 0;
  switch (rate.law) {
    case 'constant':
      return () => rate.value;
    case 'strength': {
      const nu = (rate.value * referenceSpeed) / length;
      return () => nu;
    }
    case 'powerLaw':
      return (v) =>
        v > 0 ? rate.value * pow(v / rate.at, rate.index) : rate.index > 0 ? 0 : rate.index < 0 ? Infinity : rate.value;
    case 'table':
      return (v) => {
        const { speed, rate: nu } = rate;
        let i = 0;
        while (i < speed.length - 2 && v > speed[i + 1]) i++;
        const share = Math.min(1, Math.max(0, (v - speed[i]) / (speed[i + 1] - speed[i])));
        return nu[i] + share * (nu[i + 1] - nu[i]);
      };
    case 'coulomb':
      return (v) =>
        v > 0 ? coulombScatteringRate(v, scenario.species, rate.background, rate.coulombLogarithm) : Infinity;
  }
}

/** The kernel's table: nu against momentum squared in units of the reference, 256 cells an octave. */
export interface RateTable {
  /** Upper 20 bits of the first node. */
  readonly first: number;
  readonly values: Float64Array;
}

const view = new DataView(new ArrayBuffer(8));

/** The number whose upper 20 bits (sign, exponent, 8 bits of the fraction) are `cell` and whose other bits are zero. */
function nodeOf(cell: number): number {
  view.setBigUint64(0, BigInt(cell) << 44n);
  return view.getFloat64(0);
}

function cellOf(x: number): number {
  view.setFloat64(0, x);
  return Number(view.getBigUint64(0) >> 44n);
}

/**
 * Tabulates `nu timeUnit` between two momenta (over the reference), never above `cap`.
 */
export function rateTable(
  nu: (speed: number) => number,
  momentum: { low: number; high: number; reference: number },
  mass: number,
  timeUnit: number,
  cap: number,
): RateTable {
  const first = cellOf(Math.max(momentum.low * momentum.low, 1e-12));
  const last = cellOf(momentum.high * momentum.high) + 1;
  const values = new Float64Array(Math.max(2, last - first + 2));
  for (let i = 0; i < values.length; i++) {
    const p = Math.sqrt(nodeOf(first + i)) * momentum.reference;
    values[i] = Math.min(cap, nu(speedFromMomentum(p, mass))) * timeUnit;
  }
  return { first, values };
}
