// Server programs of the peers: those of this machine, else Debian's packages unpacked into `bench/.peers`; nothing is installed.
import { execFileSync } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { peersFolder } from './peers.mjs'

const root = join(peersFolder, 'debian')

/** The path of a program of this machine: on the PATH, or in one of `folders`; null when it has none. */
export function installed(name, folders = []) {
  const isProgram = (path) => {
    try {
      accessSync(path, constants.X_OK)
      return true
    } catch {
      return false
    }
  }
  const places = [...(process.env.PATH ?? '').split(delimiter), ...folders]
  return places.map((folder) => join(folder, name)).find(isProgram) ?? null
}

/**
 * Unpacks packages of Debian; gives the folder that stands for `/`, and the environment in which programs find their libraries.
 * @throws Error that names the packages when apt-get cannot fetch them
 */
export function unpacked(packages) {
  const done = join(root, `.${packages[0]}`)
  if (!existsSync(done)) {
    console.error(`Unpacking ${packages[0]} of Debian into ${root} …`)
    const folder = join(peersFolder, 'downloads')
    mkdirSync(folder, { recursive: true })
    try {
      download(packages, folder)
    } catch (error) {
      throw new Error(
        `${packages[0]} is not on this machine, and apt-get cannot fetch it. Install it and run again.`,
        {
          cause: error,
        },
      )
    }
    for (const file of readdirSync(folder)) execFileSync('dpkg-deb', ['-x', join(folder, file), root])
    rmSync(folder, { recursive: true })
    mkdirSync(done)
  }
  const libraries = readdirSync(join(root, 'usr/lib')).filter((name) => name.includes('-linux-'))
  const paths = libraries.map((name) => join(root, 'usr/lib', name))
  return { root, env: { ...process.env, LD_LIBRARY_PATH: paths.join(':') } }
}

function download(packages, folder) {
  const fetch = () => execFileSync('apt-get', ['-q', 'download', ...packages], { cwd: folder, stdio: 'pipe' })
  try {
    fetch()
  } catch {
    // The lists of packages are missing or old; only root may bring them up to date.
    execFileSync('apt-get', ['-q', 'update'], { stdio: 'pipe' })
    fetch()
  }
}
