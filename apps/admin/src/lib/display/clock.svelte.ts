const noticeable = 1500

/** The time of the bot, as far as its answers have told it; shared by everything that counts down, moves once a second. */
class Clock {
  #ahead = $state(0)
  #tick = $state(Date.now())
  constructor() {
    setInterval(() => {
      // Tests that load this have no document.
      if (!globalThis.document?.hidden) this.#tick = Date.now()
    }, 1000)
  }

  get now(): number {
    return this.#tick + this.#ahead
  }

  /** Takes over the time of an answer, where it differs by more than the way here takes. */
  follow(botTime: number): void {
    if (Math.abs(botTime - (Date.now() + this.#ahead)) <= noticeable) return
    this.#ahead = botTime - Date.now()
    this.#tick = Date.now()
  }
}

export const clock = new Clock()
