/** Time that this process has computed [ms]; unlike a clock's it does not grow while others have the machine. */
export function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
