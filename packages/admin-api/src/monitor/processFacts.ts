import { monitorEventLoopDelay } from 'node:perf_hooks'

/** What is measured of this process while the API runs. */
export interface ProcessFacts {
  /** When it was started, epoch milliseconds. */
  readonly startedAt: number
  /** 99th percentile of how late the event loop was, in milliseconds, since `who` last asked. */
  eventLoopLagMs(who: string): number
  stop(): void
}

/** Two looks a second: they find stalls, and cost an idle bot nothing. */
const resolutionMs = 500

export function measureProcess(startedAt: number): ProcessFacts {
  // Who asks must not take the numbers away from the others.
  const histograms = new Map<string, ReturnType<typeof monitorEventLoopDelay>>()
  const start = () => {
    const histogram = monitorEventLoopDelay({ resolution: resolutionMs })
    histogram.enable()
    return histogram
  }
  return {
    startedAt,
    eventLoopLagMs(who) {
      const histogram = histograms.get(who) ?? start()
      histograms.set(who, histogram)
      const lag = histogram.count === 0 ? 0 : histogram.percentile(99) / 1e6 - resolutionMs
      histogram.reset()
      return Math.max(0, Math.round(lag * 10) / 10)
    },
    stop() {
      for (const histogram of histograms.values()) histogram.disable()
    },
  }
}
