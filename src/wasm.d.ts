/** A `.wasm` file is imported as its bytes: the bundle and the tests both embed it, so that no page has to serve it. */
declare module '*.wasm' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
