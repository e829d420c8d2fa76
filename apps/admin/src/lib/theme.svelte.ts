type Theme = 'light' | 'dark'

let theme = $state<Theme>(document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light')

/** The theme that is shown; `toggle` remembers the choice on this device. */
export const themes = {
  get current() {
    return theme
  },
  toggle() {
    theme = theme === 'dark' ? 'light' : 'dark'
    document.documentElement.dataset.theme = theme
    localStorage.setItem('kamihi.theme', theme)
  },
}
