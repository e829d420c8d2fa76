import { click, inlineQuery, react, vote } from '../acts/press.ts'
import { edit, mediaFrom, say, sendMedia, takeBack } from '../acts/write.ts'
import type { FileKind, InputFile } from '../shapes/media.ts'
import type { EmulatedMessage } from '../shapes/messages.ts'
import type { EmulatedUser } from '../shapes/people.ts'
import { personOf } from '../world/chats.ts'
import { newId } from '../world/newId.ts'
import type { World } from '../world/world.ts'
import type { ActControl, Sending } from './control.ts'
import { smallPicture } from './smallPicture.ts'

export function actControl(world: World): ActControl {
  const user = (id: number): EmulatedUser => personOf(world, id)
  const sendFile = (id: number, kind: FileKind, file: InputFile, sending?: Sending): EmulatedMessage =>
    sendMedia(world, user(id), mediaFrom(world, kind, file), sending)
  return {
    say: async (id, text, sending) => say(world, user(id), text, sending),
    command: async (id, name, sending) => say(world, user(id), `/${name.replace(/^\//, '')}`, sending),
    sendPhoto: async (id, file, sending) => sendFile(id, 'photo', file ?? smallPicture, sending),
    async sendAlbum(id, files, { caption, ...sending } = {}) {
      if (files.length < 2 || files.length > 10)
        throw new Error(`An album has 2 to 10 items; ${files.length} were given.`)
      const media = files.map((file) => mediaFrom(world, kindOf(file), file))
      const albumId = newId()
      return media.map((item, index) =>
        sendMedia(
          world,
          user(id),
          item,
          { ...sending, ...(index === 0 && caption ? { caption } : {}) },
          albumId,
        ),
      )
    },
    sendDocument: async (id, file, sending) => sendFile(id, 'document', file, sending),
    sendVoice: async (id, file, sending) => sendFile(id, 'voice', file, sending),
    sendLocation: async (id, location, sending) =>
      sendMedia(world, user(id), { kind: 'location', location }, sending),
    async sendContact(id, sending) {
      const person = user(id)
      const contact = {
        phone_number: person.phoneNumber ?? `+9999${String(id).padStart(8, '0')}`,
        first_name: person.firstName,
        ...(person.lastName ? { last_name: person.lastName } : {}),
        user_id: id,
      }
      return sendMedia(world, person, { kind: 'contact', contact }, sending)
    },
    edit: async (id, messageId, text, where) => edit(world, user(id), messageId, text, where?.chatId),
    deleteMessage: async (id, messageId, where) => takeBack(world, user(id), messageId, where?.chatId),
    click: async (id, messageId, data, where) => click(world, user(id), messageId, data, where?.chatId),
    react: async (id, messageId, emoji, where) => react(world, user(id), messageId, emoji, where?.chatId),
    vote: async (id, messageId, options, where) => vote(world, user(id), messageId, options, where?.chatId),
    inlineQuery: async (id, query) => inlineQuery(world, user(id), query),
  }
}

const kindOf = ({ name }: InputFile): FileKind => (/\.(mp4|mov|webm)$/i.test(name) ? 'video' : 'photo')
