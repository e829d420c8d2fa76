// Read by the editor and svelte-check; the defaults fit.
export default {}
