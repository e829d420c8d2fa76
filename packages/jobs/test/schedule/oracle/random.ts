export interface Random {
  /** From 0 to `below`, without it. */
  integer(below: number): number
  pick<T>(values: readonly T[]): T
}

/** A generator whose numbers follow from a seed (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const integer = (below: number) => Math.floor(next() * below)
  return {
    integer,
    pick: (values) => {
      const value = values[integer(values.length)]
      if (value === undefined) throw new Error('nothing to pick from')
      return value
    },
  }
}

const months = ['jan', 'FEB', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'Oct', 'nov', 'dec']
const weekdays = ['sun', 'mon', 'Tue', 'wed', 'thu', 'fri', 'SAT']
const nicknames = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly']

/** Any expression of five fields, or six; times lean to the hours at which clocks change. */
export function randomExpression(random: Random, hasSeconds: boolean): string {
  if (!hasSeconds && random.integer(50) === 0) return random.pick(nicknames)
  const minute = random.pick([
    () => list(random, 0, 59),
    () => random.pick(['0', '30', '15', '0,30', '15,45', '59']),
  ])
  const hour = random.pick([
    () => list(random, 0, 23),
    () => random.pick(['0', '1', '2', '3', '23', '22,23', '0-3', '1,2', '2,3', '*', '22-23', '1-3/2']),
  ])
  const fields = [minute(), hour(), dayOfMonth(random), month(random), weekday(random)]
  return (
    hasSeconds ? [random.pick([list(random, 0, 59), '0', '30', '*/20', '59']), ...fields] : fields
  ).join(' ')
}

/** Day of month, month and weekday alone, without the rest of the expression. */
export function randomDays(random: Random): string {
  return `${dayOfMonth(random)} ${month(random)} ${weekday(random)}`
}

function dayOfMonth(random: Random): string {
  if (random.integer(2) === 0) return random.pick(['*', '*', '*', '?'])
  const date = () => String(1 + random.integer(31))
  return random.pick([
    () => list(random, 1, 31),
    () => 'L',
    () => 'LW',
    () => `${date()}W`,
    () => `${date()}W,${date()},L`,
    () => `${date()},${1 + random.integer(28)}w`,
    () => `L,${list(random, 1, 31)}`,
  ])()
}

function month(random: Random): string {
  if (random.integer(3) > 0) return '*'
  return random.pick([
    () => list(random, 1, 12),
    () => random.pick(['3', '10', '3,10', '4,9,11', '3-4']),
    () => `${months[random.integer(6)]}-${months[6 + random.integer(6)]}`,
    () => `${random.pick(months)},${random.pick(months)}`,
  ])()
}

function weekday(random: Random): string {
  if (random.integer(2) === 0) return random.pick(['*', '*', '?'])
  const one = () => random.pick([() => String(random.integer(8)), () => random.pick(weekdays)])()
  const plain = random.pick([
    one,
    () => list(random, 0, 7),
    () => `${one()}#${1 + random.integer(5)}`,
    () => `${one()}L`,
    () => `${one()},${one()}#${1 + random.integer(5)},${one()}L`,
    () =>
      random.pick(['mon-fri', 'MON-FRI/2', 'sat-sun', 'fri-sun', 'sun-sat', '5-7', '0-7', '1-5#2', '6-7L']),
  ])()
  return random.integer(4) === 0 ? `+${plain}` : plain
}

function list(random: Random, low: number, high: number): string {
  const count = random.pick([1, 1, 1, 2, 3])
  return Array.from({ length: count }, () => item(random, low, high)).join(',')
}

function item(random: Random, low: number, high: number): string {
  const between = (from: number, to: number) => from + random.integer(to - from + 1)
  const from = between(low, high)
  const to = between(from, high)
  const step = between(1, high - low)
  return random.pick([
    () => String(from),
    () => String(from),
    () => `${from}-${to}`,
    () => `${from}-${to}/${step}`,
    () => `*/${step}`,
    () => '*',
  ])()
}
