import { plainNumber, section, truth, unlike } from '../leaves.js';

/** Whether figures are drawn: of every kind of run. */
export const figuresOutput = truth('Whether figures are drawn').prefault(true);

/** What is written besides the tallies. */
export const outputsSchema = unlike(
  'trajectories',
  ['trajectories are those of orbits in space', 'choose motion: fullOrbit or driftOrbit, or list fates with particles'],
  section(
    {
      particles: plainNumber({
        description: 'Number of particles whose fates are listed one by one',
        what: 'a number of particles',
        min: 0,
        max: 10_000_000,
        whole: true,
        example: 1000,
      }).prefault(0),
      figures: figuresOutput,
    },
    'What is written besides the tallies',
  ),
);
