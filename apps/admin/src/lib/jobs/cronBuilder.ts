/** Schedules that can be put together without knowing cron. */
export type CronPlan =
  | { kind: 'minutes'; every: number }
  | { kind: 'hourly'; minute: number }
  | { kind: 'daily'; time: string }
  | { kind: 'weekdays'; time: string }
  | { kind: 'weekly'; weekday: number; time: string }
  | { kind: 'monthly'; day: number; time: string }
  | { kind: 'lastDay'; time: string }

export const planKinds = ['minutes', 'hourly', 'daily', 'weekdays', 'weekly', 'monthly', 'lastDay'] as const

/** Minutes that go evenly into an hour: others begin anew with each hour. */
export const evenMinutes = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30]

/** The expression of a plan. */
export function expressionOf(plan: CronPlan): string {
  switch (plan.kind) {
    case 'minutes':
      return plan.every === 1 ? '* * * * *' : `*/${plan.every} * * * *`
    case 'hourly':
      return `${plan.minute} * * * *`
    case 'daily':
      return `${clock(plan.time)} * * *`
    case 'weekdays':
      return `${clock(plan.time)} * * 1-5`
    case 'weekly':
      return `${clock(plan.time)} * * ${plan.weekday}`
    case 'monthly':
      return `${clock(plan.time)} ${plan.day} * *`
    case 'lastDay':
      return `${clock(plan.time)} L * *`
  }
}

/** The plan that an expression stands for; null when it says what no plan can: it stays as it was typed. */
export function planOf(expression: string): CronPlan | null {
  const fields = expression.trim().split(/\s+/)
  if (fields.length !== 5) return null
  const [minute, hour, day, month, weekday] = fields as [string, string, string, string, string]
  if (month !== '*') return null
  if (hour === '*') return day === '*' && weekday === '*' ? withinHour(minute) : null
  const time = timeOf(hour, minute)
  if (!time) return null
  if (day === '*') return onWeekdays(weekday, time)
  if (weekday !== '*') return null
  if (day === 'L') return { kind: 'lastDay', time }
  const date = whole(day, 1, 31)
  return date === null ? null : { kind: 'monthly', day: date, time }
}

/** A plan of another kind that keeps what both have: the time, the minute. */
export function planFrom(kind: CronPlan['kind'], before: CronPlan | null): CronPlan {
  const time = before && 'time' in before ? before.time : '09:00'
  switch (kind) {
    case 'minutes':
      return { kind, every: 15 }
    case 'hourly':
      return { kind, minute: 0 }
    case 'weekly':
      return { kind, weekday: 1, time }
    case 'monthly':
      return { kind, day: 1, time }
    default:
      return { kind, time }
  }
}

function withinHour(minute: string): CronPlan | null {
  if (minute === '*') return { kind: 'minutes', every: 1 }
  const step = /^\*\/(\d+)$/.exec(minute)
  const every = step ? whole(step[1] ?? '', 1, 30) : null
  if (every !== null) return evenMinutes.includes(every) ? { kind: 'minutes', every } : null
  const at = whole(minute, 0, 59)
  return at === null ? null : { kind: 'hourly', minute: at }
}

function onWeekdays(weekday: string, time: string): CronPlan | null {
  if (weekday === '*') return { kind: 'daily', time }
  if (weekday === '1-5') return { kind: 'weekdays', time }
  const day = whole(weekday, 0, 7)
  return day === null ? null : { kind: 'weekly', weekday: day % 7, time }
}

const clock = (time: string): string => {
  const [hour = '0', minute = '0'] = time.split(':')
  return `${Number(minute)} ${Number(hour)}`
}

function timeOf(hour: string, minute: string): string | null {
  const [h, m] = [whole(hour, 0, 23), whole(minute, 0, 59)]
  if (h === null || m === null) return null
  return `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`
}

function whole(text: string, min: number, max: number): number | null {
  const n = /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN
  return n >= min && n <= max ? n : null
}
