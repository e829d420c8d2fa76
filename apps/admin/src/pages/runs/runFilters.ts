import { runStates } from '@kamihi/contracts'
import { actionChoices, jobChoices, userChoices } from '../../lib/list/choices.ts'
import { choicesFrom, type Filter } from '../../lib/list/filters.ts'
import type { Texts } from '../../texts/index.ts'

/** Ways to narrow the list of runs; that of one job needs no job. */
export function runFilters(
  { common, runs, states }: Pick<Texts, 'common' | 'runs' | 'states'>,
  withJob: boolean,
): Filter[] {
  const words = runs.filters
  const yes = choicesFrom({ true: common.yes })
  return [
    {
      kind: 'choice',
      name: 'state',
      label: words.state,
      // The API takes several.
      toQuery: (state) => ({ state: [state] }),
      choices: runStates.map((state) => ({ value: state, label: states.run[state] })),
    },
    ...(withJob
      ? ([
          { kind: 'pick', name: 'jobId', label: words.job, choices: jobChoices },
          { kind: 'pick', name: 'action', label: words.action, choices: actionChoices },
        ] as const)
      : []),
    { kind: 'choice', name: 'trigger', label: words.trigger, choices: choicesFrom(states.trigger) },
    { kind: 'pick', name: 'userId', label: words.person, choices: userChoices },
    { kind: 'choice', name: 'hasFailures', label: words.hasFailures, choices: yes },
    { kind: 'choice', name: 'possiblyDuplicated', label: words.duplicated, choices: yes },
    {
      kind: 'choice',
      name: 'dryRun',
      label: words.dryRun,
      choices: choicesFrom({ true: common.yes, false: common.no }),
    },
    { kind: 'day', name: 'from', label: words.started, edge: 'start' },
    { kind: 'day', name: 'to', label: words.started, edge: 'end' },
  ]
}
