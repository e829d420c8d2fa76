import type { EmulatorEvent } from '../../src/shapes/events.ts'

const retryMs = 2000
const togetherMs = 16

/** The stream of what happens in the emulator, which may be stopped and started again meanwhile. */
export function createConnection(onOpen: () => void, onEvent: (event: EmulatorEvent) => void) {
  let connected = $state(false)
  let isKnown = $state(false)
  let waiting: EmulatorEvent[] = []
  /** What comes close together is shown together: a bot that writes to hundreds must not keep the page busy. */
  function take(event: EmulatorEvent): void {
    if (waiting.push(event) > 1) return
    setTimeout(() => {
      const events = waiting
      waiting = []
      for (const each of events) onEvent(each)
    }, togetherMs)
  }
  return {
    get connected() {
      return connected
    },
    /** It was there once: before that the page is only starting. */
    get isLost() {
      return isKnown && !connected
    },
    follow() {
      let events: EventSource
      let timer: ReturnType<typeof setTimeout> | undefined
      const open = () => {
        events = new EventSource('/_emu/events')
        events.onopen = () => {
          connected = true
          isKnown = true
          onOpen()
        }
        events.onmessage = ({ data }) => take(JSON.parse(data as string) as EmulatorEvent)
        events.onerror = () => {
          connected = false
          isKnown = true
          // It gives up for good when it was refused, as by a proxy whose server is away.
          if (events.readyState === EventSource.CLOSED) timer = setTimeout(open, retryMs)
        }
      }
      open()
      return () => {
        clearTimeout(timer)
        events.close()
      }
    },
  }
}
