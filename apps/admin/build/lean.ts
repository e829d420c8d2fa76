import type { Plugin, Rollup } from 'vite'
import { api, eventsPath } from '../../../packages/contracts/src/index.ts'

const isContract = (id: string): boolean => id.includes('/packages/contracts/src/')
const isSchemaLibrary = (id: string): boolean => id.includes('/@sinclair/typebox/')

/**
 * The client needs method and path of each endpoint only; the table of the contracts brings every schema along. Half of the script of the
 * dashboard would be schemas that nothing in it reads.
 */
export function leanApi(): Plugin {
  const table = Object.fromEntries(
    Object.entries(api).map(([name, { method, path }]) => [name, { method, path }]),
  )
  return {
    name: 'kamihi:lean-api',
    load: (id) =>
      id.endsWith('/packages/contracts/src/api.ts')
        ? `export const api = ${JSON.stringify(table)}\nexport const eventsPath = ${JSON.stringify(eventsPath)}`
        : null,
  }
}

/** Making a value of the contracts does nothing else: each is marked so, and the bundler leaves out those that nothing reads. */
export function leanContracts(): Plugin {
  return {
    name: 'kamihi:lean-contracts',
    enforce: 'post',
    transform(code, id) {
      if (!isContract(id)) return null
      // From the last to the first, so that the places of those before stay right.
      const made = valuesIn(this.parse(code)).toReversed()
      const marked = made.reduce((text, { start, end }) => {
        const value = text.slice(start, end)
        return `${text.slice(0, start)}/* @__PURE__ */ (() => (${value}))()${text.slice(end)}`
      }, code)
      return { code: marked, map: null }
    },
  }
}

interface Place {
  start: number
  end: number
}

/** Where a module makes the values of its constants. */
function valuesIn({ body }: Rollup.ProgramNode): Place[] {
  const statements = body.map((one) => (one.type === 'ExportNamedDeclaration' ? one.declaration : one))
  return statements.flatMap((one) =>
    one?.type === 'VariableDeclaration'
      ? one.declarations.flatMap(({ init }) =>
          init && !/Function|Literal/.test(init.type) ? [init as never as Place] : [],
        )
      : [],
  )
}

/** Forms check with the schemas; what everybody waits for at first must not hold the library that makes them. */
export function keepSchemasOutOfFirstLoad(): Plugin {
  return {
    name: 'kamihi:first-load',
    generateBundle(_, bundle) {
      const modules = firstLoadOf(bundle).flatMap(({ moduleIds }) => moduleIds)
      if (!modules.some(isSchemaLibrary)) return
      this.error(
        `The first load holds the library of the schemas: one of ${modules.filter(isContract).map(nameOf).join(', ')} has a schema that a form reads beside what the first page needs. Give what the first page needs a module of its own.`,
      )
    },
  }
}

const nameOf = (id: string): string => id.slice(id.lastIndexOf('/') + 1)

/** The chunks without which nothing is shown. */
function firstLoadOf(bundle: Rollup.OutputBundle): Rollup.OutputChunk[] {
  const chunks = Object.values(bundle).filter((one) => one.type === 'chunk')
  const first = new Set(chunks.filter(({ isEntry }) => isEntry))
  for (const { imports } of first)
    for (const chunk of chunks) if (imports.includes(chunk.fileName)) first.add(chunk)
  return [...first]
}
