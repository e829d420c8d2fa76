import type { EmulatorControl } from '../../src/control/control.ts'
import type { RecordedCall, Update } from '../../src/shapes/events.ts'
import type { Entry } from './activityEntries.ts'

const kept = 400

/** Updates and calls of the Bot API, oldest first. */
export function createActivity(control: EmulatorControl, now: () => number) {
  let entries = $state.raw<Entry[]>([])
  let lastKey = 0
  const callEntry = (call: RecordedCall): Entry => ({ kind: 'call', key: ++lastKey, at: call.at, call })
  const add = (entry: Entry) => {
    entries = [...entries, entry].slice(-kept)
  }
  return {
    get entries() {
      return entries
    },
    takeCall: (call: RecordedCall) => add(callEntry(call)),
    takeUpdate: (update: Update, delivered: boolean) =>
      add({ kind: 'update', key: ++lastKey, at: now(), update, delivered }),
    /** Calls from before the page was opened; of updates nobody keeps a record. */
    async load(): Promise<void> {
      if (entries.length > 0) return
      const calls = await control.calls()
      const seen = new Set(entries.map((entry) => (entry.kind === 'call' ? callName(entry.call) : '')))
      const before = calls.filter((call) => !seen.has(callName(call)))
      entries = [...before.slice(-kept).map(callEntry), ...entries].slice(-kept)
    },
    clear(): void {
      entries = []
    },
  }
}

const callName = ({ at, method, params }: RecordedCall): string => `${at} ${method} ${JSON.stringify(params)}`
