// What a bench prints: one markdown table, what was measured and where.
import { cpus } from 'node:os'

/** Prints rows (objects with the same keys) as a markdown table. */
export function printTable(title, rows) {
  const columns = Object.keys(rows[0] ?? {})
  const line = (cells) => `| ${cells.join(' | ')} |`
  console.log(`\n**${title}**\n`)
  console.log(line(columns))
  console.log(line(columns.map((_, index) => (index === 0 ? '---' : '---:'))))
  for (const row of rows) console.log(line(columns.map((column) => shown(row[column]))))
}

/** Prints what the figures were made with, and on what. */
export function printVersions(versions = {}) {
  const named = Object.entries({ Node: process.versions.node, ...versions })
  const machine = `${cpus().length} cores of ${cpus()[0]?.model.trim()}, ${process.platform}-${process.arch}`
  console.log(`\n${named.map(([name, version]) => `${name} ${version}`).join(' · ')} · ${machine}`)
}

function shown(value) {
  if (value === undefined || value === null || Number.isNaN(value)) return '–'
  if (typeof value !== 'number') return String(value)
  if (Number.isInteger(value) || Math.abs(value) >= 100) return Math.round(value).toLocaleString('en')
  return value.toPrecision(3)
}
