const nearPx = 60
const settlingMs = 600
const isCalm = () => matchMedia('(prefers-reduced-motion: reduce)').matches

/** Keeps the newest message of a conversation in sight, unless somebody reads further up. */
export class Scrolling {
  /** The newest message is in sight. */
  atEnd = $state(true)
  #log: HTMLElement | null = null
  #lastTop = 0
  /** Where what is new begins, while the conversation is being laid out. */
  #line: HTMLElement | null = null

  /** Watches what grows: messages, pictures, and the field below. */
  attach = (log: HTMLElement) => {
    this.#log = log
    const observer = new ResizeObserver(() => this.#keepPlace())
    observer.observe(log)
    if (log.firstElementChild) observer.observe(log.firstElementChild)
    const onscroll = () => this.#look()
    log.addEventListener('scroll', onscroll, { passive: true })
    return () => {
      observer.disconnect()
      log.removeEventListener('scroll', onscroll)
    }
  }
  toEnd(): void {
    this.atEnd = true
    this.#log?.scrollTo({ top: this.#log.scrollHeight, behavior: isCalm() ? 'auto' : 'smooth' })
  }
  /** Brings a message into sight and marks it for a moment. */
  toRow(row: HTMLElement | null): void {
    if (!row) return
    row.scrollIntoView({ block: 'center', behavior: isCalm() ? 'auto' : 'smooth' })
    row.focus({ preventScroll: true })
    row.classList.add('found')
    setTimeout(() => row.classList.remove('found'), 1500)
  }
  /** What is new stands at the top, and all of it is below. */
  toLine = (line: HTMLElement): void => {
    this.atEnd = false
    this.#line = line
    setTimeout(() => {
      this.#line = null
    }, settlingMs)
    this.#keepPlace()
  }
  /** Messages that come into sight take their real height only then. */
  #keepPlace(): void {
    if (this.#line?.isConnected) this.#line.scrollIntoView({ block: 'start' })
    else if (this.atEnd) this.#log?.scrollTo({ top: this.#log.scrollHeight })
    this.#look()
  }
  #look(): void {
    const log = this.#log
    if (!log) return
    const { scrollTop, scrollHeight, clientHeight } = log
    if (scrollHeight - scrollTop - clientHeight < nearPx) this.atEnd = true
    // What grows below moves nobody up: only who goes up wants to read there.
    else if (scrollTop < this.#lastTop) this.atEnd = false
    this.#lastTop = scrollTop
  }
}
