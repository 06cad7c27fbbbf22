/** Limits that several profiles share. The widest that anything known needs: a magnetar's 1e11 T, a galaxy's 1e-10 T. Below them squares underflow. */
const STRENGTH = { what: 'a field strength', above: 0, min: 1e-18, max: 1e12 } as const;
const LENGTH = { what: 'a length of a field line', above: 0, min: 1e-9, max: 1e13 } as const;

/** Limits of a field strength [T]. */
export const fieldStrength = (description: string) => ({ description, ...STRENGTH });
/** Limits of a length along or across a field line [m]. */
export const lineLength = (description: string) => ({ description, ...LENGTH });
/** Limits of a mirror ratio. */
export const mirrorRatio = (description: string) => ({
  description,
  what: 'a mirror ratio',
  above: 1,
  max: 1e6,
  example: 5,
});
/** Limits of a potential drop [V]. */
export const potentialDrop = (description: string) => ({
  description,
  what: 'a potential drop',
  min: -1e12,
  max: 1e12,
  example: '2 kV',
});

/** A place as the signed fraction of the way from the midplane (0) to the throat on its side (±1), and that fraction per metre. */
export function place(
  field: { readonly sMid: number; readonly sLeft: number; readonly sRight: number },
  s: number,
): { x: number; perMetre: number } {
  const perMetre = 1 / (s < field.sMid ? field.sMid - field.sLeft : field.sRight - field.sMid);
  return { x: (s - field.sMid) * perMetre, perMetre };
}
