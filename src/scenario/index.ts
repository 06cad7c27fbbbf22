/** Scenarios: what a user writes, checked against one schema, in SI. */
export { type Fault, ScenarioError } from './faults.js';
export { formatOrbits, formatScenario, orbitInput, scenarioInput } from './format.js';
export { anyJsonSchema, orbitJsonSchema, scenarioJsonSchema } from './jsonSchema.js';
export { withMotion } from './orbits/motion.js';
export { isOrbitInput, type OrbitInput, type OrbitScenario, parseOrbits } from './orbits/schema.js';
export { ORBIT_MOTIONS, type OrbitMotion } from './orbits/sections.js';
export { type ParseOptions, parseScenario } from './parse.js';
export { findPreset, orbitPresets, type Preset, presets } from './presets.js';
export type { Boundary, ScatteringRate, SpeedDistribution, Times } from './resolve.js';
export type { Scenario, ScenarioInput } from './schema.js';
export { DIMENSIONS, type Dimension, parseQuantity } from './units.js';
