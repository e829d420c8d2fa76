import { runStates } from '@kamihi/contracts'
import { actionChoices, type Choices, roleChoices, userChoices } from '../../lib/list/choices.ts'
import { choicesFrom, type Filter } from '../../lib/list/filters.ts'
import type { Texts } from '../../texts/index.ts'

const dayMs = 86_400_000

/** Ways to narrow the list of jobs; `now` is when the list was opened, as epoch ms, `zones` are those to choose. */
export function jobFilters(
  { jobs, states }: Pick<Texts, 'jobs' | 'states'>,
  now: number,
  zones: Choices,
): Filter[] {
  const words = jobs.filters
  return [
    {
      kind: 'choice',
      name: 'enabled',
      label: words.enabled,
      choices: choicesFrom({ true: words.enabledOn, false: words.enabledOff }),
    },
    {
      kind: 'choice',
      name: 'attention',
      label: words.attention,
      choices: choicesFrom({ true: words.attentionOn }),
    },
    {
      kind: 'choice',
      name: 'lastOutcome',
      label: words.lastOutcome,
      choices: runStates.map((state) => ({ value: state, label: states.run[state] })),
    },
    {
      kind: 'choice',
      name: 'due',
      label: words.due,
      choices: choicesFrom({ day: words.dueDay }),
      toQuery: () => ({ dueBefore: new Date(now + dayMs).toISOString() }),
    },
    { kind: 'pick', name: 'action', label: words.action, choices: actionChoices },
    { kind: 'pick', name: 'userId', label: words.user, choices: userChoices },
    { kind: 'pick', name: 'roleId', label: words.role, choices: roleChoices },
    { kind: 'pick', name: 'timezone', label: words.timezone, choices: zones },
    {
      kind: 'choice',
      name: 'archived',
      apart: true,
      label: words.archived,
      choices: choicesFrom({ true: words.archivedOn }),
    },
  ]
}
