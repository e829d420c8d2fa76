import {
  type Delivery,
  type DeliveryState,
  deliveryStates,
  longestAskedMessage,
  type Run,
  type RunReason,
} from '@kamihi/contracts'
import type { Texts } from '../../texts/index.ts'
import { type ChoiceFilter, choicesFrom, type Narrowing } from '../list/filters.ts'
import { reasonText } from './failureText.ts'

const inProgress: readonly DeliveryState[] = ['acting', 'acted', 'sending']
/** Stands for the states that nobody but the program tells apart. */
const together = 'in_progress'

/** Narrows deliveries by their state, one choice for each word. */
export function stateFilter({ runs, states }: Pick<Texts, 'runs' | 'states'>): ChoiceFilter {
  const others = deliveryStates.filter((state) => !inProgress.includes(state))
  const [pending, ...ended] = others.map((state) => ({ value: state, label: states.delivery[state] }))
  const progressing = { value: together, label: states.delivery.acting }
  return {
    kind: 'choice',
    name: 'state',
    label: runs.columns.state,
    toQuery: (value) => ({ state: value === together ? [...inProgress] : [value] }),
    choices: [...(pending ? [pending] : []), progressing, ...ended],
  }
}

/** Narrows deliveries by the kind of their failure. */
export const classFilter = ({ reasons }: Pick<Texts['runs'], 'reasons'>): ChoiceFilter => ({
  kind: 'choice',
  name: 'class',
  label: reasons.class,
  choices: choicesFrom(reasons.classes),
})

/** A reason in an address: short, and different for another message. */
export function reasonKey({ state, class: kind, message }: RunReason): string {
  let hash = 0
  for (const char of message) hash = (Math.imul(hash, 31) + (char.codePointAt(0) ?? 0)) | 0
  return `${state}-${kind}-${(hash >>> 0).toString(36)}`
}

/** Narrows deliveries to those that ended for one reason: the kind of failure and what was said. */
export function reasonFilter(
  reasons: readonly RunReason[],
  { runs, states, why }: Pick<Texts, 'runs' | 'states' | 'why'>,
): ChoiceFilter {
  // Who does not see what was said has several that look the same.
  const byKey = new Map(reasons.map((reason) => [reasonKey(reason), reason]))
  return {
    kind: 'choice',
    name: 'reason',
    label: runs.columns.reason,
    toQuery: (value) => queryOf(byKey.get(value)),
    choices: [...byKey].map(([value, reason]) => ({
      value,
      label: runs.reasons.inState(reasonText(reason, { runs, why }), states.delivery[reason.state]),
    })),
  }
}

function queryOf(reason: RunReason | undefined): Narrowing {
  if (!reason) return {}
  const { state, class: kind, message } = reason
  const isAsked = message !== '' && message.length <= longestAskedMessage
  return { state: [state], class: kind, ...(isAsked ? { message } : {}) }
}

type Output = Pick<Run, 'dryRun' | 'output'>

/** What the state of a delivery is called: a dry run has output, and sends none of it. */
export function deliveryWord(
  run: Output,
  { state, output }: Pick<Delivery, 'state' | 'output'>,
  { runs, states }: Pick<Texts, 'runs' | 'states'>,
): string {
  const wouldGet = (output ?? run.output ?? []).length > 0
  return run.dryRun && state === 'no_output' && wouldGet ? runs.deliveries.tried : states.delivery[state]
}
