/** A refusal in Telegram's words. */
export class BotApiError extends Error {
  readonly status: number
  readonly parameters: Record<string, unknown> | undefined
  constructor(status: number, description: string, parameters?: Record<string, unknown>) {
    super(description)
    this.status = status
    this.parameters = parameters
  }
}

/** What a parser of Client.cpp says; whoever parses the whole may put before it of what it was a part. */
export class FieldError extends BotApiError {
  readonly words: string
  constructor(words: string) {
    super(400, `Bad Request: ${lowered(words)}`)
    this.words = words
  }
}

export const badRequest = (what: string) => new BotApiError(400, `Bad Request: ${lowered(what)}`)
export const forbidden = (what: string) => new BotApiError(403, `Forbidden: ${lowered(what)}`)
export const tooMany = (seconds: number) =>
  new BotApiError(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds })

/** Sentences begin small after what stands before them, codes such as BUTTON_DATA_INVALID do not (Client.cpp, `fail_query_with_error`). */
const lowered = (words: string): string =>
  /^.[A-Z_]/s.test(words) ? words : words.charAt(0).toLowerCase() + words.slice(1)
