/** Files and text of a run's results: HDF5, JSON, the table. */
export type { ResultData, ResultPlan, ResultScenario, ResultTallies } from './data.js';
export { encodeResults } from './encode.js';
export { ResultsFileError, ResultsWriteError } from './errors.js';
export { type Files, nodeFiles } from './files.js';
export { decodeResults, type StoredResult } from './read.js';
export { type Summary, type SummaryNumber, summarise, summarySchema, summaryText } from './summary.js';
export { resultTable, type TableOptions } from './table.js';
export { claimFolder, type DrawnFigure, type WriteOptions, type WrittenResults, writeResults } from './write.js';
