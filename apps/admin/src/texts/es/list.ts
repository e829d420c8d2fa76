import type { Texts } from '../en/index.ts'
import { counted } from './common.ts'

export const list: Texts['list'] = {
  search: (of) => `Buscar ${of}`,
  filters: 'Filtros',
  filtersOn: (n) => `Filtros (${n})`,
  all: (label) => `${label}: todos`,
  only: (label, value) => `${label}: ${value}`,
  since: (label) => `${label} desde`,
  until: (label) => `${label} hasta`,
  clearAll: 'Quitar todo',
  clearSearch: 'Borrar la búsqueda',
  clearFilters: 'Quitar filtros',
  noMatch: 'No se han encontrado registros',
  unknownFilter: (label, value) =>
    `La dirección pide ${label} «${value}», que no existe. No se tiene en cuenta.`,
  showing: (first, last, total) => `Mostrando de ${first} a ${last} de ${total}`,
  atLeast: (n) => `más de ${n}`,
  perPage: 'Filas',
  pages: 'Páginas',
  previous: 'Anterior',
  next: 'Siguiente',
  sortBy: (label) => `Ordenar por ${label}`,
  columns: 'Columnas',
  selectRow: 'Seleccionar esta fila',
  selectPage: 'Seleccionar todas las de esta página',
  selected: (n) => counted(n, { one: 'seleccionada', other: 'seleccionadas' }),
  selectMatching: (total) => `Seleccionar las ${total} que coinciden`,
  clearSelection: 'Quitar la selección',
  newRows: (n) => counted(n, { one: 'fila nueva: mostrar', other: 'filas nuevas: mostrar' }),
}
