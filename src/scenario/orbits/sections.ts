/** The sections of a scenario of full orbits that differ from those of a motion along a line. */
import { vector } from '../../fields/space/vector.js';
import { nearest, Refusal, show } from '../faults.js';
import { isMapping, leaf, oneOf, orAbsent, plainNumber, quantity, section, short, tag, variants } from '../leaves.js';
import { LINE_MOTIONS } from '../sections/motion.js';
import { ensemble, ensembleShortKeys, expandEnsemble } from '../sections/particles.js';

const place = { what: 'a component of a place', max: 1e13, example: '1 m' } as const;

const places = [
  section(
    { kind: tag('point', 'One place'), at: vector('length', { description: 'Place', ...place }) },
    'At one place.',
  ),
  section(
    {
      kind: tag('box', 'Uniform in a box'),
      at: vector('length', { description: 'Centre of the box', ...place }),
      halfWidth: vector('length', { description: 'Half widths of the box', ...place }),
    },
    'Uniform in a box along the axes.',
  ),
] as const;

const placeWord = (value: unknown) => (Array.isArray(value) ? { kind: 'point', at: value } : value);

const phase = leaf<string | number, number | null>(
  (value) => {
    if (value === 'uniform') return null;
    if (typeof value === 'number' && value >= 0 && value < 1) return value;
    throw new Refusal(`${show(value)} is no gyrophase`, 'must be uniform, or a number of turns from 0 to 1');
  },
  {
    description: 'Gyrophase: uniform, or a number of turns about B from the axis that B is least along',
    range: 'turns: 0 or more, below 1',
    anyOf: [{ const: 'uniform' }, { type: 'number', minimum: 0, exclusiveMaximum: 1 }],
  },
);

/** The ensemble of full orbits. */
export const orbitParticlesSchema = short(
  expandEnsemble,
  section(
    {
      count: ensemble.count.prefault(65_536),
      speed: ensemble.speed.prefault('10 keV'),
      pitch: ensemble.pitch.prefault({ kind: 'isotropic', only: 'all' }),
      place: short(placeWord, variants('kind', ['point', 'box'], places), {
        description: 'Where the particles start: a list of three lengths is one place',
      }).optional(),
      reference: oneOf(['guidingCentre', 'particle'], 'What starts at the place').prefault('guidingCentre'),
      gyrophase: phase.prefault('uniform'),
    },
    'The ensemble',
    ['energy', 'temperature'],
  ),
  {
    description: 'The ensemble: how many particles, at what speeds, pitch angles, gyrophases and places',
    shortKeys: ensembleShortKeys,
  },
);

/** Names of the motions in space, which make a scenario one of full orbits. */
export const ORBIT_MOTIONS = ['fullOrbit', 'driftOrbit', 'hybridOrbit'] as const;
export type OrbitMotion = (typeof ORBIT_MOTIONS)[number];

/** epsilon at which a hybrid's guiding centre becomes a particle, and at which it is one again: see `hybridOf`. */
export const HYBRID = { enter: 0.01, leave: 0.005 } as const;

const threshold = (description: string, example: number) =>
  orAbsent(plainNumber({ description, what: 'a threshold of epsilon', min: 1e-6, max: 1, example }));

/** Whether what a user wrote is a scenario of orbits in space: its `motion`, or the `kind` of it, is the name of one, or nearest to one. */
export function isOrbitInput(plain: unknown): boolean {
  if (!isMapping(plain)) return false;
  const { motion } = plain;
  const kind = isMapping(motion) ? motion.kind : motion;
  const near = typeof kind === 'string' ? nearest(kind, [...LINE_MOTIONS, ...ORBIT_MOTIONS]) : null;
  return (ORBIT_MOTIONS as readonly unknown[]).includes(near);
}

/** How full orbits are followed. */
export const orbitMotionSchema = short(
  (value) => (typeof value === 'string' ? { kind: value } : value),
  section(
    {
      kind: oneOf(
        ORBIT_MOTIONS,
        'Full orbits in space, those of guiding centres with their drifts, or each where epsilon asks for it',
      ).prefault('fullOrbit'),
      pusher: oneOf(['higueraCary', 'boris'], 'The kick: Higuera-Cary, or Boris').prefault('higueraCary'),
      tolerance: plainNumber({
        description:
          "Relative error of the gyration that a substep may make: of a turn x it is x^2/12. The path of a substep is at most the tenth of the field's scale",
        what: 'a tolerance',
        min: 1e-8,
        max: 0.1,
        example: 1e-3,
      }).prefault(1e-3),
      step: orAbsent(
        quantity('time', {
          description:
            'Substep of all particles, in place of the tolerance; halved where a stronger field than at the start would turn a particle by more than 2 rad in it',
          what: 'a time step',
          above: 0,
          max: 1e15,
          example: '1 ns',
        }),
      ),
      enter: threshold('Of a hybrid: epsilon above which a guiding centre becomes a particle', HYBRID.enter),
      leave: threshold('Of a hybrid: epsilon below which it is a guiding centre again', HYBRID.leave),
    },
    'How full orbits are followed',
  ),
  { description: 'How full orbits are followed', shortForm: { enum: [...ORBIT_MOTIONS] } },
);

const end = (description: string) =>
  orAbsent(quantity('length', { description, what: 'a place', min: -1e13, max: 1e13, example: '1 m' }));

/** Where particles end; what is left out is the field's, or nowhere. */
export const orbitBoundarySchema = section(
  {
    lowZ: end('Below this z a particle is lost'),
    highZ: end('Above this z a particle is lost'),
    innerRadius: end('Nearer to the origin than this a particle is lost'),
    outerRadius: end('Farther from the origin than this a particle is lost'),
    minorRadius: end('Farther from the magnetic axis of a torus than this a particle is lost'),
  },
  'Where particles are lost',
);

const bins = (description: string, most: number, example: number) =>
  plainNumber({ description, what: 'a number of bins', min: 1, max: most, whole: true, example });

/** Axes of the tallies of full orbits. */
export const orbitTalliesSchema = section(
  {
    xi: section({ bins: bins('Bins of the pitch-angle cosine', 4096, 32).prefault(32) }, 'Axis of pitch').prefault({}),
    z: section({ bins: bins('Bins of the place along z', 4096, 32).prefault(32) }, 'Axis of place').prefault({}),
    mu: section({ bins: bins('Bins of the starting magnetic moment', 512, 8).prefault(8) }, 'Axis of mu').prefault({}),
    ratio: section(
      { bins: bins('Bins of mu over its start', 4096, 128).prefault(128) },
      'Axis of the change of mu',
    ).prefault({}),
    phase: section({ bins: bins('Bins of the starting gyrophase', 1024, 32).prefault(32) }, 'Axis of phase').prefault(
      {},
    ),
    startXi: section(
      { bins: bins('Bins of the starting pitch-angle cosine', 1024, 64).prefault(64) },
      'Axis of the starting pitch',
    ).prefault({}),
    kick: section(
      { bins: bins('Bins of an octave of |mu - mu0|/mu0, from 2^-40 to 2^7', 64, 4).prefault(4) },
      'Axis of small changes of mu',
    ).prefault({}),
    lossTime: section({ bins: bins('Bins of the time of loss', 4096, 50).prefault(50) }, 'Axis of loss time').prefault(
      {},
    ),
  },
  'Axes of the tallies',
);
