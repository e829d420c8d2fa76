import { hostname } from 'node:os'
import type { ConfigSources, Kamihi, Plugin } from '@kamihi/core'
import type { Jobs } from '@kamihi/jobs'
import type { FastifyInstance } from 'fastify'
import { buildApp } from './app.ts'
import { createAccessChanges } from './auth/accessChanges.ts'
import { createBotCodes } from './auth/botCodes.ts'
import { createGuessing } from './auth/guessing.ts'
import { createSetup } from './auth/setup.ts'
import { answerAdminCommand, createSignInLinks } from './auth/signInLinks.ts'
import type { ApiContext } from './context.ts'
import { dashboardFolder } from './http/assets.ts'
import { createMonitor } from './monitor/monitor.ts'
import { checkExposure } from './security/exposure.ts'

export interface AdminApiOptions {
  kamihi: Kamihi
  jobs: Jobs
  version: string
  /** Where the configuration comes from, as `loadConfig` tells it; shown to owners. */
  configSources?: ConfigSources
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
  /** The newest set-up link; null once it has made the first owner, or is too old. */
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
  const stop = async () => {
    if (running.app) await closeApp(running.app)
    running.app = null
  }

  return {
    name: 'admin-api',
    url,
    setupLink: () => (setup.isExpired() ? null : running.link),
    async start() {
      const context: ApiContext = {
        kamihi,
        jobs: options.jobs,
        setup,
        guessing: createGuessing(kamihi.store),
        botCodes: createBotCodes(),
        signInLinks: createSignInLinks(),
        accessChanges: createAccessChanges(),
        version: options.version,
        monitor: createMonitor({ kamihi, jobs: options.jobs, version: options.version }),
        configSources: options.configSources ?? null,
        // Browsers share cookies between the ports of a host, and two bots may run on one.
        cookieName: https ? '__Host-kamihi' : `kamihi_${web.port}`,
        ticketCookieName: https ? '__Host-kamihi_otp' : `kamihi_otp_${web.port}`,
        https,
        url,
        hostNames: [hostname(), new URL(url()).hostname],
        chatUrl: options.chatUrl ?? null,
        printSetupLink,
      }
      running.app = await buildApp({
        context,
        port: () => running.port,
        dashboard: options.dashboard === undefined ? dashboardFolder() : options.dashboard,
      })
      try {
        running.port = await listen(running.app, web)
        answerAdminCommand(context)
        if (!(await kamihi.store.accounts.hasOwner())) printSetupLink()
      } catch (error) {
        // Nobody stops what has not started.
        await stop()
        throw error
      }
    },
    stop,
  }
}

/** How long requests that go on have to finish. */
const drainMs = 2000

/** Closes the app; a connection that nobody closes, e.g. of a reader that has gone silently, is cut after a while. */
async function closeApp(app: FastifyInstance): Promise<void> {
  // Real time: the clock of the bot may stand still.
  const timer = setTimeout(() => app.server.closeAllConnections(), drainMs)
  await app.close()
  clearTimeout(timer)
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
