import { spoken } from '../spoken.ts'
import { counted, messages as messageCount } from './common.ts'

const runs = (n: number) => counted(n, { one: 'run', other: 'runs' })

/** The calendar of what runs when, and for how many. */
export const schedule = spoken('schedule', {
  title: 'Schedule',
  note: 'When jobs run, and how many messages that makes.',
  view: 'View',
  week: 'Week',
  list: 'List',
  previous: 'Previous week',
  next: 'Next week',
  today: 'This week',
  range: (from: string, to: string) => `${from} – ${to}`,
  zone: (zone: string) => `Times of ${zone}`,
  caption: (range: string) => `Messages by day and hour, ${range}`,
  day: 'Day',
  hour: 'Hour',
  filters: { job: 'Job', action: 'Action' },
  nothing: 'nothing',
  cell: (at: string, runCount: number, messages: number) =>
    `${at}: ${runs(runCount)}, ${messageCount(messages)}`,
  pastCell: (at: string, runCount: number, messages: number, outcomes: string) =>
    `${at}: ${runs(runCount)}, ${messageCount(messages)}; ${outcomes}`,
  notThere: (at: string) => `${at} does not exist on this day`,
  tooMuch: 'more than can be sent in an hour',
  now: (at: string) => `Now: ${at}`,
  legend: {
    title: 'Messages in an hour',
    few: 'few',
    many: 'many',
    over: (limit: string) => `more than ${limit} an hour: will not be done within the hour`,
    past: 'past: what happened',
    failed: 'failed or partial',
    missed: 'skipped or missed',
  },
  month: {
    previous: 'Previous month',
    next: 'Next month',
    now: 'This month',
    caption: (month: string) => `Runs by day, ${month}`,
    planned: (n: number) => counted(n, { one: 'run to come', other: 'runs to come' }),
    legend: '✓ went well · ✕ failed or partial · ⌀ skipped or missed · ○ to come. A day leads to its runs.',
  },
  empty: 'Nothing runs in this week',
  emptyNote: 'Choose another week, or make a job.',
  columns: { when: 'When', runs: 'Runs', messages: 'Messages', jobs: 'Jobs', outcomes: 'What happened' },
  planned: 'planned',
  total: (runCount: number, messages: number) => `${runs(runCount)}, ${messageCount(messages)}`,
  truncated: 'There are more jobs than could be looked at: some runs are missing here.',
  quietest: 'Quietest times',
  quietestNote: 'Hours of the day with the fewest messages in the next seven days.',
  newJobAt: (at: string) => `New Job at this time: ${at}`,
  hourTitle: (at: string) => `What runs ${at}`,
  hourNone: 'Nothing runs in this hour.',
  hourColumns: { at: 'At', job: 'Job', people: 'People', state: 'State' },
  hourMore: (n: number) => `and ${n} more`,
  upcoming: 'upcoming',
})
