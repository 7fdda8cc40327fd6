/** Milliseconds of processor time that this process, with all of its threads, has had: what others do at the time is not in it. */
export function processorMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
