import { webhookEvents } from '@kamihi/contracts'
import { type Static, type TObject, type TSchema, Type } from '@sinclair/typebox'
import { timespanPattern } from './timespan.ts'

const text = (description: string, value: string) => Type.String({ default: value, description })
const flag = (description: string, value: boolean) => Type.Boolean({ default: value, description })
const number = (description: string, value: number, limits: { minimum?: number; maximum?: number } = {}) =>
  Type.Number({ default: value, description, ...limits })
const whole = (description: string, value: number, limits: { minimum?: number; maximum?: number } = {}) =>
  Type.Integer({ default: value, description, ...limits })
const optional = (description: string, more: object = {}) =>
  Type.Union([Type.String(more), Type.Null()], { default: null, description })
const words = (description: string, value: string[] = []) =>
  Type.Array(Type.String(), { default: value, description })
const duration = (description: string, value: string) =>
  Type.String({
    default: value,
    description,
    pattern: '^[1-9]\\d{0,3}[mhd]$',
    examples: ['30m', '24h', '14d'],
  })
const oneOf = <const W extends readonly string[]>(allowed: W, description: string, value: W[number]) =>
  Type.Union(allowed.map((word) => Type.Literal(word)) as never, {
    default: value,
    description,
  }) as unknown as ReturnType<typeof Type.Unsafe<W[number]>>
const group = <P extends Record<string, TSchema>>(properties: P) =>
  Type.Object(properties, { additionalProperties: false, default: {} })

const levels = ['TRACE', 'DEBUG', 'INFO', 'SUCCESS', 'WARNING', 'ERROR', 'CRITICAL'] as const

/** Somebody who is told by HTTP of runs that ended. */
const webhook = Type.Object(
  {
    url: Type.String({
      pattern: '^https?://[^\\s/@?#]+([/?]\\S*)?$',
      maxLength: 2000,
      examples: ['https://example.org/kamihi'],
    }),
    secret: Type.String({ minLength: 16, maxLength: 200, description: 'Signs each request' }),
    events: Type.Array(Type.Union(webhookEvents.map((event) => Type.Literal(event))), {
      default: [...webhookEvents],
      minItems: 1,
    }),
  },
  { additionalProperties: false },
)

