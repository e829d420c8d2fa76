import { addDays, isDate, startOfDay } from '../display/zone.ts'
import type { Choices } from './choices.ts'

/** What narrows a list, as the API takes it. */
export type Narrowing = Record<string, string | boolean | string[]>

interface Named {
  /** Of the query of the API, and of the address. */
  name: string
  label: string
  /** It chooses other things than the list usually holds, e.g. those that are archived: they are counted by themselves. */
  apart?: true
  /** What the API is asked for, where it is not the value under the same name. */
  toQuery?: (value: string) => Narrowing
}
/** One of a few values. */
export interface ChoiceFilter extends Named {
  kind: 'choice'
  choices: readonly { value: string; label: string }[]
}
/** One of many things, which the server searches. */
export interface PickFilter extends Named {
  kind: 'pick'
  choices: Choices
}
/** A day of the calendar: from its beginning, or until its end. */
export interface DayFilter extends Named {
  kind: 'day'
  edge: 'start' | 'end'
}
/** A way to narrow a list. */
export type Filter = ChoiceFilter | PickFilter | DayFilter

/** A filter whose value in the address makes no sense; it is left out. */
export interface UnknownValue {
  filter: Filter
  value: string
}

const isKnown = (filter: Filter, value: string): boolean =>
  filter.kind === 'choice'
    ? filter.choices.some((choice) => choice.value === value)
    : filter.kind === 'day'
      ? // The last day that can be written has no end.
        isDate(value) && isDate(addDays(value, 1))
      : value !== ''

/** What of the address can be asked for, and what cannot. */
export function sortOut(
  filters: readonly Filter[],
  given: Readonly<Record<string, string>>,
): { known: Record<string, string>; unknown: UnknownValue[] } {
  const known: Record<string, string> = {}
  const unknown: UnknownValue[] = []
  for (const filter of filters) {
    const value = given[filter.name]
    if (value === undefined) continue
    if (isKnown(filter, value)) known[filter.name] = value
    else unknown.push({ filter, value })
  }
  return { known, unknown }
}

/** The column of an address, if the list can be sorted by it. */
export const knownSort = (columns: readonly { sort?: string }[], asked: string): string =>
  columns.some(({ sort }) => sort === asked) ? asked : ''

/** A value as the API wants it: days become instants of the calendar of a zone. */
function queryOf(filter: Filter, value: string, zone: string): Narrowing {
  if (filter.toQuery) return filter.toQuery(value)
  if (filter.kind === 'choice' && (value === 'true' || value === 'false'))
    return { [filter.name]: value === 'true' }
  if (filter.kind !== 'day') return { [filter.name]: value }
  const at = filter.edge === 'start' ? startOfDay(value, zone) : startOfDay(addDays(value, 1), zone) - 1
  return { [filter.name]: new Date(at).toISOString() }
}

/** What narrows a list, as the API wants it: all of its filters that have a value. `zone`: that in which the list shows times. */
export const narrowingOf = (
  filters: readonly Filter[],
  known: Readonly<Record<string, string>>,
  zone: string,
): Narrowing => {
  const values = filters.map((filter) => ({ filter, value: known[filter.name] }))
  const asked = values.map(({ filter, value }) => (value === undefined ? {} : queryOf(filter, value, zone)))
  return Object.assign({}, ...asked) as Narrowing
}

/** Those values that choose what a list holds, rather than narrow it. */
export const apartOf = (
  filters: readonly Filter[],
  known: Readonly<Record<string, string>>,
): Record<string, string> =>
  Object.fromEntries(
    filters.flatMap(({ name, apart }) => {
      const value = known[name]
      return apart && value !== undefined ? [[name, value]] : []
    }),
  )

/** Choices of a filter from words by value. */
export const choicesFrom = (words: Readonly<Record<string, string>>): ChoiceFilter['choices'] =>
  Object.entries(words).map(([value, label]) => ({ value, label }))
