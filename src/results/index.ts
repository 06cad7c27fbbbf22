/** Files and text of a run's results: HDF5, JSON, the table. */
export { csvCell, tableCsv } from './csv.js';
export {
  type AnyResult,
  isOrbits,
  type OrbitData,
  type OrbitResultPlan,
  type ResultData,
  type ResultPlan,
  type ResultScenario,
  type ResultTallies,
  type RunData,
  type RunPlan,
  type RunScenario,
} from './data.js';
export { encodeResults } from './encode.js';
export { ResultsFileError, ResultsWriteError } from './errors.js';
export { type Files, nodeFiles } from './files.js';
export { type NpyArray, type NpyData, npy, npz, resultArrays } from './npz.js';
export { decodeResults, type StoredResult } from './read.js';
export { type RunSummary, type Summary, type SummaryNumber, summarise, summarySchema, summaryText } from './summary.js';
export { resultTable, type TableOptions } from './table.js';
export { type Cell, type Column, resultTables, type Table } from './tables.js';
export { claimFolder, type DrawnFigure, type WriteOptions, type WrittenResults, writeResults } from './write.js';
