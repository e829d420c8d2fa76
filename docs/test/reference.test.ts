import { api, type Endpoint, errorCodes } from '@kamihi/contracts'
import { configSchema } from '@kamihi/core'
import { expect, it } from 'vitest'
import { createProgram } from '../../packages/cli/src/program.ts'

const page = (name: string) => `../reference/${name}.md`
const note = (from: string) =>
  `<!-- Made from ${from} by docs/test/reference.test.ts; \`npx vitest run -u\` in docs writes it anew. -->\n`
const table = (head: string[], rows: string[][]) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
const code = (text: string) => `\`${text}\``

it('the page of errors says what the code says', async () => {
  const rows = Object.entries(errorCodes).map(([name, { status, title }]) => [
    code(name),
    String(status),
    title,
  ])
  await expect(`# Errors

${note('packages/contracts/src/errorCodes.ts')}
A refused request is answered with \`application/problem+json\` ([RFC 9457](https://www.rfc-editor.org/rfc/rfc9457)): \`title\`, \`status\`, a
stable \`code\`, a \`requestId\` that the log has too, often a \`detail\` that says what to do, and for wrong fields \`errors\` with \`path\`, \`message\`,
what was \`given\` and what is \`allowed\`. With \`version_conflict\` and \`overlap\`, \`current\` holds the thing as it is now.

${table(['code', 'status', 'title'], rows)}
`).toMatchFileSnapshot(page('errors'))
})

it('the page of the HTTP API lists every endpoint', async () => {
  const rows = Object.values(api as Record<string, Endpoint>).map(
    ({ method, path, role, status, summary }) => [code(`${method} ${path}`), role, String(status), summary],
  )
  await expect(`# HTTP API

${note('packages/contracts/src/api.ts')}
JSON in camelCase; instants are ISO 8601 in UTC with milliseconds. Lists take \`q\`, \`sort\`, \`order\`, \`limit\` (at most 200) and \`cursor\`, and
answer \`{ items, nextCursor, total }\`. An edit carries the \`version\` it was made from. A manual run takes an \`Idempotency-Key\`: the same
key is the same run. Everything but what is public needs the cookie of a session or \`Authorization: Bearer <token>\`. Fields are
described by \`GET /api/v1/openapi.json\`; refusals are on the page [errors](errors.md).

${table(['endpoint', 'who', 'status', 'what it does'], rows)}

\`GET /api/v1/events\` is a stream of server-sent events: each says what changed, so that a page knows what to ask for again. It
resumes with \`Last-Event-ID\`, or says \`resync\` when too much was missed.
`).toMatchFileSnapshot(page('http-api'))
})

interface Schema {
  properties?: Record<string, Schema>
  default?: unknown
  description?: string
}

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

function settings(schema: Schema, prefix = ''): string[][] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, child]) => {
    const key = `${prefix}${snakeCase(name)}`
    if (child.properties) return settings(child, `${key}.`)
    const env = `KAMIHI_${key.toUpperCase().replaceAll('.', '__')}`
    return [[code(key), code(JSON.stringify(child.default)), code(env), child.description ?? '']]
  })
}

it('the page of the configuration lists every key with its default', async () => {
  await expect(`# Configuration

${note('packages/core/src/config/schema.ts')}
Settings come from, first wins: values in code · environment variables · a \`.env\` file · the configuration file · defaults. The file is
\`kamihi.yaml\`, \`.yml\`, \`.json\`, \`.ts\` or \`.js\`, or the key \`kamihi\` of \`package.json\`; \`KAMIHI_CONFIG_FILE\` names another. Lists in the
environment are JSON. A key that does not exist, or a value that is not allowed, stops the start with a sentence that says where it stands and
what is allowed.

${table(['key', 'default', 'environment', 'what it is'], settings(configSchema as Schema))}
`).toMatchFileSnapshot(page('configuration'))
})

type Command = ReturnType<typeof createProgram>['commands'][number]
const helpOf = (command: Command): string => command.configureHelp({ helpWidth: 80 }).helpInformation().trim()

it('the page of the command line shows the help of every command', async () => {
  const sections = createProgram(process).commands.flatMap((command) => {
    const shown = command.commands.length > 0 ? command.commands : [command]
    return [`## kamihi ${command.name()}\n`, ...shown.map((each) => `\`\`\`text\n${helpOf(each)}\n\`\`\`\n`)]
  })
  await expect(`# Command line

${note('packages/cli/src/commands')}
In the folder of a bot, \`npx kamihi\` runs these commands: the project is that of the working directory (in a clone of
Kamihi itself, \`apps/example-bot\`). Exit codes: 0 done, 1 refused or failed with one sentence that says why, 2 wrong usage. Commands that
change data work while the bot runs.

${sections.join('\n').trim()}
`).toMatchFileSnapshot(page('cli'))
})
