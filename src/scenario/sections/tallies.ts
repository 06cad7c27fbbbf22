import { orAbsent, plainNumber, section, speedOrEnergy } from '../leaves.js';

const bins = (description: string, most: number, example: number) =>
  plainNumber({ description, what: 'a number of bins', min: 1, max: most, whole: true, example });

/** Axes of the tallies. */
export const talliesSchema = section(
  {
    speed: section(
      {
        bins: bins('Bins of speed; 1 where all speeds are and stay equal, else 32', 512, 32).optional(),
        min: orAbsent(
          speedOrEnergy({
            description: 'Lower end of the axis; chosen from the ensemble where it is left out',
          }),
        ),
        max: orAbsent(
          speedOrEnergy({
            description: 'Upper end of the axis; chosen from the ensemble where it is left out',
          }),
        ),
      },
      'Axis of speed',
    ).prefault({}),
    xi: section({ bins: bins('Bins of the pitch-angle cosine', 4096, 64).prefault(64) }, 'Axis of pitch').prefault({}),
    s: section({ bins: bins('Bins of the place along the line', 4096, 64).prefault(64) }, 'Axis of place').prefault({}),
    mu: section({ bins: bins('Bins of the starting magnetic moment', 512, 16).prefault(16) }, 'Axis of mu').prefault(
      {},
    ),
    lossTime: section(
      { bins: bins('Bins of the time of loss', 4096, 100).prefault(100) },
      'Axis of loss time',
    ).prefault({}),
  },
  'Axes of the tallies',
);
