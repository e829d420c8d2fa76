import { botObject } from '../../objects/objects.ts'
import type { MenuButton } from '../../world/profile.ts'
import { badRequest } from '../answer.ts'
import { FieldError, inObject, isObject, parsedJson, textField } from '../input/json.ts'
import { method } from '../method.ts'
import { integer, json, text } from '../params.ts'
import { personIn } from './people.ts'

const language = { language_code: text }

export const profileMethods = [
  method('getMe', {}, (world) => ({
    ...botObject(world),
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: true,
    can_connect_to_business: false,
    has_main_web_app: false,
  })),
  method('setMyName', { name: text, ...language }, (world, params) =>
    setWords(world.profile.name, params.name, params.language_code, 64, 'name'),
  ),
  method('getMyName', language, ({ profile, bot }, { language_code: code = '' }) => ({
    name: profile.name.get(code) ?? profile.name.get('') ?? bot.firstName,
  })),
  method('setMyDescription', { description: text, ...language }, (world, params) =>
    setWords(world.profile.description, params.description, params.language_code, 512, 'description'),
  ),
  method('getMyDescription', language, ({ profile }, { language_code: code = '' }) => ({
    description: profile.description.get(code) ?? profile.description.get('') ?? '',
  })),
  method('setMyShortDescription', { short_description: text, ...language }, (world, params) =>
    setWords(
      world.profile.shortDescription,
      params.short_description,
      params.language_code,
      120,
      'short description',
    ),
  ),
  method('getMyShortDescription', language, ({ profile }, { language_code: code = '' }) => ({
    short_description: profile.shortDescription.get(code) ?? profile.shortDescription.get('') ?? '',
  })),
  method('setChatMenuButton', { chat_id: integer, menu_button: json }, (world, params) => {
    const id = params.chat_id ?? 0
    if (id !== 0) personIn(world, id)
    world.profile.menuButtons.set(id, menuButtonOf(params.menu_button))
    return true
  }),
  method('getChatMenuButton', { chat_id: integer }, ({ profile }, { chat_id: id = 0 }) => {
    const button = profile.menuButtons.get(id) ?? profile.menuButtons.get(0)
    return button && button.type !== 'default' ? button : { type: 'commands' }
  }),
]

function setWords(
  words: Map<string, string>,
  given: string | undefined,
  code = '',
  most: number,
  what: string,
): true {
  if ((given ?? '').length > most) throw badRequest(`bot ${what} is too long`)
  if (given) words.set(code, given)
  else words.delete(code)
  return true
}

function menuButtonOf(given: unknown): MenuButton {
  const button = parsedJson(given ?? { type: 'default' }, 'menu button')
  return inObject('menu button', () => {
    if (!isObject(button)) throw new FieldError('MenuButton must be an Object')
    const type = textField(button, 'type')
    if (type === 'default' || type === 'commands') return { type }
    if (type !== 'web_app') throw new FieldError('MenuButton has unsupported type')
    if (!isObject(button.web_app)) throw new FieldError('field "web_app" must be of type Object')
    return { type, text: textField(button, 'text'), web_app: { url: textField(button.web_app, 'url') } }
  })
}
