/** Every way in, with cases for it. A new one is a line of the list at the end. */
import fc from 'fast-check';
import { decodeState } from '../../src/checkpoints/index.js';
import { withSettings } from '../../src/cli/overrides.js';
import { scanTable } from '../../src/cli/scan.js';
import { solovev } from '../../src/fields/space/eqdsk.js';
import { gridOf } from '../../src/fields/space/grid.js';
import { drawScanFigures, figuresOf, orBlame } from '../../src/figures/index.js';
import { fromComparison, toComparison } from '../../src/lab/compare/link.js';
import { fromFragment, toFragment } from '../../src/lab/scenario/link.js';
import { tableCsv } from '../../src/results/csv.js';
import { digestMark, seal } from '../../src/results/digest.js';
import { encodeResults } from '../../src/results/encode.js';
import { blaming } from '../../src/results/errors.js';
import { decodeResults } from '../../src/results/read.js';
import { pointText, readPoint, scanCsv, scanHdf5, scanText } from '../../src/results/scanFiles.js';
import { resultTables } from '../../src/results/tables.js';
import { type AnyInput, readAny, stepsOf, textOf } from '../../src/scan/kinds.js';
import { ScenarioError } from '../../src/scenario/faults.js';
import { orbitPresets, presets } from '../../src/scenario/index.js';
import { faultList, readText } from '../../src/scenario/read.js';
import { smallRun } from '../results/fixture.js';
import { scanOf } from '../results/scanFixture.js';
import { sound } from '../scenario/sound.js';
import { damagedStates, forgedStates, readState } from './checkpoints.js';
import { editedBytes, editedText, scraps } from './edits.js';
import { obeyed, type Target, target } from './target.js';

/** As the command reads a scenario; a part of those that are accepted is planned, and all can be written down again. */
function readScenario(text: string, files?: (name: string) => string): void {
  const { faults, report } = faultList();
  const document = readText(text, report);
  if (faults.length > 0) throw new ScenarioError(faults);
  checkScenario(document as AnyInput, files);
}

function checkScenario(document: AnyInput, files?: (name: string) => string): void {
  const scenario = readAny(document, { files });
  const written = textOf(scenario);
  if (written.length % 16 === 0) stepsOf(scenario);
}

const texts = [...presets, ...orbitPresets].map(({ yaml }) => yaml).concat(sound);

// Sections and values as a scenario may have them, put together at will.
const word = fc.constantFrom(
  ...scraps,
  'x',
  'uniform',
  'parabolic',
  'table',
  'grid',
  'dipole',
  'fullOrbit',
  'none',
  'auto',
);
const quantity = fc
  .tuple(fc.double(), fc.constantFrom('T', 'm', 'keV', 's', 'c', '1/s', 'm^-3', 'V', 'kg', 'T/m', 'deg', ''))
  .map(([value, unit]) => `${value} ${unit}`);
const leaf = fc.oneof(word, quantity, fc.double(), fc.integer(), fc.bigInt(), fc.boolean(), fc.constant(null));
const key = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom(
      ...[
        'kind',
        'B',
        'ratio',
        'length',
        'count',
        'speed',
        'energy',
        'temperature',
        'pitch',
        'place',
        'stratify',
        'rate',
      ],
      ...[
        'strength',
        'law',
        's',
        'x',
        'until',
        'at',
        'collisionTimes',
        'particles',
        'trajectories',
        'levels',
        'mass',
        'charge',
      ],
      ...[
        'thickness',
        'B0',
        'scale',
        'lowZ',
        'tolerance',
        'step',
        'seed',
        'unit',
        'values',
        'xi',
        'only',
        'left',
        'species',
      ],
    ),
  },
  { weight: 1, arbitrary: word },
);
const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 5 }),
  ),
})).value;
const section = fc.constantFrom(
  ...[
    'name',
    'species',
    'particles',
    'field',
    'potential',
    'parallelField',
    'collisions',
    'boundary',
    'source',
    'motion',
  ],
  ...['times', 'tallies', 'outputs', 'rare', 'seed', 'toString', '__proto__'],
);
const document = fc.dictionary(section, value, { maxKeys: 6 });
const plain = (one: unknown) =>
  JSON.stringify(one, (_, inner) => (typeof inner === 'bigint' ? String(inner) : inner)) ?? 'null';

// Files that a scenario names.
const table = 's [m], B [T]\n-1,5\n-0.5,2\n0,1\n0.5,2\n1,5\n';
const places = gridOf((x, y, z) => ({ B: [-x * z, -y * z, 1 + z * z], E: [0, 0, 0] }), 1, 5);
const grid = `x [m],y [m],z [m],Bx [T],By [T],Bz [T]\n${places.x
  .map((x, i) => [x, places.y[i], places.z[i], places.Bx[i], places.By[i], places.Bz[i]].join(','))
  .join('\n')}\n`;
const number = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: -3, max: 3 }).map(String) },
  fc.double().map(String),
  word,
);
const rowsOf = (columns: number) =>
  fc
    .array(fc.array(number, { minLength: columns - 1, maxLength: columns + 1, size: 'max' }), {
      maxLength: 40,
      size: 'max',
    })
    .map((rows) => rows.map((row) => row.join(',')).join('\n'));
