import type { Browser } from 'playwright-core'

export declare function findChromium(): string | null
export declare function chromiumPath(): string
export declare function launchChromium(): Promise<Browser>
