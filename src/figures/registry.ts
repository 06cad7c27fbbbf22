import { coneEdge } from './coneEdge.js';
import { muDiffusion, muDrift, pitchDiffusion } from './diffusion.js';
import { localDistribution, midplaneDistribution } from './distribution.js';
import type { Figure } from './figure.js';
import { hazard } from './hazard.js';
import { legendreDecay } from './legendre.js';
import { lossProbability } from './lossProbability.js';
import { lossTimes } from './lossTimes.js';
import { meanMoment } from './meanMu.js';
import { momentSpread } from './muSpread.js';
import { placeDistribution } from './place.js';
import { steadyMap } from './steadyMap.js';
import { steadyPitch } from './steadyPitch.js';
import { survivalCurve } from './survival.js';
import { temperatures } from './temperatures.js';

/** Every figure, in the order in which a reader wants them. A new figure is a file and a line here. */
export const figures: readonly Figure[] = [
  midplaneDistribution,
  localDistribution,
  placeDistribution,
  coneEdge,
  survivalCurve,
  hazard,
  lossTimes,
  lossProbability,
  legendreDecay,
  temperatures,
  meanMoment,
  momentSpread,
  muDiffusion,
  muDrift,
  pitchDiffusion,
  steadyPitch,
  steadyMap,
];
