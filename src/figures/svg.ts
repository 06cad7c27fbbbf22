/** Making SVG elements in a page's document or in linkedom's. */

/** What drawing needs of a document; a browser's and linkedom's both have it. */
export type DrawingDocument = Pick<Document, 'createElementNS' | 'createTextNode'>;

export type Make = (name: string, attributes: Record<string, string | number>, text?: string) => Element;

/** A maker of elements of a document. */
export function maker(document: DrawingDocument): Make {
  return (name, attributes, text) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes))
      element.setAttribute(key, String(typeof value === 'number' ? round(value) : value));
    if (text !== undefined) element.appendChild(document.createTextNode(text));
    return element;
  };
}

/** Hundredths of a pixel are enough. */
export const round = (value: number): number => Math.round(value * 100) / 100;
