import type { ValidationCase } from './case.js';
import { bounce } from './cases/bounce.js';
import { coulombBackground } from './cases/coulomb.js';
import { crossedFields } from './cases/crossedFields.js';
import { crossField } from './cases/crossField.js';
import { detailedBalance } from './cases/detailedBalance.js';
import { dipoleBounce } from './cases/dipoleBounce.js';
import { dipoleDrift } from './cases/dipoleDrift.js';
import { equilibriumCosine } from './cases/equilibrium.js';
import { lossConeFilling } from './cases/filling.js';
import { isotropisation } from './cases/isotropisation.js';
import { legendreModes } from './cases/legendreModes.js';
import { lossRate } from './cases/lossRate.js';
import { lossTime } from './cases/lossTime.js';
import { muDiffusionCase } from './cases/muDiffusion.js';
import { oneStepLaw } from './cases/oneStepLaw.js';
import { potentialWell } from './cases/potential.js';
import { rareLosses } from './cases/rareLosses.js';
import { slowTime } from './cases/slowTime.js';
import { splitOrder } from './cases/splitOrder.js';
import { streaming } from './cases/streaming.js';
import { strongScattering } from './cases/strongScattering.js';
import { trappedFraction } from './cases/trappedFraction.js';
import { waveInvariant } from './cases/waveInvariant.js';
import { weakScattering } from './cases/weakScattering.js';

/** Every reference case. A new one is a file and a line here. */
export const cases: readonly ValidationCase[] = [
  legendreModes,
  oneStepLaw,
  equilibriumCosine,
  isotropisation,
  streaming,
  muDiffusionCase,
  lossRate,
  lossTime,
  weakScattering,
  trappedFraction,
  strongScattering,
  lossConeFilling,
  rareLosses,
  bounce,
  dipoleBounce,
  potentialWell,
  coulombBackground,
  detailedBalance,
  splitOrder,
  dipoleDrift,
  crossedFields,
  slowTime,
  waveInvariant,
  crossField,
];
