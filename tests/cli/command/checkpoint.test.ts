import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { signalled } from './fromWithin.js';
import { killable, killedAt, seeded, unkilled } from './killed.js';
import { losscone, start, temporaryFolder } from './losscone.js';

const folder = temporaryFolder();
const command = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));
const place = { cwd: folder, command };
const at = (...parts: string[]) => path.join(folder, ...parts);
const file = 'killable.yaml';
writeFileSync(at(file), killable);
const quiet = ['--json', '--no-figures'];
const hashOf = (stdout: string): string => JSON.parse(stdout).hash;

/** A run that is interrupted when it has kept something. */
function interrupted(args: readonly string[], kept: string, signal: NodeJS.Signals = 'SIGINT') {
  const often = ['--no-figures', `--checkpoint=${kept}`, '--checkpoint-every', '20ms'];
  return start(folder, ['run', ...args, ...often], '', signalled({ file: `${kept}.old`, signal })).ended;
}

it('killed at any moment goes on to the hash of a run that nobody stopped', async () => {
  const { hash, checkpoints, gap } = await unkilled(place, file);
  expect(existsSync(at('whole.ckpt'))).toBe(false);
  expect(existsSync(at('whole.ckpt.old'))).toBe(false);
  // `npm run kills` does this at 50 moments, and each time to the end.
  const random = seeded(6);
  let kills = 0;
  const safe: number[] = [];
  for (const [id, first] of [
    ['a', 1],
    ['b', 2],
  ] as const) {
    // How many checkpoints fit in a run depends on the machine: the first kill of each comes before its end in any case.
    const others = Array.from({ length: 3 }, () => ({
      checkpoints: 1 + Math.floor((random() * checkpoints) / 3),
      later: random() * gap,
    }));
    const moments = [{ checkpoints: first, later: 0 }, ...others];
    const killed = await killedAt(place, file, id, moments);
    expect(killed.hash).toBe(hash);
    kills += killed.kills;
    safe.push(...killed.safe);
  }
  expect(kills).toBeGreaterThanOrEqual(2);
  expect(Math.max(...safe)).toBeGreaterThan(0);
}, 300_000);

describe('a run that is interrupted', () => {
  it('keeps its last state, and says how to go on', async () => {
    const reference = await losscone(folder, ['run', file, '-q', '-o', 'reference', ...quiet]);
    const { code, stderr } = await interrupted([file, '-o', 'ended'], 'ended.ckpt');
    expect(code).toBe(130);
    const [, done, resume] =
      /ended\.ckpt: ([\d,]+) of 200,000 particles are safe\. Go on with: losscone (.*)\n/.exec(stderr) ?? [];
    expect(resume).toBe('resume ended.ckpt -o ended --force');
    const partial = JSON.parse(readFileSync(at('ended/summary.json'), 'utf8'));
    expect(partial).toMatchObject({ complete: false, particles: { done: Number(done.replaceAll(',', '')) } });
    const again = await losscone(folder, [...resume.split(' '), ...quiet]);
    expect(again.stderr).toContain(`goes on from ${done} of 200,000 particles`);
    expect(again.code).toBe(0);
    expect(hashOf(again.stdout)).toBe(hashOf(reference.stdout));
    expect(JSON.parse(readFileSync(at('ended/summary.json'), 'utf8')).complete).toBe(true);
    expect(readdirSync(folder).filter((name) => name.includes('ended.ckpt'))).toEqual([]);
  }, 120_000);

  it('to a precision takes as many particles as one that was not', async () => {
    const until = ['mirror', '--until', 'lossRate=0.9%', '--set', 'times.count=8', '--set', 'tallies.speed.bins=4'];
    const reference = await losscone(folder, ['run', ...until, '-q', ...quiet]);
    const { code } = await interrupted(until, 'until.ckpt', 'SIGTERM');
    expect(code).toBe(143);
    const again = await losscone(folder, ['resume', 'until.ckpt', ...quiet]);
    expect(again.code).toBe(0);
    expect(again.stderr).toMatch(/particles taken: precise enough: lossRate to/);
    expect(hashOf(again.stdout)).toBe(hashOf(reference.stdout));
  }, 120_000);

  it('of orbits in space goes on too, with its paths', async () => {
    const orbits = ['bottle-orbits', '--count', '6000', '--set', 'outputs.trajectories=1'];
    const reference = await losscone(folder, ['run', ...orbits, '-q', ...quiet]);
    await interrupted(orbits, 'orbits.ckpt');
    const again = await losscone(folder, ['resume', 'orbits.ckpt', '-w', '1', ...quiet]);
    expect(again.code).toBe(0);
    expect(hashOf(again.stdout)).toBe(hashOf(reference.stdout));
  }, 120_000);

  it('keeps its tables', async () => {
    const rows = Array.from({ length: 60_001 }, (_, i) => (i - 30_000) / 30_000);
    writeFileSync(at('long.csv'), rows.map((s) => `${s},${0.5 + 2 * s * s}`).join('\n'));
    writeFileSync(at('long.yaml'), 'particles: { count: 1e8 }\nfield: { kind: table, file: long.csv }\n');
    const { stderr } = await interrupted(['long.yaml', '-o', 'long'], 'long.ckpt');
    expect(stderr).toContain('particles are safe');
    rmSync(at('long.csv'));
    const alone = await losscone(folder, ['resume', 'long.ckpt', '--replay-block', '0', '-o', 'alone', ...quiet]);
    expect(JSON.parse(alone.stdout).particles.done).toBe(1024);
    expect(existsSync(at('long.ckpt'))).toBe(true);
  }, 120_000);
});

