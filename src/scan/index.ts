/** Scans: a scenario over a grid of values. */
export type { AxisInput } from './axes.js';
export { ScanError } from './grid.js';
export { type Scanning, type ScanOptions, type ScanProgress, type ScanStore, scan } from './scan.js';
