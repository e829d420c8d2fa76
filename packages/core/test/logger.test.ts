import { describe, expect, it } from 'vitest'
import { loadConfig } from '../src/config/loadConfig.ts'
import { createLogger, type Logger } from '../src/logger.ts'

const token = '123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw'

async function logged(write: (logger: Logger) => void): Promise<string> {
  const { config } = await loadConfig({ cwd: '/', env: {} })
  let written = ''
  const sink = {
    write(line: string) {
      written += line
    },
  }
  write(createLogger({ ...config.log, stdoutLevel: 'TRACE' }, { stdout: sink, stderr: sink }))
  return written
}

describe('a token of a bot is in no log, whether it stands in', () => {
  it.each<[string, (logger: Logger) => void]>([
    ['the message alone', (logger) => logger.info(`calling https://api.telegram.org/bot${token}/getMe`)],
    ['the message beside fields', (logger) => logger.info({ step: 1 }, `bot${token}`)],
    ['a field', (logger) => logger.info({ address: `bot${token}` }, 'called')],
    ['a field deep inside', (logger) => logger.info({ request: { path: [`/bot${token}/getMe`] } }, 'called')],
    ['what all lines of a child carry', (logger) => logger.child({ address: `bot${token}` }).info('called')],
    ['an error', (logger) => logger.error({ err: new Error(`bot${token} failed`) }, 'failed')],
  ])('%s', async (_, write) => {
    const written = await logged(write)
    expect(written).toContain('<token>')
    expect(written).not.toContain(token)
  })
})

it.each(['token', 'access_token', 'botToken', 'client_secret', 'Set-Cookie', 'API-Key', 'passwordHash'])(
  'what stands under %s is in no log',
  async (key) => {
    const written = await logged((logger) => logger.child({ [key]: 'hush' }).info({ [key]: 'hush' }, 'said'))
    expect(written).toContain('***')
    expect(written).not.toContain('hush')
  },
)
