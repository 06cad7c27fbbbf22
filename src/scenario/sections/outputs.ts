import { plainNumber, section, truth } from '../leaves.js';

/** What is written besides the tallies. */
export const outputsSchema = section(
  {
    particles: plainNumber({
      description: 'Number of particles whose fates are listed one by one',
      what: 'a number of particles',
      min: 0,
      max: 10_000_000,
      whole: true,
      example: 1000,
    }).prefault(0),
    figures: truth('Whether figures are drawn').prefault(true),
  },
  'What is written besides the tallies',
);
