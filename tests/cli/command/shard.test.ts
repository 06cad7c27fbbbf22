import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { decodeState } from '../../../src/checkpoints/format.js';
import { planRun } from '../../../src/plan/plan.js';
import { parseScenario } from '../../../src/scenario/index.js';
import { small } from '../../small.js';
import { signalled } from './fromWithin.js';
import { losscone, start, temporaryFolder } from './losscone.js';

const folder = temporaryFolder();
const at = (...parts: string[]) => path.join(folder, ...parts);
writeFileSync(at('small.yaml'), small);
const part = (k: number, of = 3) => `small-${k}-of-${of}.part`;
const run = (...more: string[]) => losscone(folder, ['run', 'small.yaml', '--count', '9000', ...more]);
const merge = (...files: string[]) => losscone(folder, ['merge', ...files, '--json', '--no-figures', '-o', 'merged']);

it('shares computed one by one make the run itself', async () => {
  const whole = await run('--no-figures', '--json', '-q', '-o', 'whole');
  for (const k of [3, 1, 2]) {
    const { code, stdout } = await run('--shard', `${k}/3`, '-q', '-w', String(k));
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^small-${k}-of-3\\.part: share ${k} of 3, [23],\\d{3} of 9,000 particles\n$`));
  }
  const { code, stdout, stderr } = await merge(part(2), part(3), part(1));
  expect(stderr).toBe('merged: scenario.yaml, results.h5, summary.json\n');
  expect(code).toBe(0);
  const { hash, particles, complete } = JSON.parse(stdout);
  expect({ hash, particles, complete }).toEqual({
    hash: JSON.parse(whole.stdout).hash,
    particles: { done: 9000, total: 9000 },
    complete: true,
  });
}, 120_000);

it('names a shard that is missing, given twice, foreign, damaged or not finished', async () => {
  const refused = async (message: RegExp, ...files: string[]) => {
    const { code, stdout, stderr } = await merge(...files);
    expect(stderr).toMatch(message);
    expect(stderr.split('\n')).toHaveLength(2);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  };
  await refused(/^losscone: shard 3 of 3 is missing \(all must be given\)$/m, part(1), part(2));
  await refused(
    /^losscone: \.\/small-2-of-3\.part: is shard 2 of 3, as small-2-of-3\.part is \(must be given once\)$/m,
    part(1),
    part(2),
    `./${part(2)}`,
    part(3),
  );
  await run('--shard', '3/3', '--seed', '8', '-q', '-o', 'foreign');
  await refused(
    /^losscone: foreign\/small-3-of-3\.part: is of another run: its scenario is \w{8}, of small \(must be \w{8}, of small, as in small-1-of-3\.part\)$/m,
    part(1),
    part(2),
    `foreign/${part(3)}`,
  );
  await run('--shard', '3/4', '-q', '-o', 'foreign');
  await refused(
    /foreign\/small-3-of-4\.part: is one of 4 shards \(must be one of 3, as small-1-of-3\.part is\)/,
    part(1),
    `foreign/${part(3, 4)}`,
  );
  writeFileSync(at('cut.part'), readFileSync(at(part(3))).subarray(0, -1));
  await refused(/^losscone: cut\.part: it is damaged: its check sum is wrong$/m, part(1), part(2), 'cut.part');
  await refused(/^losscone: small\.yaml: it is no file of a losscone run$/m, part(1), 'small.yaml');
  await refused(/^losscone: nowhere\.part: there is no such file$/m, 'nowhere.part');
  expect(existsSync(at('merged-2'))).toBe(false);
}, 120_000);

it('a share that was interrupted goes on', async () => {
  const shard = ['run', 'small.yaml', '--count', '3e6', '--shard', '2/20', '-o', 'parts'];
  const kept = [...shard, '--checkpoint', 'share.ckpt', '--checkpoint-every', '20ms'];
  const { code, stderr } = await start(folder, kept, '', signalled({ file: 'share.ckpt.old' })).ended;
  expect(code).toBe(130);
  expect(stderr).toMatch(
    /^share\.ckpt: [\d,]+ particles are safe\. Go on with: losscone resume share\.ckpt -o parts\n/m,
  );
  expect(readdirSync(at('parts'))).toEqual([]);
  expect((await merge('share.ckpt')).stderr).toMatch(
    /share\.ckpt: shard 2 of 20 of small is not finished \(go on with: losscone resume share\.ckpt\)/,
  );
  const resumed = await losscone(folder, ['resume', 'share.ckpt', '-o', 'parts', '-q']);
  expect(resumed).toMatchObject({ code: 0, stdout: expect.stringMatching(/share 2 of 20, 150,\d{3} of 3,000,000/) });
  expect(readdirSync(at('parts'))).toEqual([part(2, 20)]);
  expect(existsSync(at('share.ckpt'))).toBe(false);
  // Its tallies are those of one that nobody stopped: all but the head, which says when it was written.
  const tallies = async () => {
    const { header, state } = decodeState(Uint8Array.from(readFileSync(at('parts', part(2, 20)))));
    const plan = planRun(parseScenario(header.scenario));
    return (await state(plan)).tallies.hash();
  };
  const found = await tallies();
  await losscone(folder, [...shard, '-q', '--force']);
  expect(found).toBe(await tallies());
  expect((await losscone(folder, ['resume', `parts/${part(2, 20)}`])).stderr).toMatch(/is a share that is finished/);
}, 120_000);

it.each([
  [['--shard', '0/3'], /It must be k\/n with 1 <= k <= n <= 100000, such as 3\/100/],
  [['--shard', '3/100', '--until', 'lossRate=1%'], /--shard: goes with no --until/],
])('refuses %j', async (args, message) => {
  const { code, stderr } = await run(...args);
  expect(stderr).toMatch(message);
  expect(code).toBe(2);
});
