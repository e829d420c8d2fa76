import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { bundle } from './bundle.ts'

const index = await bundle(new URL('../../src/index.ts', import.meta.url))

export interface OtherProcess {
  /** Resolves when it has printed this line. */
  said(line: string): Promise<void>
  /** All that it printed. */
  output(): string
  /** Its exit code, once it has ended. */
  ended(): Promise<number | null>
  kill(): Promise<void>
}

/** A real process that runs this body of a module, with better-sqlite3's `Database` at hand, and of the store what it names. */
export function otherProcess(body: string, options: { uid?: number } = {}): OtherProcess {
  const named = ['openStore', 'createBackup', 'restoreBackup'].filter((name) => body.includes(name))
  const store = named.length > 0 ? `import { ${named} } from ${JSON.stringify(index)}` : ''
  const code = `import Database from 'better-sqlite3'\n${store}\n${body}`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  })
  return follow(child)
}

function follow(child: ChildProcess): OtherProcess {
  let printed = ''
  const heard = (data: unknown) => {
    printed += String(data)
  }
  child.stdout?.on('data', heard)
  child.stderr?.on('data', heard)
  const end = once(child, 'close').then(([code]) => code as number | null)
  const kill = async () => {
    child.kill('SIGKILL')
    await end
  }
  onTestFinished(kill)
  return {
    output: () => printed,
    ended: () => end,
    kill,
    async said(line) {
      while (!printed.split('\n').includes(line)) {
        if (child.exitCode !== null) throw new Error(`The other process ended without "${line}": ${printed}`)
        await Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data'), end])
      }
    },
  }
}
