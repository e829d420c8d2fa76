import type { MultipartFile } from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { BotApiError, badRequest } from './answer.ts'
import type { Upload } from './method.ts'

/** What a call brings, however it was sent: in the address, as a form, as JSON or in parts. */
export interface Brought {
  raw: Record<string, unknown>
  uploads: ReadonlyMap<string, Upload>
}

/** Bytes of all files of one call; the real server takes 50 MB. */
const mostInAll = 70 * 1024 * 1024

const nothing: ReadonlyMap<string, Upload> = new Map()

/** Has bodies read as the real server reads them: what cannot be read is no parameter (tdnet, HttpReader.cpp). */
export function readBodies(app: FastifyInstance): void {
  app.removeContentTypeParser(['application/json', 'text/plain'])
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_, body, done) =>
    done(null, parsed(String(body))),
  )
  app.addContentTypeParser('*', { parseAs: 'string' }, (_, __, done) => done(null, null))
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}

/** Parameters may stand in the address and in the body; the body wins. */
export async function brought(request: FastifyRequest): Promise<Brought> {
  const query = request.query as Record<string, unknown>
  if (request.isMultipart()) {
    const { fields, uploads } = await parts(request)
    return { raw: { ...query, ...fields }, uploads }
  }
  const body = request.body
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body)
  return { raw: isObject ? { ...query, ...(body as Record<string, unknown>) } : query, uploads: nothing }
}

type Parts = { fields: Record<string, unknown>; uploads: Map<string, Upload> }

/** @throws BotApiError when there is no boundary, or no end */
async function parts(request: FastifyRequest): Promise<Parts> {
  if (!/boundary/i.test(request.headers['content-type'] ?? '')) throw badRequest('boundary not found')
  try {
    return await readParts(request)
  } catch (error) {
    if (error instanceof BotApiError || (error instanceof Error && 'statusCode' in error)) throw error
    throw badRequest('unexpected end of request content')
  }
}

async function readParts(request: FastifyRequest): Promise<Parts> {
  const fields: Record<string, unknown> = {}
  const uploads = new Map<string, Upload>()
  let bytes = 0
  for await (const part of request.parts()) {
    if (part.type === 'field') fields[part.fieldname] = part.value
    else uploads.set(part.fieldname, await uploadOf(part))
    bytes += uploads.get(part.fieldname)?.bytes.length ?? 0
    if (bytes > mostInAll) throw new BotApiError(413, 'Request Entity Too Large')
  }
  return { fields, uploads }
}

const uploadOf = async (part: MultipartFile): Promise<Upload> => ({
  name: part.filename || part.fieldname,
  bytes: await part.toBuffer(),
})

/** Bytes of a body up to which it is recorded as it is. */
const recordedWhole = 64 * 1024
const recordedWords = 200

/** What is recorded of a call: a file by its name and size, and of a big body the beginning of each text, for the log is kept in memory. */
export function recorded({ raw, uploads }: Brought, bodyBytes: number): Record<string, unknown> {
  if (uploads.size === 0) return bodyBytes > recordedWhole ? shortened(raw) : raw
  const files = [...uploads].map(([part, { name, bytes }]) => [part, { file: name, bytes: bytes.length }])
  return { ...shortened(raw), ...Object.fromEntries(files) }
}

const shortened = (raw: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(raw)
      .slice(0, 100)
      .map(([name, value]) => [name.slice(0, recordedWords), short(value)]),
  )

function short(value: unknown): unknown {
  if (typeof value === 'string' && value.length > recordedWords) return `${value.slice(0, recordedWords)}…`
  return typeof value === 'object' && value !== null ? '…' : value
}
