/** What a metric is, for Prometheus and for docs/reference/metrics.md. */
export interface MetricEntry {
  type: 'counter' | 'gauge' | 'histogram'
  help: string
  labels?: readonly string[]
}

/** Every metric of `/metrics`. Counters begin at zero with each start of the bot. */
export const metricTable = {
  kamihi_info: { type: 'gauge', help: 'Always 1; versions as labels', labels: ['version', 'node'] },
  kamihi_runs_finished_total: {
    type: 'counter',
    help: 'Runs that ended, of the whole database: of several processes on it each tells the same',
    labels: ['state', 'trigger'],
  },
  kamihi_deliveries_finished_total: {
    type: 'counter',
    help: 'Recipients of the runs that ended, by what became of them; of the whole database',
    labels: ['state'],
  },
  kamihi_runs_open: { type: 'gauge', help: 'Runs that have not ended', labels: ['state'] },
  kamihi_deliveries_queued: { type: 'gauge', help: 'Recipients of open runs that are not done' },
  kamihi_jobs: {
    type: 'gauge',
    help: 'Jobs: enabled, disabled, paused, and of the enabled ones those whose action cannot be called (blocked)',
    labels: ['state'],
  },
  kamihi_scheduler_up: { type: 'gauge', help: '1 while the scheduler of this process is at work' },
  kamihi_scheduler_lag_seconds: { type: 'gauge', help: 'By how much the job that waits longest is late' },
  kamihi_messages_total: {
    type: 'counter',
    help: 'Messages to Telegram by outcome; retry_after: Telegram asked to wait (429)',
    labels: ['outcome'],
  },
  kamihi_messages_per_second: { type: 'gauge', help: 'Messages sent a second, over the last ten' },
  kamihi_messages_waiting: { type: 'gauge', help: 'Messages of this process that wait for their turn' },
  kamihi_telegram_state: {
    type: 'gauge',
    help: '1 for the state that the connection is in',
    labels: ['state'],
  },
  kamihi_telegram_last_answer_timestamp_seconds: {
    type: 'gauge',
    help: 'When Telegram last answered the request for updates; 0 before it did',
  },
  kamihi_http_requests_total: {
    type: 'counter',
    help: 'Requests to this server',
    labels: ['method', 'endpoint', 'status'],
  },
  kamihi_http_request_duration_seconds: {
    type: 'histogram',
    help: 'How long requests took; streams of events are left out',
    labels: ['endpoint'],
  },
  kamihi_event_streams: { type: 'gauge', help: 'Pages that listen to live events' },
  kamihi_event_loop_lag_seconds: {
    type: 'gauge',
    help: '99th percentile of how late the event loop was since the last scrape',
  },
  kamihi_resident_memory_bytes: { type: 'gauge', help: 'Memory of the process' },
  kamihi_heap_used_bytes: { type: 'gauge', help: 'Memory of the process that JavaScript uses' },
  kamihi_start_time_seconds: { type: 'gauge', help: 'When the API started, since 1970' },
  kamihi_database_size_bytes: { type: 'gauge', help: 'Size of the database without its journal' },
  kamihi_database_journal_bytes: { type: 'gauge', help: 'Size of its journal' },
  kamihi_database_writable: { type: 'gauge', help: '0 while nothing can be recorded, and nothing is sent' },
} as const satisfies Record<string, MetricEntry>

export type MetricName = keyof typeof metricTable
