import { botObject } from '../../objects/objects.ts'
import type { MenuButton } from '../../world/profile.ts'
import type { World } from '../../world/world.ts'
import { badRequest, FieldError } from '../answer.ts'
import { isLonger } from '../input/formattedText.ts'
import { inObject, isObject, objectField, parsedJson, textField } from '../input/json.ts'
import { checkLanguage } from '../input/language.ts'
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
  method('setMyName', { name: text, ...language }, ({ profile }, params) =>
    setWords(profile.name, params.name, params, 64, 'name'),
  ),
  method('getMyName', language, ({ profile, bot }, params) => ({
    name: wordsIn(profile.name, params) ?? bot.firstName,
  })),
  method('setMyDescription', { description: text, ...language }, ({ profile }, params) =>
    setWords(profile.description, params.description, params, 512, 'description'),
  ),
  method('getMyDescription', language, ({ profile }, params) => ({
    description: wordsIn(profile.description, params) ?? '',
  })),
  method('setMyShortDescription', { short_description: text, ...language }, ({ profile }, params) =>
    setWords(profile.shortDescription, params.short_description, params, 120, 'short description'),
  ),
  method('getMyShortDescription', language, ({ profile }, params) => ({
    short_description: wordsIn(profile.shortDescription, params) ?? '',
  })),
  method('setChatMenuButton', { chat_id: integer, menu_button: json }, (world, params) => {
    const button = menuButtonOf(params.menu_button)
    world.profile.menuButtons.set(personOrAll(world, params.chat_id), button)
    return true
  }),
  /** The default one of all is that which shows the commands. */
  method('getChatMenuButton', { chat_id: integer }, (world, params) => {
    const { menuButtons } = world.profile
    const id = personOrAll(world, params.chat_id)
    const forAll = menuButtons.get(0)
    const button = menuButtons.get(id) ?? forAll
    return button && (id !== 0 || button.type !== 'default') ? button : { type: 'commands' }
  }),
]

interface InLanguage {
  language_code?: string
}

/** What is said in a language, or else in all others. @throws BotApiError when there can be no such language */
function wordsIn(words: Map<string, string>, { language_code: code = '' }: InLanguage): string | undefined {
  checkLanguage(code)
  return words.get(code) ?? words.get('')
}

function setWords(
  words: Map<string, string>,
  given: string | undefined,
  { language_code: code = '' }: InLanguage,
  most: number,
  what: string,
): true {
  checkLanguage(code)
  if (isLonger(given ?? '', most)) throw badRequest(`bot ${what} is too long`)
  if (given) words.set(code, given)
  else words.delete(code)
  return true
}

/** A person by the id of their chat; 0 for all. @throws BotApiError when it is that of no person */
function personOrAll(world: World, id: number | undefined): number {
  if (id === undefined) return 0
  if (id <= 0) throw badRequest('Invalid chat_id specified')
  return personIn(world, id).id
}

function menuButtonOf(given: unknown): MenuButton {
  if (given === undefined || given === '') return { type: 'default' }
  const button = parsedJson(given, 'menu button')
  return inObject('menu button', () => {
    if (!isObject(button)) throw new FieldError('MenuButton must be an Object')
    const type = textField(button, 'type')
    if (type === 'default' || type === 'commands') return { type }
    if (type !== 'web_app') throw new FieldError('MenuButton has unsupported type')
    const label = textField(button, 'text')
    return { type, text: label, web_app: { url: textField(objectField(button, 'web_app'), 'url') } }
  })
}
