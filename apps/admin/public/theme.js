// Sets the theme before the first paint; a file of its own, because the page's policy forbids inline scripts.
{
  const chosen = localStorage.getItem('kamihi.theme')
  const dark = chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
}
