import type { LoadedConfig } from '@kamihi/core'
import { CliError } from './output.ts'

const key = 'telegram.emulator.enabled'

/**
 * Refuses to take the stand-in for Telegram in production, where a token is missing by mistake, unless the configuration asks for it.
 * @throws CliError that names the keys
 */
export function checkStandIn({ config, sources, isProduction }: LoadedConfig): void {
  if (!isProduction || config.token !== null || !config.telegram.emulator.enabled) return
  if (sources[key] !== undefined) return
  throw new CliError(
    `NODE_ENV is production and no token is set, so the bot would talk to a stand-in for Telegram. Set token (KAMIHI_TOKEN) to that of your bot, or ${key} to true (KAMIHI_TELEGRAM__EMULATOR__ENABLED=true) if the stand-in is what you want.`,
  )
}
