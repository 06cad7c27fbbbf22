/** Buttons that save a drawn figure as SVG and as PNG. */
import { download, pngOf } from '../download.js';

interface Props {
  /** None until it is drawn. */
  readonly svg: string | undefined;
  /** What the files are called, without extension. */
  readonly file: string;
  notice(message: string): void;
}

export function SaveImage({ svg, file, notice }: Props) {
  const saveSvg = () => svg && download(`${file}.svg`, new Blob([svg], { type: 'image/svg+xml' }));
  const savePng = () => {
    if (svg)
      pngOf(svg)
        .then((png) => download(`${file}.png`, png))
        .catch((error: Error) => notice(error.message));
  };
  return (
    <>
      <button type="button" disabled={!svg} onClick={saveSvg}>
        SVG
      </button>
      <button type="button" disabled={!svg} onClick={savePng}>
        PNG
      </button>
    </>
  );
}
