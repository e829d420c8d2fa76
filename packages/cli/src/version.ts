import { createRequire } from 'node:module'

const manifest = createRequire(import.meta.url)('../package.json') as {
  version: string
  engines: { node: string }
}

/** Version of this package, which all packages of Kamihi share. */
export const { version } = manifest

/** The oldest version of Node that is supported, e.g. `20.19`. */
export const leastNode = manifest.engines.node.replace('>=', '')
