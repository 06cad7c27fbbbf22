/** Formulas in MathML, which browsers set themselves. `math('μ B / 2')`, with tokens between blanks; letters are set in italics, words upright. */
import type { ComponentChildren, JSX } from 'preact';

/** Brackets of a line's own height. The attribute must be written out, which the types take for a boolean. */
const rigid: object = { stretchy: 'false' };

export type Part = string | JSX.Element;

const functions = new Set(['sin', 'cos', 'cot', 'exp', 'sinh', 'tanh', 'for', 'rate']);

function token(text: string, key: number): JSX.Element {
  if (/^[\d.]+$/.test(text)) return <mn key={key}>{text}</mn>;
  if (text === 'quad') return <mspace key={key} width="1.2em" />;
  if (functions.has(text))
    return (
      <mo key={key} lspace="0.17em" rspace="0.17em">
        {text}
      </mo>
    );
  // What stands for itself, without the room that an operator has.
  if (text === 'd' || text === '|')
    return (
      <mi key={key} mathvariant="normal">
        {text}
      </mi>
    );
  if (/^\p{L}/u.test(text)) return <mi key={key}>{text}</mi>;
  return (
    <mo key={key} {...rigid}>
      {text === '-' ? '−' : text}
    </mo>
  );
}

/** Parts one after the other. */
export function row(...parts: readonly Part[]): JSX.Element {
  const all = parts.flatMap((part): Part[] => (typeof part === 'string' ? part.split(' ').filter(Boolean) : [part]));
  return <mrow>{all.map((one, i) => (typeof one === 'string' ? token(one, i) : one))}</mrow>;
}

const single = (part: Part): JSX.Element => (typeof part === 'string' ? row(part) : part);

export const frac = (above: Part, below: Part) => (
  <mfrac>
    {single(above)}
    {single(below)}
  </mfrac>
);
export const sub = (of: Part, by: Part) => (
  <msub>
    {single(of)}
    {single(by)}
  </msub>
);
export const sup = (of: Part, by: Part) => (
  <msup>
    {single(of)}
    {single(by)}
  </msup>
);
export const subsup = (of: Part, below: Part, above: Part) => (
  <msubsup>
    {single(of)}
    {single(below)}
    {single(above)}
  </msubsup>
);
export const sqrt = (of: Part) => <msqrt>{single(of)}</msqrt>;

/** A formula in a line of text. */
export const math = (...parts: readonly Part[]) => <math>{row(...parts)}</math>;

/** A formula on a line of its own. */
export const equation = (...parts: readonly Part[]): ComponentChildren => (
  <div class="equation">
    <math display="block">{row(...parts)}</math>
  </div>
);

export const pPerp2 = subsup('p', '⊥', '2');
export const vPerp = sub('v', '⊥');
export const vPar = sub('v', '∥');
export const B1 = sub('B', '1');
export const B2 = sub('B', '2');
export const Bmin = sub('B', 'min');
export const Bmax = sub('B', 'max');
export const alpha0 = sub('α', '0');
export const xi0 = sub('ξ', '0');
