// `node --import` of this file runs the TypeScript of this repository in a process of its own: Node 20 takes no types away by itself.
import { register } from 'node:module'

register('./typescriptHooks.mjs', import.meta.url)
