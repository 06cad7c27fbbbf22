/** What a run's own files and folders are called. */
export const resultNames = {
  scenario: 'scenario.yaml',
  data: 'results.h5',
  summary: 'summary.json',
  figures: 'figures',
} as const;
