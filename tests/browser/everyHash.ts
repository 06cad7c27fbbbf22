/** The hashes of every varied scenario, in the page that loads this. */
import * as library from 'losscone';
import { everyHash } from '../everyHash.js';

Object.assign(globalThis, { everyHash: () => everyHash(library) });
