import type { Command } from '../shapes/people.ts'

/** What a bot says of itself: names and descriptions by language, menus by scope and language, menu buttons by chat. */
export interface Profile {
  name: Map<string, string>
  description: Map<string, string>
  shortDescription: Map<string, string>
  /** By scope and language, e.g. `default/` or `chat:1001/es`. */
  commands: Map<string, Command[]>
  /** By chat id; 0 is the default one. */
  menuButtons: Map<number, MenuButton>
}

export type MenuButton =
  | { type: 'commands' | 'default' }
  | { type: 'web_app'; text: string; web_app: { url: string } }

export const createProfile = (): Profile => ({
  name: new Map(),
  description: new Map(),
  shortDescription: new Map(),
  commands: new Map(),
  menuButtons: new Map(),
})
