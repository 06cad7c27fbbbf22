/** The distribution of starting speeds, as the kernel draws it: momentum over the reference momentum. */

import { SPEED_OF_LIGHT } from '../physics/constants.js';
import { exp, log, pow } from '../physics/elementary.js';
import { momentumFromEnergy, momentumFromSpeed, speedFromEnergy, speedFromMomentum } from '../physics/relativity.js';
import type { Scenario } from '../scenario/index.js';
import { evenly, fromDensity, fromRows, meanOf, type QuantileTable, single } from './quantileTable.js';

export interface SpeedLaw {
  /** Momentum [kg m/s] quantiles. */
  readonly momenta: QuantileTable;
  /** The speed that scales everything [m/s]: the one speed, the thermal speed sqrt(2T/m), or the mean. */
  readonly reference: number;
  /** Ends of the speed axis [m/s] unless the scenario gives its own. */
  readonly low: number;
  readonly high: number;
  readonly oneSpeed: boolean;
}

const CELLS = 4096;

/** Kinetic energy [J] of a momentum, without cancellation. */
function kinetic(p: number, mass: number): number {
  const b = p / (mass * SPEED_OF_LIGHT);
  return (p * p) / (mass * (Math.sqrt(1 + b * b) + 1));
}

/** The law of the starting speeds of a scenario. */
export function speedLaw(scenario: {
  readonly species: { readonly mass: number };
  readonly particles: Pick<Scenario['particles'], 'speed'>;
}): SpeedLaw {
  const { mass } = scenario.species;
  const speed = scenario.particles.speed;
  const range = (momenta: QuantileTable, low: number, high: number): SpeedLaw => ({
    momenta,
    reference: meanOf(momenta, (p) => speedFromMomentum(p, mass)),
    low,
    high,
    oneSpeed: false,
  });
  switch (speed.kind) {
    case 'mono':
      return {
        momenta: single(momentumFromSpeed(speed.speed, mass)),
        reference: speed.speed,
        low: 0.5 * speed.speed,
        high: 1.5 * speed.speed,
        oneSpeed: true,
      };
    case 'maxwellian': {
      // p^2 exp(-K/T): Maxwell's law, and Juettner's where the energy asks for it. Beyond K = 42 T lie 3e-18 of all.
      const T = speed.temperature;
      const top = momentumFromEnergy(42 * T, mass);
      const momenta = fromDensity(evenly(0, top, CELLS), (p) => p * p * exp(-kinetic(p, mass) / T));
      return {
        momenta,
        reference: speedFromMomentum(Math.sqrt(2 * T * mass), mass),
        low: 0,
        high: speedFromEnergy(16 * T, mass),
        oneSpeed: false,
      };
    }
    case 'shell': {
      const nodes = evenly(speed.from, speed.to, CELLS);
      const table = fromDensity(nodes, (v) => v * v);
      return range(toMomenta(table, mass), 0.98 * speed.from, 1.02 * speed.to);
    }
    case 'powerLaw': {
      const rise = log(speed.to / speed.from);
      const nodes = evenly(0, 1, CELLS).map((x, i) =>
        i === 0 ? speed.from : i === CELLS ? speed.to : speed.from * exp(rise * x),
      );
      const table = fromDensity(nodes, (E) => pow(E / speed.from, -speed.index));
      const momenta = table.map((x, i) => (i % 2 === 1 ? momentumFromEnergy(x, mass) : x));
      return range(
        momenta,
        0.98 * speedFromEnergy(speed.from, mass),
        Math.min(SPEED_OF_LIGHT, 1.02 * speedFromEnergy(speed.to, mass)),
      );
    }
    case 'table': {
      const table = fromRows(speed.speed, speed.density, Math.max(1, Math.ceil(CELLS / speed.speed.length)));
      return range(toMomenta(table, mass), speed.speed[0], speed.speed[speed.speed.length - 1]);
    }
  }
}

/** A table of speeds as one of momenta; a speed of zero stays just above it, for a rate may not exist there. */
function toMomenta(table: QuantileTable, mass: number): QuantileTable {
  return table.map((x, i) => (i % 2 === 1 ? (x > 0 ? momentumFromSpeed(x, mass) : 0) : x));
}
