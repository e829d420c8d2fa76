import { Readable } from 'node:stream'
import type { AccessRole, AuditEntry, ExportFormat, Page, PageQuery } from '@kamihi/contracts'
import type { TSchema } from '@sinclair/typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { withoutHidden } from '../auth/fieldRules.ts'
import { type ApiContext, changeBy, principalIn } from '../context.ts'
import { serialisable } from '../http/serialisable.ts'
import { type FileFormat, fileFormats } from './formats.ts'
import type { OpenFiles } from './openFiles.ts'
import { firstPage, rowsOf } from './rowsOf.ts'

type Row = Record<string, unknown>

/** What is exported, and how it was asked for. */
export interface Exported<T extends Row> {
  /** Of the file, e.g. `jobs`. */
  name: string
  /** What the audit log says was exported. */
  verb: string
  object: AuditEntry['object']
  format: ExportFormat
  /** Search, filters and order. */
  query: object
  /** What a row is. */
  item: TSchema
  read: (place: PageQuery) => Promise<Page<T>>
}

/**
 * A list as a file, written while it is read. When it has ended, however it did, the audit log tells who took how many rows of what.
 * @throws ApiProblem when too many are read at once
 */
export function createExportFile(context: ApiContext, files: OpenFiles) {
  return <T extends Row>(
    exported: Exported<T>,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<Readable> => files.open(principalIn(request).id, () => fileOf(context, exported, request, reply))
}

async function fileOf<T extends Row>(
  context: ApiContext,
  exported: Exported<T>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Readable> {
  const { clock, logger, store } = context.kamihi
  const read = (place: PageQuery) =>
    exported.read(place).catch((error: unknown) => {
      logger.error({ err: error, requestId: request.id }, 'A list could not be read to be exported')
      throw error
    })
  const first = await firstPage(exported.read)
  const format = fileFormats[exported.format](exported.item)
  const facts = { format: exported.format, query: exported.query }
  const { verb, object } = exported
  const note = (rows: number, isComplete: boolean) =>
    store.audit.add({ verb, object, facts: { ...facts, rows, isComplete } }, changeBy(context, request))
  const seen = seenBy(principalIn(request).role, exported.item, reply)
  const day = new Date(clock.now()).toISOString().slice(0, 10)
  reply.type(format.contentType)
  reply.header('content-disposition', `attachment; filename="${exported.name}-${day}.${exported.format}"`)
  return Readable.from(textOf(rowsOf(read, first), { format, seen, note }))
}

/** Makes JSON of a row, with the fields that somebody of that role may see. */
function seenBy<T extends Row>(role: AccessRole, schema: TSchema, reply: FastifyReply): (item: T) => string {
  const serialise = reply.compileSerializationSchema(serialisable(schema))
  return (item) => serialise(role === 'viewer' ? (withoutHidden(schema, item) as Row) : item)
}

interface Writing<T> {
  format: FileFormat
  /** The row as JSON, with the fields that who asks may see. */
  seen: (item: T) => string
  note: (rows: number, isComplete: boolean) => Promise<void>
}

/** The text of a file, page by page. */
async function* textOf<T>(
  pages: AsyncIterable<T[]>,
  { format, seen, note }: Writing<T>,
): AsyncGenerator<string> {
  let rows = 0
  let isComplete = false
  try {
    yield format.begin
    for await (const items of pages) {
      const text = items.map((item, index) => format.row(seen(item), rows + index)).join('')
      rows += items.length
      yield text
    }
    yield format.end
    isComplete = true
  } finally {
    await note(rows, isComplete)
  }
}
