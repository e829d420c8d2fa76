import type { LinkPreview } from '../../shapes/messages.ts'
import type { ParsedText } from '../../text/parseText.ts'
import { badRequest } from '../answer.ts'
import { isObject, type JsonObject, optionalFlag, optionalText, parsedJson } from './json.ts'

interface Source {
  link_preview_options?: unknown
  /** What old clients say instead. */
  disable_web_page_preview?: boolean
}

/** How links are shown, as far as it is not the usual way. @throws BotApiError in the words of Client.cpp, `get_link_preview_options` */
export function linkPreview(source: Source): LinkPreview {
  const { link_preview_options: given, disable_web_page_preview: disabled } = source
  if (given === undefined || given === '') return disabled ? { is_disabled: true } : {}
  const options = parsedJson(given, 'link preview options')
  if (!isObject(options)) throw badRequest('Object expected as link preview options')
  return chosen(options)
}

function chosen(options: JsonObject): LinkPreview {
  const url = optionalText(options, 'url')
  const flags = ['is_disabled', 'prefer_small_media', 'prefer_large_media', 'show_above_text'] as const
  const set = flags.filter((name) => optionalFlag(options, name))
  return { ...Object.fromEntries(set.map((name) => [name, true])), ...(url ? { url } : {}) }
}

/** What of it is told: a preview that is switched off is not, where there is no link (td, MessageContent.cpp). */
export function lookOf(preview: LinkPreview, { entities }: ParsedText) {
  const { is_disabled: disabled, ...others } = preview
  const hasLink = entities.some(({ type }) => type === 'url' || type === 'text_link')
  const told = { ...(disabled && hasLink ? { is_disabled: true } : {}), ...others }
  return Object.keys(told).length > 0 ? { look: { link_preview_options: told } } : {}
}
