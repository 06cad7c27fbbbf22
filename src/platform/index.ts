import { browserPlatform } from './browser.js';
import { isNode, nodePlatform } from './node.js';
import type { Platform } from './platform.js';

export { browserPlatform } from './browser.js';
export { memoryAtHand } from './memoryAtHand.js';
export { nodePlatform } from './node.js';
export type { Digest, Platform, Port, SpawnedWorker } from './platform.js';

/** The platform this code runs on: Node (or a runtime with Node's modules), else a browser. */
export function detectPlatform(): Platform {
  return isNode() ? nodePlatform : browserPlatform;
}
