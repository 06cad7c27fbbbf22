import { SPEED_OF_LIGHT } from '../physics/constants.js';
import { cos } from '../physics/elementary.js';
import { energyFromSpeed } from '../physics/relativity.js';
import {
  LEAST_ENERGY,
  LEAST_FIELD,
  MOST_ENERGY,
  MOST_FIELD,
  type ParticleReport,
  particleReport,
  type ReportOptions,
} from '../physics/report.js';
import { SPECIES, type Species } from '../physics/species.js';
import { offer, Refusal, show } from '../scenario/faults.js';
import { withinLimits } from '../scenario/limits.js';
import { type Dimension, readAs } from '../scenario/units.js';
import { CommandError } from './errors.js';
import { significant } from './number.js';

/** What `losscone physics` was given, each with its unit as it was typed. */
export interface PhysicsFlags {
  pitch?: string;
  ratio?: string;
  length?: string;
  gradientLength?: string;
  curvatureRadius?: string;
  frequency?: string;
  nu?: string;
  background?: string[];
  json?: boolean;
}

/** Runs what reads an argument; a fault becomes a message that names it. */
function argument<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refusal) throw new CommandError(`${name}: ${error.message}`);
    throw error;
  }
}

const quantity = (name: string, text: string, dimension: Dimension): number =>
  argument(name, () => readAs(text, [dimension]).value);

const optional = (name: string, text: string | undefined, dimension: Dimension): number | undefined =>
  text === undefined ? undefined : quantity(name, text, dimension);

function speciesCalled(name: string): Species {
  const found = SPECIES.find((species) => species.name === name.toLowerCase());
  if (found !== undefined) return found;
  const names = SPECIES.map((species) => species.name);
  throw new CommandError(`species: ${show(name)} is not a known species (${offer(name, names)})`);
}

function plainNumber(name: string, text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) throw new CommandError(`${name}: ${show(text)} is not a number (must be one, e.g. 5)`);
  return value;
}

/** `proton,1e19m^-3,1keV`: one species of a background. */
function backgroundOf(text: string) {
  const parts = text.split(',');
  if (parts.length !== 3)
    throw new CommandError(
      `--background: ${show(text)} is not a background (must be species,density,temperature, e.g. proton,1e19m^-3,1keV)`,
    );
  const [species, density, temperature] = parts;
  return {
    species: speciesCalled(species.trim()),
    density: quantity('--background', density, 'density'),
    temperature: quantity('--background', temperature, 'temperature'),
  };
}

/** Cosine of a pitch angle. 90 degrees is a double beside a right angle: its cosine, 6e-17, is meant to be 0. */
function pitchCosine(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const angle = quantity('--pitch', text, 'angle');
  if (!(angle >= 0 && angle <= Math.PI))
    throw new CommandError(`--pitch: ${show(text)} is not a pitch angle (must be 0 to 180 deg)`);
  const xi = cos(angle);
  return Math.abs(xi) < 1e-15 ? 0 : xi;
}

const ENERGY_LIMITS = { what: 'a kinetic energy', min: LEAST_ENERGY, max: MOST_ENERGY };
const SPEED_LIMITS = { what: 'the speed of a particle', above: 0, below: SPEED_OF_LIGHT };
const FIELD_LIMITS = { what: 'a field strength', min: LEAST_FIELD, max: MOST_FIELD };

/** What the formulary calls its arguments, as it is typed here. */
const typedAs: Record<string, string> = {
  kineticEnergy: 'energy',
  speed: 'energy',
  mirrorRatio: '--ratio',
  length: '--length',
  gradientLength: '--gradient-length',
  curvatureRadius: '--curvature-radius',
  frequency: '--frequency',
  nu: '--nu',
  density: '--background',
  temperature: '--background',
};

function optionsOf(flags: PhysicsFlags): ReportOptions {
  if (flags.length !== undefined && flags.ratio === undefined)
    throw new CommandError('--length: needs a mirror ratio (give --ratio too)');
  if (flags.nu !== undefined && flags.background !== undefined)
    throw new CommandError('--nu: is given beside --background (give one of the two)');

  const frequency = optional('--frequency', flags.frequency, 'rate');
  return {
    xi: pitchCosine(flags.pitch),
    mirrorRatio: flags.ratio === undefined ? undefined : plainNumber('--ratio', flags.ratio),
    length: optional('--length', flags.length, 'length'),
    gradientLength: optional('--gradient-length', flags.gradientLength, 'length'),
    curvatureRadius: optional('--curvature-radius', flags.curvatureRadius, 'length'),
    frequency: frequency === undefined ? undefined : 2 * Math.PI * frequency,
    nu: optional('--nu', flags.nu, 'rate'),
    background: flags.background?.map(backgroundOf),
  };
}

function reportFor(speciesName: string, energyText: string, fieldText: string, flags: PhysicsFlags): ParticleReport {
  const species = speciesCalled(speciesName);
  const given = argument('energy', () => {
    const read = readAs(energyText, ['energy', 'speed'], '10keV or 1e6m/s');
    const [limits, unit] =
      read.dimension === 'energy' ? ([ENERGY_LIMITS, 'J'] as const) : ([SPEED_LIMITS, 'm/s'] as const);
    withinLimits(show(energyText), read.value, limits, unit);
    return read;
  });
  const B = argument('B', () =>
    withinLimits(show(fieldText), readAs(fieldText, ['magneticField']).value, FIELD_LIMITS, 'T'),
  );
  try {
    const energy = given.dimension === 'energy' ? given.value : energyFromSpeed(given.value, species.mass);
    return particleReport(species, energy, B, optionsOf(flags));
  } catch (error) {
    // The formulary's range checks name the argument and what would be right.
    if (error instanceof RangeError)
      throw new CommandError(error.message.replace(/^\w+(?=:)/, (name) => typedAs[name] ?? name));
    throw error;
  }
}

/** `losscone physics`. */
export function physics(species: string, energy: string, field: string, flags: PhysicsFlags): void {
  const { rows } = reportFor(species, energy, field, flags);
  if (flags.json) {
    process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
    return;
  }
  const values = rows.map(({ value, unit }) =>
    typeof value === 'string' ? value : `${significant(value, 6)} ${unit}`,
  );
  const widest = (texts: string[]) => Math.max(...texts.map((text) => text.length));
  const first = widest(rows.map((row) => row.quantity));
  const second = widest(rows.map((row) => row.symbol));
  const third = widest(values);
  rows.forEach((row, i) => {
    const cells = [row.quantity.padEnd(first), row.symbol.padEnd(second), values[i].padEnd(third)].join('  ');
    // A verdict is a sentence: where it does not fit it has a line of its own.
    const line = `${cells}  ${row.note}`.trimEnd();
    process.stdout.write(line.length <= 100 ? `${line}\n` : `${cells.trimEnd()}\n  ${row.note}\n`);
  });
}
