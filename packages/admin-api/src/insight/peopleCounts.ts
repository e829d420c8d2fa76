import type { InsightStore, Stretch } from '@kamihi/store'

/** How many people were reached in the last weeks: counting them takes a while, so that it is remembered. */
export interface PeopleCounts {
  /** The newest numbers that are known; null while they are counted for the first time and that takes long. */
  of(weeks: Weeks, deliveries: number, now: number): Promise<Counted | null>
}

export interface Weeks {
  thisWeek: Stretch
  lastWeek: Stretch
}

export interface Counted {
  thisWeek: number
  lastWeek: number
}

const keptMs = 5 * 60_000
/** So many are counted in a few hundredths of a second: that is waited for. */
const quick = 20_000

export function createPeopleCounts(insights: Pick<InsightStore, 'peopleReached'>): PeopleCounts {
  let known: { at: number; counted: Counted } | null = null
  let counting: Promise<Counted> | null = null

  const count = async ({ thisWeek, lastWeek }: Weeks, now: number): Promise<Counted> => {
    const counted = {
      thisWeek: await insights.peopleReached(thisWeek),
      lastWeek: await insights.peopleReached(lastWeek),
    }
    known = { at: now, counted }
    return counted
  }
  /** One at a time, whoever asks. */
  const countOnce = (weeks: Weeks, now: number): Promise<Counted> => {
    counting ??= count(weeks, now).finally(() => {
      counting = null
    })
    return counting
  }
  return {
    async of(weeks, deliveries, now) {
      if (deliveries <= quick) return countOnce(weeks, now)
      // What fails is tried again by whoever asks next.
      if (!known || now - known.at > keptMs) countOnce(weeks, now).catch(() => undefined)
      return known?.counted ?? null
    },
  }
}
