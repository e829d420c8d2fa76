import { createAdminApi } from '@kamihi/admin-api'
import {
  type Config,
  type ConfigSources,
  createBackups,
  createKamihi,
  followTime,
  type Kamihi,
  type KamihiOptions,
} from '@kamihi/core'
import { createJobs, type Jobs } from '@kamihi/jobs'
import { createEmulator, type Emulator, type EmulatorOptions } from '@kamihi/telegram-emulator'
import { actionModules } from './actionModules.ts'
import { announceDue } from './demo/announceDue.ts'
import { followUsers } from './demo/followUsers.ts'
import { keepTime, leaveTime } from './demo/keepTime.ts'
import { seedDemo } from './demo/seedDemo.ts'
import { version } from './version.ts'

export interface StartBotOptions {
  config: Config
  /** Where it comes from, as `loadConfig` tells it; shown to owners. */
  configSources?: ConfigSources
  projectDir?: string
  actions?: KamihiOptions['actions']
  /** Whether `demo.yaml` fills an empty database on the stand-in. Default true. */
  demo?: boolean
  /** How the stand-in behaves, while no token is set. */
  emulator?: Pick<EmulatorOptions, 'limits' | 'now'>
  /** Begins with an empty database where there was one before. */
  newDatabase?: boolean
  /** Called with each one-time set-up link; it belongs on the console only. */
  onSetupLink?: (link: string) => void
}

export interface RunningBot {
  kamihi: Kamihi
  jobs: Jobs
  dashboardUrl: string | null
  chatUrl: string | null
  setupLink: string | null
  /** The stand-in, while no token is set. */
  emulator: Emulator | null
  /** Finishes what is in the air, then stops everything. */
  stop(): Promise<void>
}

/** Starts the whole bot: stand-in for Telegram while no token is set, jobs, dashboard, poller. */
export async function startBot(options: StartBotOptions): Promise<RunningBot> {
  const emulator = await emulatorFor(options)
  try {
    return await startOn(emulator, options)
  } catch (error) {
    await emulator?.close()
    throw error
  }
}

async function emulatorFor({ config, emulator = {} }: StartBotOptions): Promise<Emulator | null> {
  if (config.token !== null || !config.telegram.emulator.enabled) return null
  const { port } = config.telegram.emulator
  const portSetting = `telegram.emulator.port in kamihi.yaml, or KAMIHI_TELEGRAM__EMULATOR__PORT=${port + 1}`
  return createEmulator({ port, portSetting, ...emulator })
}

async function startOn(emulator: Emulator | null, options: StartBotOptions): Promise<RunningBot> {
  const { config, projectDir } = options
  const kamihi = await createKamihi({
    config,
    modules: actionModules,
    ...(projectDir ? { projectDir } : {}),
    ...(options.actions ? { actions: options.actions } : {}),
    newDatabase: options.newDatabase ?? false,
    ...(emulator
      ? {
          emulator: { apiRoot: emulator.url, token: emulator.token, pageUrl: emulator.pageUrl },
          clock: followTime(emulator.clock),
        }
      : {}),
  })
  const jobs = createJobs({ kamihi })
  kamihi.use(jobs)
  kamihi.use(createBackups({ kamihi }))
  const api = config.web.enabled
    ? createAdminApi({
        kamihi,
        jobs,
        version,
        chatUrl: emulator?.pageUrl ?? null,
        ...(options.configSources ? { configSources: options.configSources } : {}),
        ...(options.onSetupLink ? { onSetupLink: options.onSetupLink } : {}),
      })
    : null
  if (api) kamihi.use(api)
  if (emulator) {
    kamihi.use(await keepTime(kamihi, emulator.clock))
    if (options.demo ?? true) await seedDemo({ kamihi, jobs, projectDir: projectDir ?? process.cwd() })
    kamihi.use(followUsers(kamihi, emulator.control))
    kamihi.use(announceDue(kamihi, emulator.control))
  } else await leaveTime(kamihi)
  await kamihi.start()
  return {
    kamihi,
    jobs,
    dashboardUrl: api?.url() ?? null,
    chatUrl: emulator?.pageUrl ?? null,
    setupLink: api?.setupLink() ?? null,
    emulator,
    async stop() {
      await kamihi.stop()
      await emulator?.close()
    },
  }
}
