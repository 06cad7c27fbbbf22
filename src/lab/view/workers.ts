/** How many workers a run may have. */
export const mostWorkers = Math.max(1, navigator.hardwareConcurrency || 2);
/** One core is left to the page. */
export const fittingWorkers = Math.max(1, mostWorkers - 1);
