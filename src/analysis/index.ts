/** Estimates from tallies: rates, confinement, filling, mu and its diffusion, distributions, each with its standard error. */
export { distribution } from './distribution.js';
export { estimate } from './estimate.js';
export { interval, zScore } from './estimates.js';
export { type Jackknifed, jackknife } from './jackknife.js';
export * from './oracle/index.js';
export { studentQuantile } from './student.js';
export type {
  AnalysisPlan,
  AnalysisScenario,
  Curve,
  Distribution,
  Distributions,
  Equilibrium,
  EquilibriumEvidence,
  Estimate,
  Estimates,
  Fate,
  FitWindow,
  Limit,
  TallyReader,
} from './types.js';
