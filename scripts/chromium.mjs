// Where the browser of the tests is.
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** The Chromium of this machine, or null. `CHROMIUM_PATH` names another. */
export function findChromium() {
  const given = process.env.CHROMIUM_PATH
  return [...(given ? [given] : places), chromium.executablePath()].find((path) => existsSync(path)) ?? null
}

/**
 * Chromium loads two pages for its address bar into each window, which takes it twice as long as the page that is asked for.
 * Only the last such list counts, so it holds what Playwright switches off as well.
 */
const withoutFeatures = [
  ...['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup'],
  ...['AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades'],
  ...['HttpsFirstBalancedModeAutoEnable', 'LensOverlay', 'MediaRouter', 'PaintHolding', 'AimEnabled'],
  ...['ThirdPartyStoragePartitioning', 'AvoidCorsURLLoaderRestartOnRedirect', 'OptimizationHints'],
  ...['NetworkTimeServiceQuerying', 'PreconnectToSearch'],
]

/** Starts the Chromium of this machine. */
export const launchChromium = () =>
  chromium.launch({
    executablePath: chromiumPath(),
    args: ['--no-sandbox', `--disable-features=${withoutFeatures}`],
  })

/** @throws Error that says what to do when there is none */
export function chromiumPath() {
  const found = findChromium()
  if (found) return found
  throw new Error('There is no Chromium on this machine. Install it, or say where it is with CHROMIUM_PATH.')
}