/** Every key of the configuration, with its default and what it is for; YAML and environment write the names in snake_case. */
export const configSchema = group({
  testing: flag("Use Telegram's test servers", false),
  timezone: Type.String({
    default: 'UTC',
    description: 'IANA name of the zone of schedules and dates',
    format: 'timezone',
  }),
  token: optional('Token of the Telegram bot; without one the built-in stand-in is used', {
    pattern: '^\\d+:[0-9A-Za-z_-]{35}$',
  }),
  datasources: Type.Array(Type.Record(Type.String(), Type.Unknown()), {
    default: [],
    description: 'External databases',
  }),
  telegram: group({
    apiRoot: text('Base address of the Bot API server', 'https://api.telegram.org'),
    mode: oneOf(['polling', 'webhook'], 'How updates arrive', 'polling'),
    rate: group({
      global: number('Messages a second of the whole bot', 30, { minimum: 0.1, maximum: 1000 }),
      perChat: number('Messages a second to one chat', 1, { minimum: 0.1, maximum: 1000 }),
      perGroup: number('Messages a minute to one group', 20, { minimum: 1, maximum: 10_000 }),
      paid: flag('Use paid broadcasts', false),
    }),
    emulator: group({
      enabled: flag('Run the built-in stand-in while no token is set', true),
      port: whole('Port of the stand-in and its chat page', 4243, { minimum: 0, maximum: 65_535 }),
    }),
  }),
  log: group({
    stdoutEnable: flag('Log to standard output', true),
    stdoutLevel: oneOf(levels, 'Least level there', 'INFO'),
    stdoutSerialize: flag('JSON lines there', false),
    stderrEnable: flag('Log to standard error', false),
    stderrLevel: oneOf(levels, 'Least level there', 'ERROR'),
    stderrSerialize: flag('JSON lines there', false),
    fileEnable: flag('Log to a file', false),
    fileLevel: oneOf(levels, 'Least level there', 'DEBUG'),
    filePath: text('The file', 'kamihi.log'),
    fileSerialize: flag('JSON lines there', false),
    fileRotation: text('When a new file begins', '1 MB'),
    fileRetention: text('How long old files stay', '7 days'),
    notificationEnable: flag('Send notices', false),
    notificationLevel: oneOf(levels, 'Least level of a notice', 'SUCCESS'),
    notificationUrls: words('Where notices go'),
  }),
  db: group({
    url: text('Address of the database', 'sqlite:///kamihi.db'),
    synchronous: oneOf(['full', 'normal'], 'full survives power loss, normal is faster', 'full'),
    pagesExpirationDays: number('Days that pages can be turned', 7, { minimum: 0 }),
    backup: group({
      every: Type.String({
        default: '24h',
        description: 'How often the running bot makes a backup, e.g. 30m, 24h, 7d, or never',
        pattern: timespanPattern,
        examples: ['30m', '24h', '7d', 'never'],
      }),
      keep: whole('Newest backups that stay', 7, { minimum: 1, maximum: 10_000 }),
    }),
  }),
  responses: group({
    defaultEnabled: flag(
      'Answer what the bot does not understand, once in ten seconds in each private chat',
      true,
    ),
    defaultMessage: text('That answer', "I'm sorry, but I don't know how to respond to that"),
    errorMessage: text(
      'Said when an action failed',
      'An error occurred while processing your request, please try again later',
    ),
    interruptedMessage: text(
      'Said at the next start when the bot ended while it ran an action that must not be run twice',
      'I was interrupted while I worked on this, so it is not known whether it finished. Please try the command again',
    ),
    cancelCommand: text('Command that ends a conversation', 'cancel'),
    cancelMessage: text('Said when it did', 'Operation cancelled'),
  }),
  questions: group({
    timeout: whole('Seconds of silence that end a conversation', 300, { minimum: 1 }),
    boolErrorText: text('Wrong answer to a yes or no question', 'Please answer with yes or no.'),
    boolTrueValues: words('Answers that mean yes', ['yes', 'y', 'true', 't', '1']),
    boolFalseValues: words('Answers that mean no', ['no', 'n', 'false', 'f', '0']),
    integerErrorText: text('Wrong answer where a whole number is asked', 'Please enter a valid integer.'),
    stringErrorText: text('Wrong answer where text is asked', 'Please enter a valid string.'),
    datetimeErrorText: text(
      'Wrong answer where date and time are asked',
      'Please enter a valid date and time.',
    ),
    dateErrorText: text('Wrong answer where a date is asked', 'Please enter a valid date.'),
    timeErrorText: text('Wrong answer where a time is asked', 'Please enter a valid time.'),
    choiceErrorText: text('Wrong answer to a choice', 'Please select a valid option.'),
    dynamicChoiceErrorText: text('Wrong answer to a choice from data', 'Please select a valid option.'),
    removeKeyboardText: text('Said when a keyboard is taken away', 'Removing keyboard...'),
  }),
  web: group({
    enabled: flag('Serve API and dashboard', true),
    host: text('Where it listens', 'localhost'),
    port: whole('Its port', 4242, { minimum: 0, maximum: 65_535 }),
    publicUrl: optional('Address that people use, when it is not this machine'),
    allowedHosts: words('More Host headers that are accepted'),
    trustedProxies: words('Proxies whose X-Forwarded headers are believed'),
    insecure: flag('Accept an http address that others can reach', false),
    metricsPublic: flag('Give /metrics to whoever asks, without credentials', false),
    rateLimit: whole('Requests in 10 seconds for each account or token; 0 switches it off', 300, {
      minimum: 0,
    }),
    auth: group({
      sessionIdle: duration('How long a sign-in lasts that nobody uses', '24h'),
      sessionMax: duration('How long a sign-in lasts at most', '14d'),
      botCode: flag('Let the bot send one-time codes for signing in, to accounts with a Telegram user', true),
      require: oneOf(
        ['password', 'password+bot', 'bot'],
        'What has to be shown to sign in: a password, a code of the bot after it, or a code of the bot alone',
        'password',
      ),
    }),
  }),
  webhooks: Type.Array(webhook, {
    default: [],
    description: 'Addresses that are told of runs that ended: `url`, `secret` and, if not of all, `events`',
  }),
  jobs: group({
    enabled: flag('Run jobs', false),
    strictArgs: flag('Refuse arguments that do not fit the action', false),
    allowSeconds: flag('Accept cron expressions of six fields', false),
    retentionDays: whole('Days that history stays', 90, { minimum: 1 }),
    retentionRuns: whole('Newest runs of each job that stay; older ones stay only if they failed', 200, {
      minimum: 1,
    }),
    notifyAdmins: flag(
      'Tell admins by Telegram of runs that failed, in part or whole, or were missed',
      false,
    ),
  }),
})

export type Config = Static<typeof configSchema>

export const isGroup = (schema: TSchema): schema is TObject =>
  schema.type === 'object' && typeof schema.properties === 'object'

export const snakeCase = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
export const camelCase = (name: string): string =>
  name.replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
