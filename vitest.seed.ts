import fc from 'fast-check'

// On the server of the tests the same values each time, so that what is red there is red because of the change; at home new ones each time.
if (process.env.CI) fc.configureGlobal({ seed: 1 })
