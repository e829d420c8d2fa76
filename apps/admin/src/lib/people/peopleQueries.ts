import { createQuery } from '@tanstack/svelte-query'
import { api } from '../api/api.ts'
import { everyPage } from '../api/everyPage.ts'

/** As many permissions, roles and actions as are held in a browser at once. */
export const most = 2000

/** All permissions, for who may use what. */
export const queryPermissions = () =>
  createQuery(() => ({
    queryKey: ['permissions', 'all'],
    queryFn: () => everyPage((query) => api.listPermissions({ query }), most),
  }))

/** All roles, for their names. */
export const queryRoles = () =>
  createQuery(() => ({
    queryKey: ['roles', 'all'],
    queryFn: () => everyPage((query) => api.listRoles({ query: { ...query, sort: 'name' } }), most),
  }))

/** All actions. */
export const queryActions = () =>
  createQuery(() => ({
    queryKey: ['actions', 'all'],
    queryFn: () => everyPage((query) => api.listActions({ query }), most),
  }))
