import { anyJsonSchema } from '../scenario/index.js';

/** `losscone schema`. */
export function schema(): void {
  process.stdout.write(`${JSON.stringify(anyJsonSchema(), null, 2)}\n`);
}
