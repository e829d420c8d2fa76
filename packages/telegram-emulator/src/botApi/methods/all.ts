import type { Method } from '../method.ts'
import { callbackMethods } from './callbacks.ts'
import { chatMethods } from './chats.ts'
import { commandMethods } from './commands.ts'
import { editMethods } from './edit.ts'
import { fileMethods } from './files.ts'
import { forwardMethods } from './forward.ts'
import { inlineMethods } from './inline.ts'
import { moderationMethods } from './moderation.ts'
import { peopleMethods } from './people.ts'
import { pinMethods } from './pins.ts'
import { pollMethods } from './polls.ts'
import { profileMethods } from './profile.ts'
import { reactionMethods } from './reactions.ts'
import { removeMethods } from './remove.ts'
import { sendAlbumMethods } from './sendAlbum.ts'
import { sendFileMethods } from './sendFiles.ts'
import { sendOtherMethods } from './sendOther.ts'
import { sendTextMethods } from './sendText.ts'
import { type Transport, updateMethods } from './updates.ts'

export type MethodTable = ReadonlyMap<string, Pick<Method, 'name' | 'params'> & { run: Method['run'] }>

/** Every method that is modelled, by its name in lower case. */
export function methodTable(transport: Transport): MethodTable {
  const all = [
    ...updateMethods(transport),
    ...profileMethods,
    ...commandMethods,
    ...sendTextMethods,
    ...sendFileMethods,
    ...sendAlbumMethods,
    ...sendOtherMethods,
    ...pollMethods,
    ...forwardMethods,
    ...editMethods,
    ...removeMethods,
    ...callbackMethods,
    ...inlineMethods,
    ...fileMethods,
    ...chatMethods,
    ...moderationMethods,
    ...peopleMethods,
    ...pinMethods,
    ...reactionMethods,
  ]
  return new Map(all.map((method) => [method.name.toLowerCase(), method as Method]))
}
