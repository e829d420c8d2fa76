import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { methodTable } from '../src/botApi/methods/all.ts'
import { argumentNames } from '../src/control/argumentNames.ts'
import { controlCalls } from '../src/control/calls.ts'
import { createEmulator } from '../src/index.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const lines = readme.split('\n').filter((line) => line.startsWith('curl '))

/** `curl --json '<body>' localhost:4243<path>`, as a shell would take it apart. */
const partsOf = (line: string): { body: string; path: string } => {
  const [, body, path] = /^curl --json '([^']*)' localhost:4243(\/\S+)$/.exec(line) ?? []
  if (!body || !path) throw new Error(`Not a curl line: ${line}`)
  return { body, path }
}

it('shows each control call as a line that can be pasted, and all of them work in their order', async () => {
  await using emulator = await createEmulator({ port: 0 })
  for (const line of lines) {
    const { body, path } = partsOf(line)
    const response = await fetch(`${emulator.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    expect(await response.json(), line).toMatchObject(
      path.startsWith('/bot') ? { ok: true } : { result: expect.toSatisfy(() => true) },
    )
  }
  const shown = new Set(lines.map((line) => partsOf(line).path.replace('/_emu/', '')))
  expect(Object.keys(controlCalls).filter((name) => !shown.has(name))).toEqual([])
})

it('names every method that is modelled', () => {
  const names = [...methodTable({} as never).values()].map(({ name }) => `\`${name}\``)
  const [, shown] = /<!-- methods -->\nMethods: ([^<]*)\n<!-- \/methods -->/.exec(readme) ?? []
  expect(shown?.split(/\s+/)).toEqual(names)
})

it('is right about the arguments of control calls', () => {
  const inSchemas = Object.entries(controlCalls).map(([name, { args }]) => [
    name,
    Object.keys(args.properties),
  ])
  expect(Object.fromEntries(inSchemas)).toEqual(argumentNames)
})
