/** What the real server knows of each kind of update (telegram-bot-api, Client.cpp). */

/** In the server's order, in which getWebhookInfo lists them; the custom ones stand in no documentation. */
const UPDATE_KINDS: readonly string[] = [
  'message',
  'edited_message',
  'channel_post',
  'edited_channel_post',
  'inline_query',
  'chosen_inline_result',
  'callback_query',
  'custom_event',
  'custom_query',
  'shipping_query',
  'pre_checkout_query',
  'poll',
  'poll_answer',
  'my_chat_member',
  'chat_member',
  'chat_join_request',
  'chat_boost',
  'removed_chat_boost',
  'message_reaction',
  'message_reaction_count',
  'business_connection',
  'business_message',
  'edited_business_message',
  'deleted_business_messages',
  'purchased_paid_media',
  'managed_bot',
  'guest_message',
]

/** Those that come only when asked for by name. */
const ON_REQUEST = new Set(['chat_member', 'message_reaction', 'message_reaction_count'])

/** The kinds a bot gets that asked for these; null is the default set. Unknown names count for nothing. */
export function chooseKinds(asked: readonly string[]): string[] | null {
  const names = new Set(asked.map((name) => name.toLowerCase()))
  const chosen = UPDATE_KINDS.filter((kind) => names.has(kind))
  const isDefault =
    chosen.length === UPDATE_KINDS.length - ON_REQUEST.size && chosen.every((kind) => !ON_REQUEST.has(kind))
  return chosen.length === 0 || isDefault ? null : chosen
}

export const isChosen = (kind: string, chosen: readonly string[] | null) =>
  chosen ? chosen.includes(kind) : !ON_REQUEST.has(kind)

/** Seconds for which a question is worth an answer; everything else waits a day. */
const LIFETIMES: Record<string, number> = {
  inline_query: 30,
  chosen_inline_result: 600,
  callback_query: 150,
  shipping_query: 150,
  pre_checkout_query: 150,
}

export const lifetimeMs = (kind: string) => (LIFETIMES[kind] ?? 86_400) * 1000

/** Lane and, in the update, the path to the id within it. */
const LANES: Record<string, [lane: string, ...path: string[]]> = {
  message: ['chat', 'chat', 'id'],
  edited_message: ['chat', 'chat', 'id'],
  channel_post: ['chat', 'chat', 'id'],
  edited_channel_post: ['chat', 'chat', 'id'],
  inline_query: ['inline', 'from', 'id'],
  chosen_inline_result: ['chosen', 'from', 'id'],
  callback_query: ['callback', 'from', 'id'],
  shipping_query: ['checkout', 'from', 'id'],
  pre_checkout_query: ['checkout', 'from', 'id'],
  poll: ['poll', 'id'],
  poll_answer: ['poll', 'poll_id'],
  my_chat_member: ['own membership', 'chat', 'id'],
  chat_member: ['membership', 'new_chat_member', 'user', 'id'],
  chat_join_request: ['membership', 'from', 'id'],
  chat_boost: ['boost', 'chat', 'id'],
  removed_chat_boost: ['boost', 'chat', 'id'],
  message_reaction: ['reaction', 'chat', 'id'],
  message_reaction_count: ['reaction count', 'chat', 'id'],
  business_connection: ['business connection', 'user', 'id'],
  business_message: ['business', 'chat', 'id'],
  edited_business_message: ['business', 'chat', 'id'],
  deleted_business_messages: ['business', 'chat', 'id'],
  guest_message: ['guest', 'chat', 'id'],
  purchased_paid_media: ['paid media', 'from', 'id'],
  managed_bot: ['managed bot', 'user', 'id'],
}

/** Updates of one lane reach a webhook one after the other; lanes do not wait for each other. */
export function laneOf(update: { update_id: number; [kind: string]: unknown }): string {
  const kind = kindOf(update)
  const [lane, ...path] = LANES[kind] ?? []
  const id = path.reduce<unknown>(field, update[kind])
  return lane === undefined || id === undefined ? `update:${update.update_id}` : `${lane}:${id}`
}

export const kindOf = (content: Record<string, unknown>) =>
  Object.keys(content).find((key) => key !== 'update_id') ?? ''

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}
