import { oneOf, plainNumber, section, short, tag, variants } from '../leaves.js';

const kinds = ['throat', 'cone', 'reflecting', 'periodic', 'none'];

/** Where particles are lost, or what they meet at the ends of the line. */
export const boundarySchema = short(
  (value) => (typeof value === 'string' ? { kind: value } : value),
  variants('kind', kinds, [
    section({ kind: tag('throat', 'Lost beyond a throat') }, 'Particles that cross a throat are lost.'),
    section(
      {
        kind: tag('cone', 'Lost in a cone of velocity space'),
        ratio: plainNumber({
          description: "Mirror ratio of the loss cone, by the midplane pitch; the field's own where it is left out",
          what: 'a mirror ratio',
          above: 1,
          max: 1e6,
          example: 5,
        }).optional(),
        sides: oneOf(['both', 'left', 'right'], 'Which cones lose: both, or one').prefault('both'),
      },
      'Particles whose midplane pitch enters the loss cone are lost at once.',
    ),
    section({ kind: tag('reflecting', 'Walls at the ends') }, 'Particles are reflected at the ends of the line.'),
    section({ kind: tag('periodic', 'A ring') }, 'What leaves at one end enters at the other.'),
    section({ kind: tag('none', 'No boundary') }, 'No particle is lost; the line goes on.'),
  ]),
  { description: 'Where particles are lost', shortForm: { enum: kinds } },
);
