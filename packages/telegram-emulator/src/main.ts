import { parseArgs } from 'node:util'
import { startEmulator } from './emulator.ts'

try {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4243' },
      token: { type: 'string' },
      'no-limits': { type: 'boolean', default: false },
    },
  })
  const emulator = await startEmulator({
    port: Number(values.port),
    limits: !values['no-limits'],
    ...(values.token ? { token: values.token } : {}),
  })
  process.stdout.write(
    `\n  Bot API    ${emulator.url}\n  Token      ${emulator.token}\n  Chat page  ${emulator.pageUrl}\n  Stop       Ctrl+C\n\n`,
  )
} catch (error) {
  process.stderr.write(`telegram-emulator: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
