// Runs benches and writes what they print into README.md, between the marks of each.
// Build first (npm run build), then: npm run bench:readme [-- names]
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const page = fileURLToPath(new URL('README.md', import.meta.url))
const marks = /<!-- ([a-z-]+) -->\n[\s\S]*?<!-- \/\1 -->/g
const known = [...readFileSync(page, 'utf8').matchAll(marks)].map(([, name]) => name)
const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !known.includes(name))
if (unknown.length > 0)
  throw new Error(`The page has no place for ${unknown.join(', ')}; it has ${known.join(', ')}.`)

for (const name of asked.length > 0 ? asked : known) {
  console.error(`${name} …`)
  const script = name.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase())
  const path = fileURLToPath(new URL(`${script}.mjs`, import.meta.url))
  const printed = execFileSync(process.execPath, [path], { stdio: ['ignore', 'pipe', 'inherit'] }).toString()
  const filled = `<!-- ${name} -->\n\n${printed.trim()}\n\n<!-- /${name} -->`
  const text = readFileSync(page, 'utf8')
  writeFileSync(
    page,
    text.replace(marks, (region, found) => (found === name ? filled : region)),
  )
}
