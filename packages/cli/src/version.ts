import { createRequire } from 'node:module'

/** Version of this package, which all packages of Kamihi share. */
export const version = (createRequire(import.meta.url)('../package.json') as { version: string }).version
