import { badRequest } from '../answer.ts'
import { parsedJson } from './json.ts'

const mostIds = 100

/** A list of message ids. @throws BotApiError in the words of Client.cpp, `get_message_ids` */
export function messageIds(given: unknown): number[] {
  if (given === undefined || given === '') throw badRequest('message identifiers are not specified')
  const ids = parsedJson(given, 'message_ids')
  if (!Array.isArray(ids)) throw badRequest('expected an Array of message identifiers')
  if (ids.length === 0) throw badRequest('message identifiers are not specified')
  if (ids.length > mostIds) throw badRequest('too many message identifiers specified')
  return ids.map(messageIdOf)
}

function messageIdOf(value: unknown): number {
  if (typeof value !== 'number' && typeof value !== 'string')
    throw badRequest('message identifier must be a Number')
  const id = Number(value)
  if (!Number.isInteger(id)) throw badRequest("can't parse message identifier as a Number")
  if (id <= 0) throw badRequest('invalid message identifier specified')
  return id
}
