import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

const run = (...[command = '', ...args]: string[]): boolean => spawnSync(command, args).status === 0

/** A disk of its own, as small as a test wants it. */
export interface Disk {
  folder: string
  resize(megabytes: number): void
  setReadOnly(readOnly: boolean): void
}

/** Mounts a disk in memory. */
export function mountDisk(megabytes: number): Disk {
  const folder = mkdtempSync(join(tmpdir(), 'kamihi-disk-'))
  if (!run('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder))
    throw new Error('mounting is not allowed here')
  onTestFinished(() => void run('umount', '-l', folder))
  const remount = (options: string) => {
    if (!run('mount', '-o', `remount,${options}`, folder)) throw new Error(`not remounted: ${options}`)
  }
  return {
    folder,
    resize: (size) => remount(`size=${size}m`),
    setReadOnly: (readOnly) => remount(readOnly ? 'ro' : 'rw'),
  }
}

/** Mounting needs root and a kernel that allows it; tests that need it say so where they are skipped. */
export const canMount: boolean = (() => {
  const folder = mkdtempSync(join(tmpdir(), 'kamihi-disk-'))
  const allowed = process.getuid?.() === 0 && run('mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder)
  if (allowed) run('umount', folder)
  else console.warn('Mounting is not allowed here: tests of real disks are skipped.')
  return allowed
})()

/** Leaves no room for anything on the disk of a folder; gives the files that take it. */
export function fill(folder: string): string[] {
  const files: string[] = []
  for (const bytes of [1 << 20, 1 << 12]) {
    for (let isRoom = true; isRoom; ) {
      const file = join(folder, `filler-${files.length}`)
      files.push(file)
      isRoom = wrote(file, Buffer.alloc(bytes, 'x'))
    }
  }
  return files
}

function wrote(file: string, content: Buffer): boolean {
  try {
    writeFileSync(file, content)
    return true
  } catch {
    return false
  }
}
