/** Advance widths as the font file has them (TrueType: tables cmap, hhea, hmtx), to check the table in src/figures/text.ts by. */
import { readFileSync } from 'node:fs';

export interface Font {
  /** Width in font sizes; undefined where the font has no such character. */
  advance(character: string): number | undefined;
}

export function readFont(file: string): Font {
  const bytes = readFileSync(file);
  const table = (tag: string): number => {
    for (let i = 0; i < bytes.readUInt16BE(4); i++)
      if (bytes.toString('latin1', 12 + 16 * i, 16 + 16 * i) === tag) return bytes.readUInt32BE(12 + 16 * i + 8);
    throw new Error(`${file}: no table ${tag}`);
  };
  const unit = bytes.readUInt16BE(table('head') + 18);
  const metrics = bytes.readUInt16BE(table('hhea') + 34);
  const [cmap, hmtx] = [table('cmap'), table('hmtx')];
  const glyphs = new Map<number, number>();
  for (let i = 0; i < bytes.readUInt16BE(cmap + 2); i++) {
    const at = cmap + bytes.readUInt32BE(cmap + 4 + 8 * i + 4);
    if (bytes.readUInt16BE(at) !== 12) continue;
    for (let k = 0; k < bytes.readUInt32BE(at + 12); k++) {
      const [first, last, glyph] = [0, 4, 8].map((offset) => bytes.readUInt32BE(at + 16 + 12 * k + offset));
      for (let code = first; code <= last; code++) glyphs.set(code, glyph + code - first);
    }
  }
  return {
    advance(character) {
      const glyph = glyphs.get(character.codePointAt(0)!);
      if (glyph === undefined) return undefined;
      return bytes.readUInt16BE(hmtx + 4 * Math.min(glyph, metrics - 1)) / unit;
    },
  };
}

const folder = 'node_modules/dejavu-fonts-ttf/ttf';
export const regular = readFont(`${folder}/DejaVuSans.ttf`);
export const bold = readFont(`${folder}/DejaVuSans-Bold.ttf`);

/** Exact width of a line of text [px]. */
export function exactWidth(text: string, size: number, font: Font = regular): number {
  return size * [...text].reduce((sum, character) => sum + (font.advance(character) ?? 0.6), 0);
}
