import type { AuditEntry } from '@kamihi/contracts'
import { api } from '../../lib/api/api.ts'
import type { Choice, Choices } from '../../lib/list/choices.ts'
import { choicesFrom, type Filter } from '../../lib/list/filters.ts'
import type { Texts } from '../../texts/index.ts'
import * as t from '../../texts/index.ts'

const looked = 200

/** People and things of the newest entries: who wants older ones gives their id in the address. */
function recent(choiceOf: (entry: AuditEntry) => Choice | null): Choices {
  const all = async (): Promise<Choice[]> => {
    const { items } = await api.listAudit({ query: { limit: looked } })
    const choices = items.flatMap((entry) => choiceOf(entry) ?? [])
    return [...new Map(choices.map((choice) => [choice.id, choice])).values()]
  }
  return {
    kind: 'jobs',
    get placeholder() {
      return t.forms.searchByName
    },
    find: async (search) =>
      (await all()).filter(({ label, detail }) =>
        `${label} ${detail}`.toLowerCase().includes(search.trim().toLowerCase()),
      ),
    async named(ids) {
      const known = await all()
      return ids.map((id) => known.find((choice) => choice.id === id) ?? { id, label: id, detail: '' })
    },
  }
}

const actors = recent(({ actor }) =>
  actor.id ? { id: actor.id, label: actor.name, detail: t.audit.actors[actor.kind] } : null,
)
const objects = recent(({ object }) =>
  object.id
    ? { id: object.id, label: object.label ?? object.id, detail: t.audit.kinds[object.kind] ?? object.kind }
    : null,
)

/** Ways to narrow the audit. */
export function auditFilters(audit: Texts['audit']): Filter[] {
  const words = audit.filters
  return [
    { kind: 'choice', name: 'verb', label: words.verb, choices: choicesFrom(audit.verbs) },
    { kind: 'choice', name: 'objectKind', label: words.object, choices: choicesFrom(audit.kinds) },
    { kind: 'pick', name: 'objectId', label: words.objectId, choices: objects },
    { kind: 'choice', name: 'actorKind', label: words.actor, choices: choicesFrom(audit.actors) },
    { kind: 'pick', name: 'actorId', label: words.actorId, choices: actors },
    { kind: 'day', name: 'from', label: words.at, edge: 'start' },
    { kind: 'day', name: 'to', label: words.at, edge: 'end' },
  ]
}
