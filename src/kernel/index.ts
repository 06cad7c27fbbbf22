/** The kernel as the engine's workers use it. */
export { BlockRunner } from './blockRunner.js';
export { instantiate, type KernelExports } from './exports.js';
export { OrbitRunner } from './orbitRunner.js';
