import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { escapeXml, serialiseSvg } from '../../src/figures/serialise.js';

const svg = (content: string) => {
  const { document } = parseHTML(`<html><body><svg xmlns="http://www.w3.org/2000/svg">${content}</svg></body></html>`);
  return serialiseSvg(document.querySelector('svg'));
};

describe('serialiseSvg', () => {
  it('writes shapes and text', () => {
    expect(svg('<g fill="none"><path d="M0,0L1,1"></path><text x="1">ξ</text></g>')).toBe(
      '<svg xmlns="http://www.w3.org/2000/svg"><g fill="none"><path d="M0,0L1,1"/><text x="1">ξ</text></g></svg>',
    );
  });

  it('leaves out everything that could run, load or restyle', () => {
    const out = svg(
      [
        '<script>alert(1)</script>',
        '<style>*{fill:red}</style>',
        '<foreignObject><b>x</b></foreignObject>',
        '<a href="javascript:alert(1)"><rect width="1"></rect></a>',
        '<rect onclick="alert(1)" style="fill:url(http://evil)" fill="url(http://evil)" width="2"></rect>',
        '<image href="http://evil/x.png" width="3"></image>',
        '<image href="data:image/svg+xml;base64,AAAA" width="4"></image>',
        '<use href="#x"></use>',
      ].join(''),
    );
    expect(out).toBe(
      '<svg xmlns="http://www.w3.org/2000/svg"><rect width="2"/><image width="3"/><image width="4"/></svg>',
    );
  });

  it('escapes text and attributes, and replaces what XML forbids', () => {
    expect(escapeXml('a<b> & "c"\u0000\u0007\ud800')).toBe('a&lt;b&gt; &amp; &quot;c&quot;\ufffd\ufffd\ufffd');
    const { document } = parseHTML('<html><body></body></html>');
    const root = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const text = document.createElementNS('http://www.w3.org/2000/svg', 'text');
    text.setAttribute('aria-label', '"><script>');
    text.appendChild(document.createTextNode('</text><script>alert(1)</script>'));
    root.appendChild(text);
    expect(serialiseSvg(root)).toBe(
      '<svg><text aria-label="&quot;&gt;&lt;script&gt;">&lt;/text&gt;&lt;script&gt;alert(1)&lt;/script&gt;</text></svg>',
    );
  });
});
