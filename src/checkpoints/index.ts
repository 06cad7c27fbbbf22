export { checkCounts } from './counts.js';
export { decodeState, encodeState, magic, type StateFile } from './format.js';
export {
  type Generation,
  isKept,
  type Newest,
  olderName,
  readGeneration,
  removeGenerations,
  sweep,
  writeGeneration,
} from './generations.js';
export { type Header, headerSchema, type Shard } from './header.js';
export { Keeper, type Kept } from './keeper.js';
