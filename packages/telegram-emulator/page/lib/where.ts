import type { Where } from '../../src/control/control.ts'

/** The control takes a chat of more than two by its id; the own chat with the bot needs none. */
export const whereOf = (chatId: number): Where => (chatId < 0 ? { chatId } : {})
