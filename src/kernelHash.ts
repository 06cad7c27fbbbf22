import wasm from '../dist/losscone.wasm';
import { sha256 } from './engine/index.js';

/** SHA-256 of the kernel's bytes, as it stands in every result: 64 hexadecimal digits. */
export const kernelHash = (): string => sha256(wasm);
