import { createEmulator, type Emulator } from '@kamihi/telegram-emulator'

/** A stand-in for Telegram that outlives the bot: it is there whether the bot is or not. */
export const startTelegram = (): Promise<Emulator> =>
  createEmulator({ port: 0, token: '2000000002:another-emulator-token-of-35-letter' })

/** Settings of a bot that has a token, and reaches that stand-in with it. */
export const settingsFor = ({ url, token }: Emulator): Record<string, string> => ({
  KAMIHI_TOKEN: token,
  KAMIHI_TELEGRAM__API_ROOT: url,
})
