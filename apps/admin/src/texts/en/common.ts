import { counter } from '../counter.ts'
import { spoken } from '../spoken.ts'

/** By which `Intl` writes numbers and dates. */
export const locale = 'en-GB'
export const counted = counter(locale)

const english = {
  locale,
  language: 'English',
  guide: 'Read the guide',
  save: 'Save',
  saving: 'Saving …',
  cancel: 'Cancel',
  close: 'Close',
  undo: 'Undo',
  undone: 'Undone.',
  edit: 'Edit',
  view: 'View',
  delete: 'Delete',
  add: 'Add',
  copy: 'Copy',
  copied: 'Copied',
  yes: 'yes',
  no: 'no',
  none: 'none',
  never: 'never',
  now: 'now',
  off: 'off',
  all: (n: string) => `All ${n}`,
  optional: 'optional',
  loading: 'Loading …',
  tryAgain: 'Try again',
  request: (id: string) => `Request ${id}`,
  actions: 'Actions',
  actionsFor: (of: string) => `Actions for ${of}`,
  remove: (what: string) => `Remove ${what}`,
  andMore: (n: number) => `and ${n} more`,
  needsOperator: 'Needs the role operator',
  needsOwner: 'Needs the role owner',
  jobsDisabled: 'Jobs are disabled',
  goToList: 'Go to the list',
  gone: (of: string) => `This ${of} does not exist, or not any more`,
  unreachableServer: 'The server cannot be reached.',
  people: (n: number) => counted(n, { one: 'person', other: 'people' }),
  times: (n: number) => counted(n, { one: 'time', other: 'times' }),
  warnings: (n: number) => counted(n, { one: 'warning', other: 'warnings' }),
  messages: (n: number) => counted(n, { one: 'message', other: 'messages' }),
  things: {
    job: 'job',
    run: 'run',
    user: 'user',
    role: 'role',
    permission: 'permission',
    action: 'action',
  },
}

/** Words that stand on more than one page. */
export const common = spoken('common', english)
/** For the English texts, whatever is spoken. */
export const { people, times, messages } = english
