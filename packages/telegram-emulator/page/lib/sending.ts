import type { EmulatorControl, Sending } from '../../src/control/control.ts'
import { type Attachment, inputFile } from './attachments.ts'
import type { Draft } from './drafts.svelte.ts'
import { parcelsOf } from './parcels.ts'
import { whereOf } from './where.ts'

export type Said = Pick<Draft, 'text' | 'replyTo' | 'editing' | 'files' | 'asFiles'>

/** Says what stands in the draft. The first of several messages carries the text and the answer. */
export async function sendDraft(
  to: EmulatorControl,
  personId: number,
  chatId: number,
  said: Said,
): Promise<void> {
  const where = whereOf(chatId)
  if (said.editing !== null) {
    await to.edit(personId, said.editing, said.text, where)
    return
  }
  const first: Sending = { ...where, ...(said.replyTo === null ? {} : { replyTo: said.replyTo }) }
  if (said.files.length === 0) {
    await to.say(personId, said.text, first)
    return
  }
  const captioned = said.text.trim() === '' ? first : { ...first, caption: said.text }
  for (const [index, parcel] of parcelsOf(said).entries())
    await sendParcel(to, personId, parcel, index === 0 ? captioned : where)
}

async function sendParcel(
  to: EmulatorControl,
  personId: number,
  parcel: Attachment[],
  sending: Sending,
): Promise<void> {
  const [file] = parcel
  if (!file) return
  if (parcel.length > 1) await to.sendAlbum(personId, parcel.map(inputFile), sending)
  else if (file.as === 'photo') await to.sendPhoto(personId, inputFile(file), sending)
  else if (file.as === 'voice') await to.sendVoice(personId, inputFile(file), sending)
  else await to.sendDocument(personId, inputFile(file), sending)
}
