import { coneEdge } from './coneEdge.js';
import { muDiffusion, muDrift, pitchDiffusion } from './diffusion.js';
import { localDistribution, midplaneDistribution } from './distribution.js';
import type { Figure, OrbitFigure } from './figure.js';
import { hazard } from './hazard.js';
import { legendreDecay } from './legendre.js';
import { lossProbability } from './lossProbability.js';
import { lossTimes } from './lossTimes.js';
import { meanMoment } from './meanMu.js';
import { momentSpread } from './muSpread.js';
import { orbitEnergy } from './orbits/energy.js';
import { orbitEpsilon } from './orbits/epsilon.js';
import { orbitKickPhase } from './orbits/kickPhase.js';
import { orbitMeanMoment, orbitMomentSpread } from './orbits/mu.js';
import { orbitMomentPath } from './orbits/muPath.js';
import { orbitMomentRatio } from './orbits/muRatio.js';
import { orbitPath } from './orbits/path.js';
import { orbitPhasePortrait } from './orbits/phasePortrait.js';

import { orbitPoloidal } from './orbits/poloidal.js';

import { orbitResonance } from './orbits/resonance.js';

import { placeDistribution } from './place.js';
import { steadyMap } from './steadyMap.js';
import { steadyPitch } from './steadyPitch.js';
import { survivalCurve } from './survival.js';
import { temperatures } from './temperatures.js';

/** Every figure of a motion along a line, in the order in which a reader wants them. A new figure is a file and a line here. */
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

/** Every figure of orbits in space. */
export const orbitFigures: readonly OrbitFigure[] = [
  orbitMomentSpread,
  orbitMeanMoment,
  orbitMomentRatio,
  orbitKickPhase,
  orbitResonance,
  orbitEnergy,
  orbitEpsilon,
  orbitPath,
  orbitPoloidal,
  orbitMomentPath,
  orbitPhasePortrait,
];
