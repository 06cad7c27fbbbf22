/** What stands at the head of a file of a small run. */
import type { Header } from '../../src/checkpoints/header.js';

export const header: Omit<Header, 'state'> = {
  schema: 'losscone-state/1',
  kind: 'checkpoint',
  name: 'small',
  scenarioHash: 'a'.repeat(64),
  kernelHash: 'b'.repeat(64),
  planHash: 'c'.repeat(64),
  version: '0.1.0',
  written: '2026-11-27T12:00:00.000Z',
  scenario: 'name: small\n',
  tables: { 'field.csv': '0,1\n1,2\n' },
  particles: { done: 64, total: 176 },
};
