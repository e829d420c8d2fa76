import { type FinishedRun, isTerminalRun } from '@kamihi/store'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { inTurn } from '../http/inTurn.ts'
import { createFinishedRuns } from './finishedRuns.ts'
import { type MetricEntry, type MetricName, metricTable } from './metricTable.ts'
import type { MonitoredBot } from './monitor.ts'
import type { ProcessFacts } from './processFacts.ts'

export interface Metrics {
  /** All metrics as Prometheus reads them. */
  render(): Promise<string>
  requested(request: {
    method: string
    endpoint: string
    status: number
    seconds: number
    isStream: boolean
  }): void
}

export interface MetricsOptions extends MonitoredBot {
  process: ProcessFacts
  openStreams: () => number
}

type Values = Partial<Record<MetricName, [value: number, labels?: Record<string, string>][]>>

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]
const telegramStates = ['connected', 'unreachable', 'conflict', 'unauthorized'] as const

/** The metrics of a bot. A scrape reads counters of this process and a few indexes of the database, never a whole table. */
export function createMetrics(options: MetricsOptions): Metrics {
  const registry = new Registry()
  const gauges = new Map<MetricName, Gauge>()
  const counters = new Map<MetricName, Counter>()
  const { histogram } = register(registry, gauges, counters)
  const inc = (name: MetricName, labels: Record<string, string>, by = 1): void =>
    counters.get(name)?.inc(labels, by)
  const finished = createFinishedRuns(options.kamihi.store.insights, options.process.startedAt)
  const countRun = (run: FinishedRun): void => {
    if (!isTerminalRun(run.state)) return
    inc('kamihi_runs_finished_total', { state: run.state, trigger: run.trigger })
    for (const [state, count] of Object.entries(recipientsOf(run)))
      if (count > 0) inc('kamihi_deliveries_finished_total', { state }, count)
  }
  // One after the other: two at once would count the same runs twice.
  const scraping = inTurn()
  const scrape = async (): Promise<string> => {
    await finished.look(options.kamihi.clock.now(), countRun)
    for (const [name, values] of Object.entries(await valuesOf(options)))
      set(gauges.get(name as MetricName) ?? counters.get(name as MetricName), values)
    return registry.metrics()
  }
  return {
    render: () => scraping(scrape),
    requested({ method, endpoint, status, seconds: took, isStream }) {
      inc('kamihi_http_requests_total', { method, endpoint, status: String(status) })
      if (!isStream) histogram.observe({ endpoint }, took)
    },
  }
}

function register(registry: Registry, gauges: Map<MetricName, Gauge>, counters: Map<MetricName, Counter>) {
  let histogram: Histogram | null = null
  for (const [name, entry] of Object.entries(metricTable) as [MetricName, MetricEntry][]) {
    const { help, type, labels = [] } = entry
    const common = { name, help, labelNames: [...labels], registers: [registry] }
    if (type === 'gauge') gauges.set(name, new Gauge(common))
    else if (type === 'counter') counters.set(name, new Counter(common))
    else histogram = new Histogram({ ...common, buckets: seconds })
  }
  if (!histogram) throw new Error('The table of metrics has no histogram.')
  return { histogram }
}

function set(metric: Gauge | Counter | undefined, values: NonNullable<Values[MetricName]>): void {
  metric?.reset()
  for (const [value, labels = {}] of values) metric?.inc(labels, value)
}

const recipientsOf = ({
  sent,
  noOutput,
  failed,
  unreachable,
  cancelled,
  expired,
  uncertain,
}: FinishedRun) => ({
  sent,
  no_output: noOutput,
  failed,
  unreachable,
  cancelled,
  expired,
  uncertain,
})

async function valuesOf({
  kamihi,
  jobs,
  version,
  process: facts,
  openStreams,
}: MetricsOptions): Promise<Values> {
  const { store, telegram, health } = kamihi
  const [counts, scheduler, info, journal] = await Promise.all([
    store.insights.counts(),
    jobs.describeScheduler(),
    store.info(),
    store.file.journalBytes(),
  ])
  const traffic = telegram.traffic()
  const memory = process.memoryUsage()
  const byState = (numbers: Record<string, number>, label = 'state') =>
    Object.entries(numbers).map(([state, n]): [number, Record<string, string>] => [n, { [label]: state }])
  return {
    kamihi_info: [[1, { version, node: process.version }]],
    kamihi_runs_open: byState({ queued: 0, running: 0, paused: 0, ...counts.openRuns }),
    kamihi_deliveries_queued: [[counts.queuedDeliveries]],
    kamihi_jobs: byState(counts.jobs),
    kamihi_scheduler_up: [[scheduler.state === 'running' ? 1 : 0]],
    kamihi_scheduler_lag_seconds: [[scheduler.lagMs / 1000]],
    kamihi_messages_total: byState(traffic.outcomes, 'outcome'),
    kamihi_messages_per_second: [[traffic.perSecond]],
    kamihi_messages_waiting: [[traffic.waiting]],
    kamihi_telegram_state: telegramStates.map((state) => [
      telegram.state().state === state ? 1 : 0,
      { state },
    ]),
    kamihi_telegram_last_answer_timestamp_seconds: [[(traffic.lastAnswerAt ?? 0) / 1000]],
    kamihi_event_streams: [[openStreams()]],
    kamihi_event_loop_lag_seconds: [[facts.eventLoopLagMs('metrics') / 1000]],
    kamihi_resident_memory_bytes: [[memory.rss]],
    kamihi_heap_used_bytes: [[memory.heapUsed]],
    kamihi_start_time_seconds: [[facts.startedAt / 1000]],
    kamihi_database_size_bytes: [[info.sizeBytes]],
    kamihi_database_journal_bytes: [[journal]],
    kamihi_database_writable: [[health.isWritable() ? 1 : 0]],
  }
}
