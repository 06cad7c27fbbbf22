/** PNG in Node: resvg with font files of our own, since on a machine without fonts all text would be dropped silently. */

const fontFiles = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'] as const;
const rasteriser = '@resvg/resvg-js';
let fonts: string[] | undefined;

/** What is used of resvg. Its own types want those of Node, which not everyone has who compiles against ours. */
interface Rasteriser {
  renderAsync(svg: string, options: object): Promise<{ asPng(): Uint8Array }>;
}

/** What draws PNG files, loaded on first use. */
export async function loadRasteriser(): Promise<Rasteriser> {
  // Named by a variable: a page's bundler must not try to pack the native module, which is never loaded there.
  return await import(/* @vite-ignore */ rasteriser);
}

/**
 * An SVG as PNG.
 *
 * @param svg as `renderFigure` gives it
 * @param scale pixels of the PNG per pixel of the SVG; 2 is fit for print and projectors
 * @returns the file's bytes
 * @throws Error outside of Node, or where the font files are missing
 */
export async function renderPng(svg: string, scale = 2): Promise<Uint8Array> {
  const { renderAsync } = await loadRasteriser();
  const image = await renderAsync(svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: { loadSystemFonts: false, fontFiles: fontPaths(), defaultFontFamily: 'DejaVu Sans' },
  });
  return image.asPng();
}

function fontPaths(): string[] {
  if (!fonts) {
    const { createRequire } = process.getBuiltinModule('node:module');
    const { resolve } = createRequire(import.meta.url);
    fonts = fontFiles.map((file) => resolve(`dejavu-fonts-ttf/ttf/${file}`));
  }
  return fonts;
}
