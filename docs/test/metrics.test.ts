import { type MetricEntry, metricTable } from '@kamihi/admin-api'
import { expect, it } from 'vitest'

const code = (text: string) => `\`${text}\``

it('the page of metrics lists every metric', async () => {
  const rows = Object.entries(metricTable as Record<string, MetricEntry>).map(
    ([name, { type, help, labels = [] }]) =>
      `| ${code(name)} | ${type} | ${labels.map(code).join(', ')} | ${help} |`,
  )
  await expect(`# Metrics

<!-- Made from packages/admin-api/src/monitor/metricTable.ts by docs/test/metrics.test.ts; \`npx vitest run -u\` in docs writes it anew. -->

\`GET /metrics\` answers in the text format 0.0.4 of [Prometheus](https://prometheus.io). It needs an API token of the role viewer
(\`authorization.credentials\` of the scrape configuration), or \`web.metrics_public: true\`. Prometheus that calls the bot by another name than
\`localhost\` needs that name in \`web.allowed_hosts\`. A scrape reads counters and indexes, never a whole table. A dashboard for Grafana is in
[docs/grafana/kamihi.json](../grafana/kamihi.json).

| metric | type | labels | what it is |
| --- | --- | --- | --- |
${rows.join('\n')}
`).toMatchFileSnapshot('../reference/metrics.md')
})
