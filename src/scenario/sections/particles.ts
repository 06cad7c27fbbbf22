import { tableSection } from '../columns.js';
import {
  isMapping,
  oneOf,
  plainNumber,
  quantity,
  SPEED_OR_ENERGY,
  SPEED_RANGE,
  SPEEDS_RANGE,
  section,
  short,
  speedOrEnergy,
  tag,
  toldRange,
  variants,
} from '../leaves.js';
import { REST_ENERGIES_LIMIT } from '../limits.js';
import { quantityShape } from '../unitPattern.js';

const TEMPERATURE = { what: 'a temperature', above: 0, max: 1e-9 };
/** What a temperature may be is checked where the mass is known. */
const REST_ENERGIES = `up to ${REST_ENERGIES_LIMIT} rest energies`;

const mono = section(
  { kind: tag('mono', 'All at one speed'), speed: speedOrEnergy({ description: 'Speed, or kinetic energy' }) },
  'One speed.',
);
const maxwellian = section(
  {
    kind: tag('maxwellian', 'Thermal'),
    temperature: quantity('temperature', { description: 'Temperature', ...TEMPERATURE, also: REST_ENERGIES }),
  },
  'A Maxwellian of speeds (Maxwell-Juettner where the temperature is relativistic).',
);
const shell = section(
  {
    kind: tag('shell', 'Between two speeds'),
    from: speedOrEnergy({ description: 'Least speed or energy' }),
    to: speedOrEnergy({ description: 'Greatest speed or energy' }),
  },
  'Uniform in velocity space between two speeds.',
);
const powerLaw = section(
  {
    kind: tag('powerLaw', 'A power law in energy'),
    index: plainNumber({
      description: 'n in dN/dE ∝ E^-n',
      what: 'an index of a power law',
      min: -20,
      max: 20,
      example: 2,
    }),
    from: speedOrEnergy({ description: 'Least energy or speed' }),
    to: speedOrEnergy({ description: 'Greatest energy or speed' }),
  },
  'A power law in kinetic energy between two energies.',
);
const weights = { what: 'a density', min: 0, max: 1e300 };
const speedTable = tableSection(
  { kind: tag('table', 'A table of dN/dv') },
  {
    speed: {
      description: 'Speeds, or kinetic energies that stand for them',
      dimensions: ['speed', 'energy'],
      limits: { what: 'a speed of the table', min: 0, max: 3e8 },
      range: SPEEDS_RANGE,
      increasing: true,
      rows: 2,
    },
    density: {
      description: 'dN/dv at these speeds, in any unit; linear between',
      dimensions: [],
      limits: weights,
      rows: 2,
    },
  },
  (shape) => section(shape, 'A table of dN/dv, linear between its rows.'),
);

const only = oneOf(['all', 'trapped'], 'All particles, or only those trapped by their invariants').prefault('all');
const cosine = { what: 'a pitch-angle cosine', min: -1, max: 1 };

const pitches = [
  section({ kind: tag('isotropic', 'Uniform in xi'), only }, 'Uniform in xi at the place of the start.'),
  section(
    {
      kind: tag('beam', 'A cone about the field'),
      halfAngle: quantity('angle', {
        description: 'Half opening angle of the cone',
        what: 'a half angle of a beam',
        min: 0,
        max: 3.141592653589793,
        example: '10 deg',
      }).prefault('0 rad'),
      direction: oneOf([1, -1], 'Along the field (1) or against it (-1)').prefault(1),
      only,
    },
    'Uniform on a cap of directions about the field.',
  ),
  section(
    {
      kind: tag('cosine', 'One pitch angle'),
      xi: plainNumber({ description: 'Cosine of the pitch angle', ...cosine, example: 0.5 }),
      only,
    },
    'One pitch angle.',
  ),
  section(
    {
      kind: tag('pancake', 'sin^n of the pitch angle'),
      power: plainNumber({
        description: 'n in f ∝ sin^n(pitch angle)',
        what: 'a power of the sine',
        min: 0,
        max: 1000,
        example: 2,
      }).prefault(2),
      only,
    },
    'A distribution about 90 degrees.',
  ),
  tableSection(
    { kind: tag('table', 'A table of dN/dxi'), only },
    {
      xi: { description: 'Pitch-angle cosines', dimensions: [], limits: cosine, increasing: true, rows: 2 },
      density: {
        description: 'dN/dxi at these cosines, in any unit; linear between',
        dimensions: [],
        limits: weights,
        rows: 2,
      },
    },
    (shape) => section(shape, 'A table of dN/dxi, linear between its rows.'),
  ).transform(({ kind, only, xi, density }) => ({ kind, only, xi: xi.values, density: density.values })),
] as const;

