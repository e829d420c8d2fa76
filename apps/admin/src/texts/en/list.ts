import { spoken } from '../spoken.ts'
import { counted } from './common.ts'

/** What every list says. */
export const list = spoken('list', {
  search: (of: string) => `Search ${of}`,
  filters: 'Filters',
  filtersOn: (n: number) => `Filters (${n})`,
  all: (label: string) => `${label}: all`,
  only: (label: string, value: string) => `${label}: ${value}`,
  since: (label: string) => `${label} from`,
  until: (label: string) => `${label} until`,
  clearAll: 'Clear all',
  clearSearch: 'Clear the search',
  clearFilters: 'Clear filters',
  noMatch: 'No matching records found',
  unknownFilter: (label: string, value: string) =>
    `The address asks for ${label} “${value}”, which does not exist. It is left out.`,
  unknownSort: (value: string) =>
    `The address asks to sort by “${value}”, which this list does not know. It is left out.`,
  showing: (first: number, last: number, total: string) => `Showing ${first} to ${last} of ${total}`,
  atLeast: (n: string) => `${n}+`,
  inAll: (n: string) => `${n} in this list`,
  filteredFrom: (found: string, of: string) => `${found}, filtered from ${of}`,
  perPage: 'Rows',
  pages: 'Pages',
  previous: 'Previous',
  next: 'Next',
  sortBy: (label: string) => `Sort by ${label}`,
  columns: 'Columns',
  columnsHidden: (n: number) => counted(n, { one: 'column hidden', other: 'columns hidden' }),
  allColumns: 'Show all columns',
  export: 'Export',
  exporting: 'Exporting …',
  exportCsv: 'As CSV, for spreadsheets',
  exportJson: 'As JSON, for programs',
  exported: (file: string) => `Exported as ${file}`,
  selectRow: 'Select this row',
  selectPage: 'Select all on this page',
  selected: (n: number) => counted(n, { one: 'selected', other: 'selected' }),
  selectMatching: (total: string) => `Select all ${total} matching`,
  clearSelection: 'Clear selection',
  newRows: (n: number) => counted(n, { one: 'new row – show', other: 'new rows – show' }),
})
