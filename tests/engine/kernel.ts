/** The smallest kernel: nothing. */
export const EMPTY_KERNEL = Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
