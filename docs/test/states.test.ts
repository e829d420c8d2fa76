import type { DeliveryState, RunState } from '@kamihi/contracts'
import {
  deliveryMoves,
  deliveryStarts,
  isTerminalDelivery,
  isTerminalRun,
  runMoves,
  runStarts,
} from '@kamihi/store'
import { expect, it } from 'vitest'

interface Machine<State extends string> {
  starts: readonly State[]
  moves: Record<State, readonly State[]>
  isTerminal: (state: State) => boolean
  /** What each state means, in a sentence. */
  meanings: Record<State, string>
}

const runs: Machine<RunState> = {
  starts: runStarts,
  moves: runMoves,
  isTerminal: isTerminalRun,
  meanings: {
    queued: 'It is written and waits for a worker; with overlap _queue_ also for the run before it.',
    running: 'A worker has begun: the recipients are decided, the action runs, messages are sent.',
    paused:
      'No further recipient is begun until somebody resumes it: a person paused it, or the first recipients all failed alike. What was in the air ends by itself.',
    completed: 'Everybody got it, or there was nothing to send.',
    partial: 'Some got it and some did not.',
    failed: 'Nobody got it, because of a failure.',
    cancelled: 'Somebody cancelled it, or a newer run replaced it, before everybody was begun.',
    skipped: 'It was not run at all; its reason says why.',
    expired: 'Its deadline passed first; whoever was not begun gets nothing of it.',
  },
}

const deliveries: Machine<DeliveryState> = {
  starts: deliveryStarts,
  moves: deliveryMoves,
  isTerminal: isTerminalDelivery,
  meanings: {
    pending: 'Nothing was done for this person yet.',
    acting: 'The action runs for this person.',
    acted: 'What the action returned is kept; from here on it is only sent, the action is not called again.',
    sending: 'A message is on its way to Telegram. This is stored before anything is written.',
    retrying:
      'It waits until it is tried again: Telegram asked to wait or could not be reached, or the action failed and may be called again.',
    sent: 'All of it arrived.',
    no_output: 'The action returned nothing for this person, or it was a dry run.',
    failed: 'It did not work, and is not tried again by itself.',
    unreachable: 'The person blocked the bot, never started it, or is gone from Telegram.',
    cancelled: 'Its run was cancelled before it was done.',
    expired: 'The deadline of its run passed before it was done.',
    uncertain: 'A message may have arrived and is not sent again by itself: a person has to decide.',
  },
}

const statesOf = <S extends string>({ moves }: Machine<S>) => Object.keys(moves) as S[]

/** Ends that every open state may come to; they would only cover the diagram with arrows. */
function commonEnds<S extends string>(machine: Machine<S>): S[] {
  const open = statesOf(machine).filter((state) => !machine.isTerminal(state))
  return statesOf(machine).filter((end) => open.every((state) => machine.moves[state].includes(end)))
}

function diagramOf<S extends string>(machine: Machine<S>): string {
  const common = commonEnds(machine)
  const starts = machine.starts.map((state) => `  [*] --> ${state}`)
  const moves = statesOf(machine).flatMap((from) =>
    machine.moves[from].filter((to) => !common.includes(to)).map((to) => `  ${from} --> ${to}`),
  )
  return ['```mermaid', 'stateDiagram-v2', ...starts, ...moves, '```'].join('\n')
}

const code = (state: string) => `\`${state}\``

function tableOf<S extends string>(machine: Machine<S>): string {
  const rows = statesOf(machine).map((state) => {
    const next = machine.isTerminal(state) ? 'ends here' : machine.moves[state].map(code).join(' ')
    return `| ${code(state)} | ${machine.meanings[state]} | ${next} |`
  })
  return ['| state | what it means | what may follow |', '| --- | --- | --- |', ...rows].join('\n')
}

const sectionOf = <S extends string>(machine: Machine<S>) => `${diagramOf(machine)}

From every state that is no end it may also become ${commonEnds(machine).map(code).join(', ')}.

${tableOf(machine)}`

it('the page of states says what the tables of the store say', async () => {
  await expect(`# States

<!-- Made from packages/store/src/states.ts by docs/test/states.test.ts; \`npx vitest run -u\` in docs writes it anew. -->

What [runs and deliveries](runs-and-deliveries.md) may become. The store refuses every other move, and nothing leaves an end by itself:
sending again what failed makes a new run. Only a person may say that a delivery in doubt has arrived; it is then \`sent\` instead of
\`uncertain\`, and a run that ended as \`failed\` or \`partial\` for it ends as its deliveries now say.

## Runs

${sectionOf(runs)}

## Deliveries

${sectionOf(deliveries)}
`).toMatchFileSnapshot('../concepts/states.md')
})
