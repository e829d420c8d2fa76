import { type Delivery, type DeliveryState, deliveryStates, type Run } from '@kamihi/contracts'
import type { Texts } from '../../texts/index.ts'
import { type ChoiceFilter, choicesFrom } from '../list/filters.ts'

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
