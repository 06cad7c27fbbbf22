/** The deterministic oracle: pitch-angle scattering with loss, solved without random numbers. */
export { bounceOracle } from './bounce.js';
export { PitchOracle } from './pitchOracle.js';
export { type ScatteringProblem, scatteringOracle } from './scattering.js';
export { type PitchStart, startOf } from './start.js';
