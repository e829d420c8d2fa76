export function median(values) {
  return quantile(values, 0.5)
}

/** The value that the share `q` of all values does not exceed. */
export function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))] ?? Number.NaN
}

/** The `b` of `cost = a · size^b` that fits best: 0 is flat, 1 is in proportion. */
export function exponent(points) {
  const known = points.filter(([, cost]) => !Number.isNaN(cost))
  const logs = known.map(([size, cost]) => [Math.log(size), Math.log(Math.max(cost, Number.EPSILON))])
  const mean = (index) => logs.reduce((sum, pair) => sum + pair[index], 0) / logs.length
  const [x, y] = [mean(0), mean(1)]
  const over = logs.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0)
  return over / logs.reduce((sum, [a]) => sum + (a - x) ** 2, 0)
}

export const mebibytes = (bytes) => bytes / 1024 / 1024

/** How long `work` took, in wall time and in time of this process's threads. */
export async function timed(work) {
  const cpu = process.cpuUsage()
  const began = performance.now()
  const result = await work()
  const ms = performance.now() - began
  const { user, system } = process.cpuUsage(cpu)
  return { result, ms, cpuMs: (user + system) / 1000 }
}
