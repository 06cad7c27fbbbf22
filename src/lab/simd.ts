/** A module of a few bytes with one SIMD instruction: whoever takes it has what the kernel needs. */
const probe = Uint8Array.of(
  0,
  97,
  115,
  109,
  1,
  0,
  0,
  0,
  1,
  5,
  1,
  96,
  0,
  1,
  123,
  3,
  2,
  1,
  0,
  10,
  10,
  1,
  8,
  0,
  65,
  0,
  253,
  15,
  253,
  98,
  11,
);

/** What this browser lacks to run the engine, in words; undefined where it lacks nothing. */
export function missing(): string | undefined {
  if (typeof WebAssembly !== 'object') return 'WebAssembly is switched off or missing in this browser';
  if (!WebAssembly.validate(probe)) return 'This browser has no WebAssembly SIMD, which the engine is made of';
  return undefined;
}
