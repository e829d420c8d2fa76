import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createProject } from './createProject.ts'

const template = fileURLToPath(new URL('template', import.meta.url))

/** Runs the command and gives the exit code: 0 made, 1 refused, 2 wrong usage. */
export function main(args: string[], cwd = process.cwd()): number {
  const [folder, ...others] = args
  if (!folder || folder.startsWith('-') || others.length > 0) {
    console.error('Usage: npm create kamihi@latest <folder>')
    return 2
  }
  const created = createProject(folder, { cwd, template })
  switch (created.kind) {
    case 'created':
      console.log(nextSteps(relative(cwd, created.folder) || '.'))
      return 0
    case 'not_empty':
      console.error(`${created.folder} is not empty. Choose another folder; nothing was changed.`)
      return 1
    case 'invalid_name':
      console.error(
        `"${created.name}" cannot be the name of a package: use small letters, digits, "-", "_" and ".".`,
      )
      return 1
  }
}

const nextSteps = (folder: string): string => `
  Your bot is in ${folder}. Start it:

    ${folder === '.' ? '' : `cd ${folder}\n    `}npm install
    npm start
`