const inField = (kind: string, more: object) => (text: string) =>
  checkScenario({ ...more, field: { kind, file: 'a.csv' } } as unknown as AnyInput, () => text);
const inSpace = { motion: 'fullOrbit', times: { until: '1 us' } };

// Files of results, damaged; or damaged and then sealed, as only somebody who means it would.
const whole = await encodeResults(smallRun(), { yaml: 'name: x\n' });
const open = (() => {
  const bytes = whole.slice();
  const digest =
    Buffer.from(bytes)
      .toString('latin1')
      .match(/[0-9a-f]{64}/g) ?? [];
  return { bytes, digest };
})();
/** The file with the mark of its digest back in place, so that it can be sealed anew. */
const unsealed = (() => {
  const text = Buffer.from(open.bytes).toString('latin1');
  for (const digest of open.digest) {
    const marked = Buffer.from(text.replaceAll(digest, digestMark), 'latin1');
    const again = Uint8Array.from(marked);
    if (seal(again.slice()) === digest) return again;
  }
  throw new Error('fuzz: the digest of a results file was not found');
})();
async function readResults(bytes: Uint8Array): Promise<void> {
  const result = await decodeResults(bytes, 'a.h5');
  for (const one of blaming('a.h5', 'tables cannot be made', () => resultTables(result)))
    blaming('a.h5', 'a table cannot be made', () => tableCsv(one));
  for (const figure of figuresOf(result)) orBlame('a.h5', figure, () => figure.describe(result));
}
/** A file whose scenario somebody wrote, sealed as losscone would. */
const strangers = fc.tuple(section, value).map(([key, one]) => {
  const run = smallRun();
  return { ...run, scenario: { ...run.scenario, [key]: JSON.parse(plain(one)) } } as typeof run;
});
async function readStranger(run: ReturnType<typeof smallRun>): Promise<void> {
  let bytes: Uint8Array;
  try {
    bytes = await encodeResults(run, { yaml: 'name: x\n' });
  } catch {
    return; // none that can be written
  }
  await readResults(bytes);
}
const resealed = editedBytes(() => unsealed).map((bytes) => {
  try {
    seal(bytes);
  } catch {
    // The mark itself was hit: a file without a digest.
  }
  return bytes;
});

const links = await Promise.all(texts.slice(0, 6).map(toFragment));
const pairs = [(await toComparison([texts[0], texts[1]])).slice('compare'.length)];
const scanned = scanOf([1e3, 1e4], [5]);
/** One point of a scan as a file has it, which is then printed, written and drawn with the other. */
async function readScanned(text: string): Promise<void> {
  const [first, second] = scanned.points;
  const read = readPoint(text);
  if (read === undefined) return;
  const scan = { ...scanned, points: [{ ...read, index: 0, values: first.values }, second] };
  const printed = [scanTable(scan), scanCsv(scan), scanText(scan)].join('');
  if (obeyed.test(printed)) throw new Error(`control characters: ${JSON.stringify(printed)}`);
  await scanHdf5(scan);
  for await (const { name } of drawScanFigures(scan, { png: false }))
    if (!/^[\w.-]{1,120}$/.test(name)) throw new Error(`no name of a file: ${name}`);
}

const settings = [
  'field.ratio=4',
  'field={ kind: bottle, B: 1 T, scale: 1 m }',
  'particles.energy=1 keV',
  'particles.stratify.pitch=4',
  'collisions.rate=1e3 /s',
  'times.at=[1 us, 2 us]',
  'motion.step=1 ns',
];

export const targets: readonly Target[] = [
  target('scenario texts', 20, editedText(texts), (text) => readScenario(text)),
  target('scenarios by grammar', 15, document, (one) => readScenario(plain(one))),
  target('scenarios as objects', 10, document, (one) => checkScenario(one as AnyInput)),
  target(
    'settings',
    5,
    fc.oneof(
      editedText(settings, 2),
      fc
        .tuple(key, fc.oneof(editedText(texts.map((text) => text.slice(0, 80))), value.map(plain)))
        .map(([path, text]) => `particles.${path}=${text}`),
    ),
    (setting) => checkScenario(withSettings({}, [setting]) as AnyInput),
  ),
  target('tables', 14, fc.oneof(editedText([table]), rowsOf(2)), inField('table', {})),
  target('grids', 8, fc.oneof(editedText([grid], 2), rowsOf(6)), inField('grid', inSpace)),
  target('equilibria', 8, editedText([solovev(9).text], 3), inField('eqdsk', inSpace)),
  target(
    'results, damaged',
    4,
    editedBytes(() => whole),
    readResults,
  ),
  target('results, forged', 4, resealed, readResults),
  target('links', 6, editedText(links), (link) => fromFragment(link)),
  target('links of pairs', 4, editedText(pairs), (link) => fromComparison(link)),
  target('results of strange scenarios', 3, strangers, readStranger),
  target('points of scans', 4, editedText([pointText(scanned.points[0])]), readScanned),
  target('states, damaged', 4, damagedStates, (file) => decodeState(file)),
  target('states, forged', 3, forgedStates, readState),
];
