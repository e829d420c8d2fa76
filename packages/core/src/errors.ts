/** Every error that Kamihi raises on purpose, and what it means. */
export const kamihiErrors = {
  invalid_config: 'The configuration has a wrong value.',
  no_token: 'There is no token of a Telegram bot.',
  invalid_action: 'An action is declared wrongly.',
  duplicate_action: 'Two actions have the same name or command.',
} as const

export type KamihiErrorCode = keyof typeof kamihiErrors

/** Tells what was wrong, what was given and what to do. */
export class KamihiError extends Error {
  readonly code: KamihiErrorCode
  constructor(code: KamihiErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'KamihiError'
    this.code = code
  }
}
