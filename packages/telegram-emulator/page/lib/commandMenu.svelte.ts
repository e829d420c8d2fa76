import type { Command } from '../../src/shapes/people.ts'

/** The "/" menu: open when it was asked for, or when a command is being typed. */
export class CommandMenu {
  asked = $state(false)
  #highlighted = $state(0)
  #commands: () => Command[]
  #text: () => string

  constructor(commands: () => Command[], text: () => string) {
    this.#commands = commands
    this.#text = text
  }
  get #typed(): string | undefined {
    return /^\/(\w*)$/.exec(this.#text())?.[1]
  }
  get open(): boolean {
    return this.asked || this.#typed !== undefined
  }
  get shown(): Command[] {
    return this.#commands().filter(({ command }) => command.startsWith(this.#typed ?? ''))
  }
  /** Place of the command that Enter takes, -1 without one. */
  get active(): number {
    return this.open && this.shown.length > 0 ? Math.min(this.#highlighted, this.shown.length - 1) : -1
  }
  get chosen(): Command | undefined {
    return this.shown[this.active]
  }
  move(step: number): void {
    this.#highlighted = (this.active + step + this.shown.length) % Math.max(1, this.shown.length)
  }
  close(): void {
    this.asked = false
    this.#highlighted = 0
  }
}