const places = [
  section({ kind: tag('midplane', 'Where B is least') }, 'At the midplane.'),
  section({ kind: tag('fluxTube', 'Uniform in space: weight ds/B') }, 'Uniform in the flux tube.'),
  section(
    {
      kind: tag('point', 'One place'),
      s: quantity('length', { description: 'Place along the line', what: 'a place on a line', min: -1e13, max: 1e13 }),
    },
    'At one place.',
  ),
] as const;

const speeds = ['mono', 'maxwellian', 'shell', 'powerLaw', 'table'];
/** `{ kind: mono, energy: 10 keV }`, for the JSON Schema. */
const MONO_BY_ENERGY = {
  type: 'object',
  properties: { kind: { const: 'mono' }, energy: quantityShape(...SPEED_OR_ENERGY) },
  required: ['kind', 'energy'],
  additionalProperties: false,
};

/** `speed: 10 keV`, `energy: 10 keV`, `temperature: 1 keV` in place of a section. */
function shortSpeed(value: unknown): unknown {
  // A bare number too: the leaf then says which unit it wants.
  if (typeof value === 'string' || typeof value === 'number') return { kind: 'mono', speed: value };
  if (isMapping(value) && value.kind === 'mono' && value.energy !== undefined) {
    const { energy, ...rest } = value;
    return { speed: energy, ...rest };
  }
  return value;
}

function expand(value: unknown): unknown {
  if (!isMapping(value)) return value;
  const { energy, temperature, ...rest } = value;
  if (energy !== undefined) return { speed: { kind: 'mono', speed: energy }, ...rest };
  if (temperature !== undefined) return { speed: { kind: 'maxwellian', temperature }, ...rest };
  return value;
}

const word = (value: unknown) => (typeof value === 'string' ? { kind: value } : value);
const placeWord = (value: unknown) =>
  typeof value === 'number'
    ? { kind: 'point', s: value }
    : typeof value === 'string'
      ? /^\s*[+-]?[.\d]/.test(value)
        ? { kind: 'point', s: value }
        : { kind: value }
      : value;

const strata = (of: string) =>
  plainNumber({
    description: `Strata of the starting ${of}, each with the same share of the particles`,
    what: 'a number of strata',
    min: 1,
    max: 1024,
    whole: true,
    example: 16,
  }).prefault(1);

/** How many, how fast, and in which directions. */
export const ensemble = {
  count: plainNumber({
    description: 'Number of particles',
    what: 'a number of particles',
    min: 1,
    max: 2 ** 40,
    whole: true,
    example: 1_000_000,
  }),
  speed: short(shortSpeed, variants('kind', speeds, [mono, maxwellian, shell, powerLaw, speedTable]), {
    description: 'Distribution of speeds; a bare speed or energy is one speed',
    shortForm: { anyOf: [quantityShape(...SPEED_OR_ENERGY), MONO_BY_ENERGY] },
  }),
  pitch: short(word, variants('kind', ['isotropic', 'beam', 'cosine', 'pancake', 'table'], pitches), {
    description: 'Distribution of pitch angles at the place of the start',
    shortForm: { enum: ['isotropic', 'beam', 'pancake'] },
  }),
} as const;

/** `energy` and `temperature` in place of `speed`. */
export { expand as expandEnsemble };
export const ensembleShortKeys = {
  energy: {
    ...quantityShape(...SPEED_OR_ENERGY),
    description: 'Kinetic energy of all particles, in place of speed',
    unit: 'J',
    range: SPEED_RANGE,
  },
  temperature: {
    ...quantityShape('temperature'),
    description: 'Temperature of a Maxwellian, in place of speed',
    unit: 'J',
    range: `${toldRange(TEMPERATURE, 'J')}, ${REST_ENERGIES}`,
  },
};

/** The ensemble: how many particles, at what speeds, pitch angles and places. */
export const particlesSchema = short(
  expand,
  section(
    {
      count: ensemble.count.prefault(1_000_000),
      speed: ensemble.speed.prefault('10 keV'),
      pitch: ensemble.pitch.prefault({ kind: 'pancake', power: 2, only: 'all' }),
      place: short(placeWord, variants('kind', ['midplane', 'fluxTube', 'point'], places), {
        description: 'Where along the line the particles start',
        shortForm: { anyOf: [{ enum: ['midplane', 'fluxTube'] }, quantityShape('length')] },
      }).prefault('midplane'),
      stratify: section(
        { pitch: strata('pitch'), speed: strata('speed') },
        'Strata of equal shares that starting values are drawn from, so that chance plays a smaller part',
      ).prefault({}),
    },
    'The ensemble',
    ['energy', 'temperature'],
  ),
  {
    description: 'The ensemble: how many particles, at what speeds, pitch angles and places',
    shortKeys: ensembleShortKeys,
  },
);
