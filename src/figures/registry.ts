import { localDistribution, midplaneDistribution } from './distribution.js';
import type { Figure } from './figure.js';
import { legendreDecay } from './legendre.js';
import { lossProbability } from './lossProbability.js';
import { lossTimes } from './lossTimes.js';
import { meanMoment } from './meanMu.js';
import { momentSpread } from './muSpread.js';
import { placeDistribution } from './place.js';
import { steadyMap } from './steadyMap.js';
import { steadyPitch } from './steadyPitch.js';
import { survivalCurve } from './survival.js';

/** Every figure, in the order in which a reader wants them. A new figure is a file and a line here. */
export const figures: readonly Figure[] = [
  midplaneDistribution,
  localDistribution,
  placeDistribution,
  survivalCurve,
  lossTimes,
  lossProbability,
  legendreDecay,
  momentSpread,
  meanMoment,
  steadyPitch,
  steadyMap,
];
