/** The ABI, and nothing else. The host writes parameters, tables and stages, then calls; addresses are exported globals. */

import { prepareLaneConstants } from './collisions/lorentz';
import { Parameters } from './layout';
import { prepareConstants } from './math/constants';
import { OrbitParameters } from './orbits/layout';
import { setSeed } from './random/philox';

export { finish, runCount, runFirst, setRun, sweep } from './block';
export { join, openPool, split, waiting } from './branches';
export { rateAt } from './collisions/rate';
export {
  ALIVE,
  B,
  CAPACITY,
  CLASSES,
  ENERGY,
  ID,
  KICKS,
  LEVEL,
  M,
  MU0,
  NU,
  OUTCOMES,
  P,
  PARAMETERS,
  PHILOX_HIGH,
  RUNS,
  S,
  SPEED,
  TABLES,
  TILE,
  WORDS,
  XI,
  XI0,
} from './layout';
export { advance as advanceOrbits } from './orbits/advance';
export { advanceCentres, becomeCentre } from './orbits/drift';
export { fateOf as orbitFate, finishOrbits, sweepOrbits } from './orbits/ends';
export { look as lookUp } from './orbits/fields/index';
export { advanceHybrid } from './orbits/hybrid';
export {
  BX as ORBIT_BX,
  EX as ORBIT_EX,
  FORM as ORBIT_FORM,
  ID as ORBIT_ID,
  INVERSE_GAMMA as ORBIT_INVERSE_GAMMA,
  MU0 as ORBIT_MU0,
  ORBIT_TABLES,
  OUTCOMES as ORBIT_OUTCOMES,
  PROBE,
  ROW as ORBIT_ROW,
  TIME as ORBIT_TIME,
  UX as ORBIT_UX,
  X as ORBIT_X,
} from './orbits/layout';
export { centreX, centreY, centreZ, epsilon, measure, momentum2, mu } from './orbits/measure';
export { becomeParticle } from './orbits/particle';
export { followCentre, followHybrid, followOrbit, openTrack, recordEnd, trackLength } from './orbits/record';
export { scatter as scatterOrbits } from './orbits/scatter';
export { orbitSnapshot } from './orbits/snapshot';
export { startOrbits } from './orbits/start';
export { philoxWord } from './random/philox';
export { start } from './start/start';
export { scatterAndStream, setStage, stream } from './step';
export { setBranched } from './tallies/losses';
export { snapshot } from './tallies/snapshot';

/** Once an instance: constants and the seed's round keys. */
export function prepare(seedLow: u32, seedHigh: u32): void {
  prepareConstants();
  prepareLaneConstants();
  setSeed(seedLow, seedHigh);
}

/** Version of the kernel's bits: it changes whenever the same scenario would give other integers. */
export const KERNEL_VERSION: i32 = 7;

/** Number of parameters: the host compares it with its own list. */
export const PARAMETER_COUNT: i32 = <i32>offsetof<Parameters>() / 8;

/** The same of full orbits. */
export const ORBIT_PARAMETER_COUNT: i32 = <i32>offsetof<OrbitParameters>() / 8;
