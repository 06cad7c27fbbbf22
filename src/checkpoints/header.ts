/** What stands at the head of a file that holds the state of a run: which run it is of, in words a person can read. */
import { EngineError, MOST_SHARES } from '../engine/index.js';

export const headerSchema = 'losscone-state/1';

/** Of which shares a whole is made. */
export interface Shard {
  /** 1 .. of. */
  readonly index: number;
  readonly of: number;
}

export interface Header {
  readonly schema: typeof headerSchema;
  /** A run that can go on, or a share that is finished. */
  readonly kind: 'checkpoint' | 'share';
  readonly name: string;
  /** SHA-256 of the scenario in its full form, and of the kernel. */
  readonly scenarioHash: string;
  readonly kernelHash: string;
  /** SHA-256 of what the planner makes of the scenario, as far as it decides the bits (plan.ts). */
  readonly planHash: string;
  /** Version of losscone that wrote it. */
  readonly version: string;
  /** When it was written, ISO 8601 in UTC. */
  readonly written: string;
  /** The scenario as it can be run again, and the tables that it names. */
  readonly scenario: string;
  readonly tables: Readonly<Record<string, string>>;
  readonly shard?: Shard;
  /** Of a run to a precision: what is wanted, and the most particles. */
  readonly until?: Readonly<Record<string, string | number>>;
  readonly maxParticles?: number;
  readonly particles: { readonly done: number; readonly total: number };
  readonly state: {
    readonly blocks: number;
    readonly groups: number;
    /** Bytes of the unpacked tallies. */
    readonly bytes: number;
    readonly steps: number;
    readonly seconds: number;
    readonly faults: { readonly count: number; readonly blocks: readonly number[]; readonly more: boolean };
    readonly judged?: { readonly prefix: number; readonly memory?: unknown };
  };
}

type Check = (value: unknown) => boolean;
const text: Check = (value) => typeof value === 'string';
const hash: Check = (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const whole: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const amount: Check = (value) => typeof value === 'number' && value >= 0 && Number.isFinite(value);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const record =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(checks).every(([key, check]) =>
      check(Object.hasOwn(value, key) ? (value as never)[key] : undefined),
    );
const every =
  (check: Check): Check =>
  (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(check);

const fields: Readonly<Record<string, Check>> = {
  kind: (value) => value === 'checkpoint' || value === 'share',
  name: (value) => typeof value === 'string' && /^[\w.-]{1,64}$/.test(value),
  scenarioHash: hash,
  kernelHash: hash,
  planHash: hash,
  // What is shown to a person is no place for control characters.
  version: (value) => typeof value === 'string' && /^[\w.+-]{1,40}$/.test(value),
  written: (value) =>
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) &&
    Number.isFinite(Date.parse(value)),
  scenario: text,
  tables: every(text),
  shard: optional(record({ index: whole, of: (value) => whole(value) && (value as number) <= MOST_SHARES })),
  until: optional(every((value) => text(value) || amount(value))),
  maxParticles: optional(whole),
  particles: record({ done: whole, total: whole }),
  state: record({
    blocks: whole,
    groups: whole,
    bytes: whole,
    // Those of many shares are added.
    steps: (value) => amount(value) && (value as number) < 1e30,
    seconds: (value) => amount(value) && (value as number) < 1e12,
    faults: record({
      count: whole,
      blocks: (value) => Array.isArray(value) && value.length <= 8 && value.every(whole),
      more: (value) => typeof value === 'boolean',
    }),
    judged: optional(record({ prefix: whole })),
  }),
};

/** Members of lists and records that a header may have: some forty, those of its tables, and what a judge remembers. */
const MOST_MEMBERS = 10_000;

/** Whether a text has no more members than a header's, whatever it is: reading JSON takes a hundred times the memory of an empty list. */
function isBrief(json: string): boolean {
  let members = 0;
  for (let at = 0, quoted = false; at < json.length; at++) {
    const c = json.charCodeAt(at);
    if (quoted && c === 0x5c) at++;
    else if (c === 0x22) quoted = !quoted;
    else if (!quoted && (c === 0x2c || c === 0x5b || c === 0x7b) && ++members > MOST_MEMBERS) return false;
  }
  return true;
}

/**
 * Reads a header.
 * @throws EngineError that names what is wrong with it
 */
export function readHeader(json: string): Header {
  let found: Partial<Header> | null;
  if (!isBrief(json)) throw new EngineError('BAD_STATE', `its header has more than ${MOST_MEMBERS} members`);
  try {
    found = JSON.parse(json);
  } catch {
    throw new EngineError('BAD_STATE', 'its header cannot be read');
  }
  if (typeof found !== 'object' || found === null || found.schema !== headerSchema)
    throw new EngineError('BAD_STATE', `its format is another one (must be ${headerSchema})`);
  for (const [key, check] of Object.entries(fields))
    if (!check(Object.hasOwn(found, key) ? found[key as keyof Header] : undefined))
      throw new EngineError('BAD_STATE', `its header has no right ${JSON.stringify(key)}`);
  const header = found as Header;
  const { until, maxParticles, state } = header;
  for (const [key, value] of [
    ['maxParticles', maxParticles],
    ['judged', state.judged],
  ] as const)
    if (value !== undefined && !until)
      throw new EngineError('BAD_STATE', `its header has "${key}", but is of no run to a precision`);
  return header;
}
