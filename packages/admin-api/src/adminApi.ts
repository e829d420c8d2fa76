import type { Kamihi, Plugin } from '@kamihi/core'
import type { Jobs } from '@kamihi/jobs'
import type { FastifyInstance } from 'fastify'
import { buildApp } from './app.ts'
import { dashboardFolder } from './assets.ts'
import { createGuessing } from './auth/guessing.ts'
import { createSetup } from './auth/setup.ts'
import type { ApiContext } from './context.ts'
import { checkExposure } from './security/exposure.ts'

export interface AdminApiOptions {
  kamihi: Kamihi
  jobs: Jobs
  version: string
  /** Chat page of the emulator, while it is on. */
  chatUrl?: string | null
  /** Folder of the dashboard; default: that of `@kamihi/admin`; null: the API alone. */
  dashboard?: string | null
  /** Called with each new set-up link. It belongs on the console only, never into a log. */
  onSetupLink?: (link: string) => void
}

export interface AdminApi extends Plugin {
  /** Where people reach it, e.g. `http://localhost:4242`; known once it has started. */
  url(): string
  /** The newest set-up link, null once an owner exists. */
  setupLink(): string | null
}

/**
 * The API and the dashboard as a part of the bot.
 * @throws when the host is not loopback and `web.public_url` is not set; `start` rejects when the port is taken.
 */
export function createAdminApi(options: AdminApiOptions): AdminApi {
  const { kamihi } = options
  const { web } = kamihi.config
  checkExposure(web)
  const setup = createSetup(() => kamihi.clock.now())
  const running: { app: FastifyInstance | null; port: number; link: string | null } = {
    app: null,
    port: web.port,
    link: null,
  }
  const url = () => web.publicUrl?.replace(/\/$/, '') ?? `http://localhost:${running.port}`
  const https = web.publicUrl?.startsWith('https:') ?? false
  const printSetupLink = () => {
    running.link = `${url()}/setup#token=${setup.issue()}`
    options.onSetupLink?.(running.link)
  }

  return {
    name: 'admin-api',
    url,
    setupLink: () => running.link,
    async start() {
      const context: ApiContext = {
        kamihi,
        jobs: options.jobs,
        setup,
        guessing: createGuessing(kamihi.store.attempts),
        version: options.version,
        cookieName: https ? '__Host-kamihi' : `kamihi_${web.port}`,
        https,
        chatUrl: options.chatUrl ?? null,
        printSetupLink,
      }
      running.app = await buildApp({
        context,
        port: () => running.port,
        dashboard: options.dashboard === undefined ? dashboardFolder() : options.dashboard,
      })
      running.port = await listen(running.app, web)
      if (!(await kamihi.store.accounts.hasOwner())) printSetupLink()
    },
    async stop() {
      await running.app?.close()
      running.app = null
    },
  }
}

async function listen(app: FastifyInstance, web: { host: string; port: number }): Promise<number> {
  try {
    // The name stands for two addresses, and one that is free would hide that the other is taken.
    await app.listen({ host: web.host === 'localhost' ? '127.0.0.1' : web.host, port: web.port })
  } catch (error) {
    throw explain(error as NodeJS.ErrnoException, web)
  }
  const address = app.server.address()
  return address !== null && typeof address === 'object' ? address.port : web.port
}

function explain(error: NodeJS.ErrnoException, web: { host: string; port: number }): Error {
  if (error.code === 'EADDRINUSE') {
    return new Error(
      `Port ${web.port} on ${web.host} is taken by another program. Stop it, or set web.port (KAMIHI_WEB__PORT) to a free one.`,
      { cause: error },
    )
  }
  if (error.code === 'EACCES')
    return new Error(
      `Port ${web.port} needs rights that this user does not have. Set web.port to one above 1023.`,
      { cause: error },
    )
  return new Error(`The dashboard cannot listen on ${web.host}:${web.port}: ${error.message}`, {
    cause: error,
  })
}