describe('a checkpoint', () => {
  /** One that a run left, with other bytes. */
  async function changed(name: string, change: (bytes: Buffer) => Buffer): Promise<void> {
    if (!existsSync(at('kept.ckpt'))) await interrupted([file, '--count', '1e8', '-o', 'kept'], 'kept.ckpt');
    writeFileSync(at(name), change(readFileSync(at('kept.ckpt'))));
  }

  it('that is there is not written over', async () => {
    await changed('there.ckpt', (bytes) => bytes);
    const again = ['run', file, '--count', '2000', '--checkpoint', 'there.ckpt', '-q', ...quiet];
    const refused = await losscone(folder, again);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toBe(
      'losscone: there.ckpt: is a checkpoint already (go on with: losscone resume there.ckpt; or --force writes over it)\n',
    );
    // Nor by a run that cannot begin, whatever may be written over.
    for (const impossible of [
      ['-o', '/proc/nowhere'],
      ['--memory', '1kB'],
    ]) {
      const { code } = await losscone(folder, [...again, '--force', ...impossible]);
      expect(code).toBe(2);
      expect(readFileSync(at('there.ckpt'))).toEqual(readFileSync(at('kept.ckpt')));
    }
    expect((await losscone(folder, [...again, '--force'])).code).toBe(0);
    expect(existsSync(at('there.ckpt'))).toBe(false);
  });

  it('is none where it has the name of a share, or of an older one', async () => {
    const share = ['run', file, '--count', '2000', '--shard', '1/2', '-q'];
    expect((await losscone(folder, share)).code).toBe(0);
    const part = readFileSync(at('killable-1-of-2.part'));
    const run = (name: string, ...more: string[]) =>
      losscone(folder, ['run', file, '--count', '2000', '--checkpoint', name, '-q', ...quiet, ...more]);
    for (const more of [[], ['--force']])
      expect(await run('killable-1-of-2.part', ...more)).toMatchObject({
        code: 2,
        stderr:
          'losscone: killable-1-of-2.part: is there already, and is a share that is finished (give another name)\n',
      });
    expect(readFileSync(at('killable-1-of-2.part'))).toEqual(part);
    rmSync(at('killable-1-of-2.part'));
    const older = 'is the name of the older generation of q (give q, or another name)';
    expect(await run('q.old')).toMatchObject({ code: 2, stderr: `losscone: q.old: ${older}\n` });
    expect(await losscone(folder, ['resume', 'q.old'])).toMatchObject({
      code: 2,
      stderr: `losscone: q.old: ${older}\n`,
    });
  });

  it('is not begun by a run that does not fit', async () => {
    for (const more of [[], ['--shard', '1/2']]) {
      const args = ['run', file, '--memory', '1kB', '--checkpoint', 'large.ckpt', '-q', ...quiet.slice(1), ...more];
      expect((await losscone(folder, args)).code).toBe(2);
      expect(existsSync(at('large.ckpt'))).toBe(false);
    }
  });

  it('that is damaged is refused, or its older generation taken', async () => {
    const flip = (bytes: Buffer) => {
      bytes[bytes.length >> 1] ^= 4;
      return bytes;
    };
    await changed('flipped.ckpt', flip);
    const refused = await losscone(folder, ['resume', 'flipped.ckpt']);
    expect(refused.stderr).toBe('losscone: flipped.ckpt: it is damaged: its check sum is wrong\n');
    expect(refused.code).toBe(2);
    await changed('flipped.ckpt.old', (bytes) => bytes);
    const older = await losscone(folder, ['resume', 'flipped.ckpt', '--replay-block', '3', '-o', 'older', ...quiet]);
    expect(older.stderr).toContain(
      'flipped.ckpt: it is damaged: its check sum is wrong; the one before it is whole.\n',
    );
    expect(older.code).toBe(0);
  });

  it.each([
    ['kernelHash', /was computed by the kernel 00000000 of losscone [\d.]+ \(must be [0-9a-f]{8}, of this losscone/],
    ['scenarioHash', /its scenario is [0-9a-f]{8} here, but its particles are of 00000000 \(must be the same/],
    ['planHash', /plans its scenario otherwise, as [0-9a-f]{8} \(must be 00000000: go on with losscone/],
  ])('with another %s is refused by name', async (key, message) => {
    const { createHash } = await import('node:crypto');
    await changed('foreign.ckpt', (bytes) => {
      const text = bytes.toString('latin1').replace(new RegExp(`"${key}":"[0-9a-f]{8}`), `"${key}":"00000000`);
      const other = Buffer.from(text, 'latin1');
      createHash('sha256')
        .update(other.subarray(0, -32))
        .digest()
        .copy(other, other.length - 32);
      return other;
    });
    const { code, stderr } = await losscone(folder, ['resume', 'foreign.ckpt']);
    expect(stderr).toMatch(message);
    expect(stderr.split('\n')).toHaveLength(2);
    expect(code).toBe(2);
  });

  it.each([
    [['resume', 'nowhere.ckpt'], /nowhere\.ckpt: there is no such file/],
    [['resume', file], /killable\.yaml: it is no file of a losscone run/],
    [['resume', '/dev/zero'], /\/dev\/zero: it is no regular file/],
    [['run', file, '--checkpoint', file, '--force'], /killable\.yaml: is there already, and is no checkpoint/],
    [['run', file, '--checkpoint', ''], /--checkpoint: "" is no file/],
    [['run', file, '--checkpoint', '..'], /--checkpoint: "\.\." is no file/],
    [
      ['run', file, '--checkpoint', 'out/summary.json', '-o', 'out'],
      /is in the way of out\/summary\.json, which the run/,
    ],
    [
      ['run', file, '--checkpoint', 'out/figures/x', '-o', 'out'],
      /is in the way of out\/figures, which the run writes/,
    ],
    [['run', file, '--checkpoint', 'out', '-o', 'out'], /^losscone: out: is in the way of out\/scenario\.yaml, which/],
    [
      ['run', file, '--checkpoint', 'results'],
      /^losscone: results: is in the way of results\/killable-\d\/scenario\.yaml/,
    ],
    [
      ['run', file, '--checkpoint', 'killable-1-of-2.part', '--shard', '1/2'],
      /is in the way of killable-1-of-2\.part, which the run writes \(give the checkpoint another name\)/,
    ],
    [['run', file, '--checkpoint-every', '30s'], /--checkpoint-every: says how often, but not where/],
    // No one may write there, whoever it is.
    [['run', file, '--checkpoint', '/proc/x.ckpt'], /\/proc\/x\.ckpt: cannot be written: .*give --checkpoint another/],
    [['run', file, '--checkpoint', 'nowhere/x.ckpt'], /x\.ckpt: cannot be written: there is no such folder/],
  ])('is asked for in vain: %j', async (args, message) => {
    const { code, stdout, stderr } = await losscone(folder, args);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

it('goes on where its folder is gone on the way, and says what is safe', async () => {
  mkdirSync(at('disk'));
  const args = ['--checkpoint', 'disk/run.ckpt', '--checkpoint-every', '20ms', '-o', 'without', ...quiet];
  const session = start(folder, ['run', file, '--count', '1e8', ...args]);
  await expect.poll(() => existsSync(at('disk/run.ckpt.old')), { timeout: 60_000, interval: 20 }).toBe(true);
  renameSync(at('disk'), at('unmounted'));
  await session.said(
    /disk\/run\.ckpt: cannot be written: .*; the run goes on\. It held [\d,]+ of 100,000,000 particles, kept at [\d:]+, and is not there now\./,
  );
  renameSync(at('unmounted'), at('disk'));
  await session.said(/disk\/run\.ckpt: is written again\./);
  session.child.kill('SIGINT');
  const { code, stderr } = await session.ended;
  expect(stderr).toMatch(/particles are safe\. Go on with: losscone resume disk\/run\.ckpt -o without --force\n/);
  expect(code).toBe(130);
}, 120_000);

it('calls nothing safe that is gone', async () => {
  mkdirSync(at('taken'));
  const args = ['--checkpoint', 'taken/run.ckpt', '--checkpoint-every', '20ms', '-o', 'taken-out', ...quiet];
  const session = start(folder, ['run', file, '--count', '1e8', ...args]);
  await expect.poll(() => existsSync(at('taken/run.ckpt.old')), { timeout: 60_000, interval: 20 }).toBe(true);
  renameSync(at('taken'), at('taken-away'));
  await session.said(/is not there now/);
  session.child.kill('SIGINT');
  const { code, stderr } = await session.ended;
  expect(stderr).toMatch(/\ntaken\/run\.ckpt: cannot be written: .*\. It held [\d,]+ of .* and is not there now\.\n/);
  expect(stderr).not.toContain('Go on with');
  expect(code).toBe(130);
}, 120_000);

it('has names that are no options and nothing that a terminal would obey', async () => {
  for (const [name, told] of [
    ['-dashed.ckpt', '-dashed.ckpt'],
    ['re\u001b[31md.ckpt', 're\\u001b[31md.ckpt'],
  ]) {
    const { stderr } = await interrupted([file], name);
    expect(stderr).not.toContain('\u001b');
    expect(stderr).toContain(`${told}: `);
    if (name.startsWith('-')) {
      const [, command] = /Go on with: losscone (.*)\n/.exec(stderr) ?? [];
      expect(command).toBe('resume ./-dashed.ckpt');
      expect((await losscone(folder, [...command.split(' '), '-q', ...quiet])).code).toBe(0);
    } else {
      const again = await losscone(folder, ['resume', name, '--no-figures']);
      expect(again).toMatchObject({ code: 0, stderr: expect.stringContaining(`${told}: goes on from`) });
      expect(again.stderr).not.toContain('\u001b');
    }
  }
}, 120_000);

it.runIf(process.platform === 'linux')(
  'goes on where no room is left, and keeps the state before',
  async () => {
    // A limit of the shell: files may have 16 kB, which the first checkpoint has and the later ones and results have not.
    const run = `ulimit -f 32 && exec '${process.execPath}' '${command}' run ${file} -o full --no-figures --checkpoint full.ckpt --checkpoint-every 20ms`;
    const { execFile } = await import('node:child_process');
    const { code, stderr } = await new Promise<{ code: number; stderr: string }>((resolve) =>
      execFile('sh', ['-c', run], { cwd: folder }, (error, _, stderr) =>
        resolve({ code: Number(error?.code), stderr }),
      ),
    );
    expect(stderr).toMatch(/^full\.ckpt: cannot be written: no file may be that large; the run goes on\. Safe: /m);
    expect(stderr).toMatch(
      /^full\.ckpt: [\d,]+ of 200,000 particles are safe, kept at .*Go on with: losscone resume full/m,
    );
    expect(stderr).toMatch(/^losscone: full\/results\.h5: cannot be written/m);
    expect(code).toBe(1);
    const again = await losscone(folder, ['resume', 'full.ckpt', '-o', 'full', '--force', ...quiet]);
    const reference = JSON.parse(readFileSync(at('reference/summary.json'), 'utf8'));
    expect(hashOf(again.stdout)).toBe(reference.hash);
  },
  120_000,
);
