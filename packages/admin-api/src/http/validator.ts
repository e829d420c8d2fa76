import { isInstant } from '@kamihi/contracts'
import type { FastifyServerOptions } from 'fastify'

/** How requests are checked against their schemas: as they are, with every field that is wrong. */
export const validator: NonNullable<FastifyServerOptions['ajv']> = {
  customOptions: { removeAdditional: false, coerceTypes: false, useDefaults: true, allErrors: true },
  onCreate: (ajv) => void ajv.addFormat('date-time', isInstant),
}
