import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import Fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { createOpenFiles } from '../../src/exports/openFiles.ts'
import { ApiProblem } from '../../src/refusals/problem.ts'

const files = () => createOpenFiles(Fastify())
const fileOf = async () => Readable.from(['text'])
const tooMany = expect.any(ApiProblem)

describe('files that are being read', () => {
  it('are two of one person at most, also when they are asked for at the same time', async () => {
    const { open } = files()
    const asked = await Promise.allSettled([1, 2, 3].map(() => open('ana', fileOf)))
    expect(asked).toMatchObject([{}, {}, { status: 'rejected', reason: tooMany }])
    await expect(open('eve', fileOf)).resolves.toBeInstanceOf(Readable)
  })

  it('are ten at most', async () => {
    const { open } = files()
    const people = Array.from({ length: 11 }, (_, n) => `person ${n}`)
    const asked = await Promise.allSettled(people.map((person) => open(person, fileOf)))
    expect(asked.map(({ status }) => status).indexOf('rejected')).toBe(10)
  })

  it('make room for others when they have ended, and when nothing came of them', async () => {
    const { open } = files()
    const file = await open('ana', fileOf)
    const fails = () => open('ana', () => Promise.reject(new Error('no list')))
    await expect(fails()).rejects.toThrow('no list')
    await expect(fails()).rejects.toThrow('no list')
    await open('ana', fileOf)
    await expect(open('ana', fileOf)).rejects.toEqual(tooMany)
    file.destroy()
    await finished(file).catch(() => {})
    await new Promise(setImmediate)
    await expect(open('ana', fileOf)).resolves.toBeInstanceOf(Readable)
  })
})
