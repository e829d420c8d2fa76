import { Command } from 'commander'
import { version } from '../version.ts'

export const versionCommand = (): Command =>
  new Command('version').description('print the version').action(() => {
    process.stdout.write(`${version}\n`)
  })
