/**
 * Kills a run at seeded moments (SIGKILL) and lets it go on from its checkpoint, each time to its end: its hash must be that of a
 * run that nobody stopped.
 *
 *   npm run kills [-- MOMENTS [SEED]]
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { killable, killedAt, seeded, unkilled } from './cli/command/killed.js';

const [moments = 50, seed = 1] = process.argv.slice(2).map(Number);
const random = seeded(seed);
const folder = mkdtempSync(path.join(tmpdir(), 'losscone-kills-'));
const place = { cwd: folder, command: path.resolve('dist/cli.js') };
let wrong = 0;
let from = 0;
try {
  writeFileSync(path.join(folder, 'killable.yaml'), killable);
  const { hash, checkpoints, gap } = await unkilled(place, 'killable.yaml');
  console.log(`not stopped: ${hash}, ${checkpoints} checkpoints, one in ${gap.toFixed(0)} ms; seed ${seed}`);
  for (let k = 1; k <= moments; k++) {
    const moment = { checkpoints: 1 + Math.floor(random() * checkpoints), later: random() * gap };
    const killed = await killedAt(place, 'killable.yaml', `k${k}`, [moment]);
    const same = killed.hash === hash;
    if (!same) wrong++;
    if ((killed.safe[0] ?? 0) > 0) from++;
    const at = `${moment.later.toFixed(0)} ms after checkpoint ${moment.checkpoints}`;
    const then = killed.kills === 0 ? 'it had ended' : `went on from ${killed.safe[0] ?? 'its results'}`;
    console.log(`${k}: ${at}: ${then}: ${same ? 'same hash' : killed.hash}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${moments} moments, ${from} of them with blocks to go on from: ${wrong} wrong`);
process.exitCode = wrong > 0 ? 1 : 0;
