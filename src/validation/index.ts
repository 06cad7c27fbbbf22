/** Reference cases: exact results that every build must reproduce, with the controls that must fail. */
export type { CaseFigure, Control, Family, Fault, Finding, Measurement, Series, Test, ValidationCase } from './case.js';
export { type Ensemble, Laboratory, type OrbitEnsemble, type Runners, type Size } from './laboratory.js';
export { cases } from './registry.js';
export type { CaseResult, ControlResult, JudgedFinding } from './result.js';
export { asControl, falseAlarm, judge, KOLMOGOROV_LIMIT, LIMIT, type Verdict } from './verdict.js';
