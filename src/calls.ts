/** What TypeScript would have said of a call: a program in JavaScript, or a cast, may pass anything. */
import { EngineError } from './engine/index.js';

/** @throws EngineError for what no `parse` has returned */
export function checkScenario(scenario: unknown, parser: string): void {
  const { species, particles } = (scenario ?? {}) as Record<string, { mass?: unknown; count?: unknown } | undefined>;
  if (typeof species?.mass !== 'number' || typeof particles?.count !== 'number')
    throw new EngineError('BAD_SCENARIO', `scenario: is not a validated one (must be what ${parser} returns)`);
}

/** @throws EngineError for options that are none, or of another kind */
export function checkOptions(options: unknown): void {
  if (typeof options !== 'object' || options === null)
    throw new EngineError('BAD_OPTION', 'options: are none (must be an object, or left out)');
  const { signal, onProgress } = options as { signal?: Partial<AbortSignal> | null; onProgress?: unknown };
  if (signal !== undefined && typeof signal?.addEventListener !== 'function')
    throw new EngineError('BAD_OPTION', 'signal: is none (must be an AbortSignal)');
  if (onProgress !== undefined && typeof onProgress !== 'function')
    throw new EngineError('BAD_OPTION', 'onProgress: is no function');
}
