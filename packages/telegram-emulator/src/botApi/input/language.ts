import { badRequest } from '../answer.ts'

/** Two small letters, or none for all languages (td, misc.cpp, `validate_bot_language_code`). @throws BotApiError */
export function checkLanguage(code: string): void {
  if (!/^([a-z]{2})?$/.test(code)) throw badRequest('Invalid language code specified')
}
