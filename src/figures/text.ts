/**
 * How wide text is in DejaVu Sans, so that it can be broken, placed and kept apart without a browser or a rasteriser.
 *
 * Advance widths in hundredths of the font size, of the characters from space to `~` (DejaVu 2.37, table `hmtx`).
 */
const regular = widths(
  '32 40 46 84 64 95 78 27 39 39 50 84 32 36 32 34 64 64 64 64 64 64 64 64 64 64 34 34 84 84 84 53 100 68 69 70 77 63 58 77 75 29 29 66 56 86 75 79 60 79 69 63 61 73 68 99 69 61 69 39 34 39 84 50 50 61 63 55 63 62 35 63 63 28 28 58 28 97 63 61 63 63 41 52 39 63 59 82 59 59 52 64 34 64 84',
);
const bold = widths(
  '35 46 52 84 70 100 87 31 46 46 52 84 38 42 38 37 70 70 70 70 70 70 70 70 70 70 40 40 84 84 84 58 100 77 76 73 83 68 68 82 84 37 37 77 64 100 84 85 73 85 77 72 68 81 77 110 77 72 73 46 37 46 84 50 50 67 72 59 72 68 44 72 71 34 34 67 34 104 71 69 72 72 49 60 48 71 65 92 65 65 58 71 37 71 84',
);

function widths(list: string): readonly number[] {
  return list.split(' ').map((width) => Number(width) / 100);
}

/** Small raised and lowered characters are narrow, signs wide, Greek like Latin; what no figure says is taken as wide. */
function other(character: string): number {
  if (character === '\u00a0') return 0.35;
  if (/[⁰¹²³⁴⁵⁶⁷⁸⁹₀-₉ₐ-ₜ⟨⟩·]/.test(character)) return 0.46;
  if (/[±×−≤≥≈∞]/.test(character)) return 0.84;
  if (/[\u0300-\u036f]/.test(character)) return 0;
  return character.charCodeAt(0) < 0x2e80 && character !== '…' ? 0.7 : 1;
}

/**
 * Width of a line of text.
 *
 * @param text one line
 * @param size of the font [px]
 * @param heavy whether it is bold
 * @returns px, right to 1 % for ASCII and an upper bound for nearly everything else
 * @example textWidth('time (s)', 12) // ≈ 46.56
 */
export function textWidth(text: string, size: number, heavy = false): number {
  const table = heavy ? bold : regular;
  let width = 0;
  for (const character of text) width += table[character.charCodeAt(0) - 32] ?? other(character);
  return width * size;
}

/**
 * Text in lines that fit, broken at spaces (but not at U+00A0); a word that is wider than a line is cut and ends in `…`.
 *
 * @param text any
 * @param width of a line [px]
 * @param size of the font [px]
 * @param heavy whether it is bold
 * @param most lines at most: the last of them then ends in `…`
 * @returns at least one line
 * @example wrapText('one two three', 50, 12) // ['one two', 'three']
 */
export function wrapText(text: string, width: number, size: number, heavy = false, most = Infinity): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(`${last} ${word}`, size, heavy) <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  const kept = lines.slice(0, most).map((line) => cut(line, width, size, heavy));
  if (lines.length > most) kept[most - 1] = cut(`${kept[most - 1]} …`, width, size, heavy);
  return kept;
}

function cut(line: string, width: number, size: number, heavy: boolean): string {
  if (textWidth(line, size, heavy) <= width) return line;
  const characters = [...line.replace(/ ?…$/, '')];
  while (characters.length > 1 && textWidth(`${characters.join('')}…`, size, heavy) > width) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}
