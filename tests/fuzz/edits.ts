/** Arbitraries that several targets have in common: texts and bytes of known files, edited. */
import fc from 'fast-check';

/** Pieces that parsers stumble over, of all kinds. */
export const scraps: readonly string[] = [
  ...[
    '\n',
    '\r',
    '\t',
    ' ',
    '  ',
    ',',
    ';',
    ':',
    ': ',
    '- ',
    '? ',
    '#',
    '"',
    "'",
    '[',
    ']',
    '{',
    '}',
    '|',
    '>',
    '&a ',
    '*a',
    '!!x ',
  ],
  ...[
    '\0',
    '\u0007',
    '\u001b[31m',
    '\u009b',
    '\u202e',
    '\u2028',
    '\ufeff',
    '\ud800',
    'é',
    '😀',
    '=1+1',
    '+',
    '-',
    '@',
    '%',
    '..',
    '../',
    '/',
  ],
  ...['0', '-0', '1', '-1', '1e999', '-1e999', '1e308', '1e-320', '5e-324', '9007199254740993', '18446744073709551616'],
  ...['NaN', '.nan', 'Infinity', '.inf', 'null', '~', 'true', '0x10', '1_000', '1,5', '.', '1.', '.5', '1e', '1D+05'],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'then', 'kind', 'file', 'unit', 'values', '<<: '],
  ...[' T', ' m', ' keV', ' c', ' s^-1', ' T^99', ' m/m/m', ' µm', ' 1/s'],
];

interface Edit {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

const scrap = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('', ...scraps) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
  { weight: 1, arbitrary: fc.double().map(String) },
);
const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.oneof({ weight: 4, arbitrary: fc.nat(6) }, { weight: 1, arbitrary: fc.nat(200) }),
  insert: scrap,
});

const edited = (text: string, edits: readonly Edit[]) =>
  edits.reduce((now, { at, remove, insert }) => {
    const i = Math.floor(at * now.length);
    return now.slice(0, i) + insert + now.slice(i + remove);
  }, text);

/** One of some texts, with a few edits. */
export const editedText = (texts: readonly string[], most = 4): fc.Arbitrary<string> =>
  fc.tuple(fc.constantFrom(...texts), fc.array(edit, { maxLength: most })).map(([text, edits]) => edited(text, edits));

/** Some bytes with a few of them changed, cut at an end, or a part of them repeated. */
export const editedBytes = (whole: () => Uint8Array): fc.Arbitrary<Uint8Array> => {
  const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
  const value = fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0xff), fc.nat(255));
  return fc
    .record({
      changes: fc.array(fc.tuple(place, value), { minLength: 1, maxLength: 8 }),
      cut: fc.oneof({ weight: 4, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: place }),
      copied: fc.option(fc.tuple(place, place, fc.nat(64)), { freq: 4 }),
    })
    .map(({ changes, cut, copied }) => {
      const bytes = whole().slice(0, Math.ceil(cut * whole().length));
      const at = (part: number) => Math.floor(part * bytes.length);
      for (const [part, byte] of changes) if (bytes.length > 0) bytes[at(part)] = byte;
      if (copied) bytes.copyWithin(at(copied[0]), at(copied[1]), at(copied[1]) + copied[2]);
      return bytes;
    });
};
