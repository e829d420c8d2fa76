import type { SearchResult } from '@kamihi/contracts'
import { titleOf } from '../lib/jobs/jobDraft.ts'
import { nameOfUser, numberOf } from '../lib/people/userNames.ts'
import type { Texts } from '../texts/index.ts'
import type { Place } from './places.ts'

/** One line of the palette, and what it leads to. */
export interface PaletteItem {
  id: string
  label: string
  detail?: string
  does: { kind: 'go'; href: string; external?: boolean } | { kind: 'verb'; verb: Verb }
}
export interface PaletteGroup {
  title: string
  items: PaletteItem[]
}
type JobName = SearchResult['jobs'][number]
type Words = Pick<Texts, 'palette' | 'people' | 'shell' | 'states'>
export type Verb = keyof Texts['palette']['verbs']

const readerVerbs = ['theme', 'language', 'keys', 'signOut'] as const
const editorVerbs = [
  'newJob',
  'runJob',
  'newUser',
  'newRole',
  'newPermission',
  'pauseScheduler',
  'resumeScheduler',
] as const

const simplified = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
/** Whether each word that was typed begins a word of the label; accents and case do not matter. */
export function matches(label: string, typed: string): boolean {
  const words = simplified(label).split(/[\s/]+/)
  return simplified(typed)
    .split(/\s+/)
    .every((part) => words.some((word) => word.startsWith(part)))
}

/** Pages and verbs that fit what was typed. */
export function ownGroups(places: Place[], canEdit: boolean, typed: string, texts: Words): PaletteGroup[] {
  const { groups, verbs } = texts.palette
  const does = [...(canEdit ? editorVerbs : []), ...readerVerbs].map(
    (verb): PaletteItem => ({ id: `verb-${verb}`, label: verbs[verb], does: { kind: 'verb', verb } }),
  )
  const fits = ({ label }: PaletteItem) => matches(label, typed)
  return [pageGroup(places, typed, texts), { title: groups.verbs, items: does.filter(fits) }]
}

/** Pages that fit what was typed. */
export function pageGroup(places: Place[], typed: string, texts: Words): PaletteGroup {
  const pages = places.map(
    ({ href, name, external }): PaletteItem => ({
      id: `page-${name}`,
      label: texts.shell.places[name],
      does: { kind: 'go', href, ...(external ? { external } : {}) },
    }),
  )
  return { title: texts.palette.groups.pages, items: pages.filter(({ label }) => matches(label, typed)) }
}

const go = (href: string): PaletteItem['does'] => ({ kind: 'go', href })

/** What the server found, a group a kind. */
export function foundGroups(found: SearchResult, texts: Words): PaletteGroup[] {
  const { groups } = texts.palette
  return [
    { title: groups.jobs, items: found.jobs.map((job) => jobItem(job, '')) },
    {
      title: groups.users,
      items: found.users.map((user) => ({
        id: `user-${user.id}`,
        label: nameOfUser(user, texts.people),
        detail: String(numberOf(user) ?? ''),
        does: go(`/users/${user.id}`),
      })),
    },
    {
      title: groups.roles,
      items: found.roles.map(({ id, name }) => ({ id: `role-${id}`, label: name, does: go(`/roles/${id}`) })),
    },
    {
      title: groups.actions,
      items: found.actions.map(({ name, description }) => ({
        id: `action-${name}`,
        label: `/${name}`,
        ...(description ? { detail: description } : {}),
        does: go(`/actions/${encodeURIComponent(name)}`),
      })),
    },
    {
      title: groups.runs,
      items: found.runs.map(({ id, action, state }) => ({
        id: `run-${id}`,
        label: id,
        detail: `/${action} · ${texts.states.run[state]}`,
        does: go(`/runs/${id}`),
      })),
    },
  ]
}

/** Jobs to run one of: choosing leads to its page with the dialog open. */
export const runGroups = (jobs: JobName[], { pickJob }: Texts['palette']): PaletteGroup[] => [
  { title: pickJob, items: jobs.map((job) => jobItem(job, '?run=1')) },
]

function jobItem({ id, name, action }: JobName, query: string): PaletteItem {
  return {
    id: `job-${id}`,
    label: titleOf({ name, action }),
    ...(name ? { detail: `/${action}` } : {}),
    does: go(`/jobs/${id}${query}`),
  }
}
