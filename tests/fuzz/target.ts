/** What is fuzzed: a way in for files and texts of others. */
import fc from 'fast-check';

/** A case was taken for what it should be, or refused with an error of the project's own. */
export type Outcome = 'accepted' | 'refused';

export interface Target {
  readonly name: string;
  /** Share of all cases. */
  readonly weight: number;
  /** A property that counts its outcomes and fails where anything else escapes. */
  check(options: fc.Parameters<unknown>, count: (outcome: Outcome) => void): Promise<fc.RunDetails<unknown>>;
}

/** Errors that say what is wrong with what was read; `code` and file name are for `losscone` to add. */
const own = new Set([
  'ScenarioError',
  'PlanError',
  'MemoryError',
  'CommandError',
  'ResultsFileError',
  'LinkError',
  'EngineError',
  'TallyOverflowError',
]);
const jargon = /Invalid input|ZodError|undefined|\[object|Cannot read|is not a function|not iterable|\n {4}at /;
// biome-ignore lint/suspicious/noControlCharactersInRegex: what a message must not hold
export const obeyed = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
/** Seconds of the processor after which a case hangs. */
const patience = 10;

/** @throws Error where an error is not one of the project's, or its message is not as the house has them */
export function judge(error: unknown): Outcome {
  const { name, message } = error as Error;
  if (!own.has(name)) throw new Error(`escaped: ${name}: ${message}`, { cause: error });
  if (jargon.test(message)) throw new Error(`jargon: ${message}`, { cause: error });
  if (obeyed.test(message)) throw new Error(`control characters: ${JSON.stringify(message)}`, { cause: error });
  const long = message.split('\n').find((line) => line.length > 2000);
  if (long) throw new Error(`a line of ${long.length} characters: ${long.slice(0, 200)}`, { cause: error });
  return 'refused';
}

/**
 * A target of one kind of case.
 * @param read what the project does with it; whatever it throws is judged
 */
export function target<T>(name: string, weight: number, cases: fc.Arbitrary<T>, read: (input: T) => unknown): Target {
  return {
    name,
    weight,
    check: (options, count) =>
      fc.check(
        fc.asyncProperty(cases, async (input) => {
          const before = process.cpuUsage();
          let outcome: Outcome = 'accepted';
          try {
            await read(input);
          } catch (error) {
            outcome = judge(error);
          }
          const seconds = process.cpuUsage(before).user / 1e6;
          if (seconds > patience) throw new Error(`hangs: ${seconds.toFixed(1)} s of processor time`);
          count(outcome);
        }),
        options as fc.Parameters<[T]>,
      ) as Promise<fc.RunDetails<unknown>>,
  };
}

/** Cases of each target, of so many in all. */
export function shares(targets: readonly Target[], cases: number): Map<Target, number> {
  const weights = targets.reduce((sum, { weight }) => sum + weight, 0);
  return new Map(targets.map((one) => [one, Math.max(1, Math.round((cases * one.weight) / weights))]));
}
