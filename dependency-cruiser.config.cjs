// Who may import whom. Arrows go one way:
// contracts ← store ← core ← jobs ← admin-api ← cli; apps/admin knows contracts only; the emulator stands alone.
const order = ['contracts', 'store', 'core', 'jobs', 'admin-api', 'cli']

const upwards = order.slice(0, -1).map((name, index) => ({
  name: `${name}-imports-nothing-above-it`,
  severity: 'error',
  from: { path: `^packages/${name}/src/` },
  to: { path: `^packages/(${[...order.slice(index + 1), 'telegram-emulator', 'create-kamihi'].join('|')})/` },
}))

/** Inside of the emulator: what there is, how it is shown, what people do, and the two ways in. */
const emulatorLayers = ['shapes', 'world', 'objects', 'acts', 'botApi', 'control']
const emulatorUpwards = emulatorLayers.slice(0, -1).map((name, index) => ({
  name: `emulator-${name}-imports-nothing-above-it`,
  severity: 'error',
  from: { path: `^packages/telegram-emulator/src/${name}/` },
  to: { path: `^packages/telegram-emulator/src/(${emulatorLayers.slice(index + 1).join('|')})/` },
}))

/** A library that only one place may know. */
const onlyIn = (library, places) => ({
  name: `${library}-only-in-its-place`,
  severity: 'error',
  from: { path: '^(packages|apps)/', pathNot: places },
  to: { path: `node_modules/${library}/` },
})

module.exports = {
  forbidden: [
    ...upwards,
    ...emulatorUpwards,
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      // A page that is loaded when it is opened may know the router that loads it.
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] } },
    },
    {
      name: 'dashboard-knows-contracts-only',
      severity: 'error',
      from: { path: '^apps/admin/src/' },
      to: { path: '^packages/(?!contracts/)' },
    },
    {
      name: 'emulator-stands-alone',
      severity: 'error',
      from: { path: '^packages/telegram-emulator/src/' },
      to: { path: '^(packages/(?!telegram-emulator/)|apps/)' },
    },
    {
      name: 'no-path-into-another-package',
      severity: 'error',
      from: { path: '^(packages|apps)/([^/]+)/' },
      to: { path: '^(packages|apps)/', pathNot: '^$1/$2/', dependencyTypes: ['local'] },
    },
    onlyIn('drizzle-orm', '^packages/store/'),
    onlyIn('better-sqlite3', '^packages/store/'),
    onlyIn('telegraf', '^packages/core/src/telegram/'),
    onlyIn('cosmiconfig', '^packages/core/src/config/'),
    onlyIn('croner', '^packages/jobs/src/schedule'),
    onlyIn('cronstrue', '^packages/jobs/src/schedule'),
    onlyIn('fastify', '^packages/(admin-api|telegram-emulator)/'),
    onlyIn('svelte', '^(apps/admin|packages/telegram-emulator)/'),
  ],
  options: {
    doNotFollow: { path: ['node_modules', '/dist/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['kamihi-source', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.svelte'],
    },
  },
}
