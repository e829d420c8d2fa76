// The reference of the API: reads the OpenAPI document and shows it. Text is set as text only, so that nothing of it can run.

/** An element with attributes and children; children that are strings become text. */
function el(name, attributes = {}, ...children) {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value)
    else element.setAttribute(key, value)
  }
  element.append(...children.filter((child) => child !== null))
  return element
}

const content = document.getElementById('content')
const topics = document.getElementById('topics')
const filter = document.getElementById('filter')
const idOf = (name) => name.toLowerCase().replace(/\W+/g, '-')

/** What a schema allows, in a few words. */
function wordsOf(schema = {}) {
  if (schema.$ref) return schema.$ref.split('/').pop()
  if (schema.enum) return schema.enum.map((word) => JSON.stringify(word)).join(' | ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.anyOf) return schema.anyOf.map(wordsOf).join(' | ')
  if (schema.type === 'array') return `list of ${wordsOf(schema.items)}`
  return [schema.type ?? 'anything', schema.format].filter(Boolean).join(' ')
}

/** Fields of an object, those of objects in it by their paths. */
function fieldsOf(schema = {}, prefix = '', depth = 0) {
  const inner = schema.type === 'array' ? schema.items : schema
  return Object.entries(inner?.properties ?? {}).flatMap(([name, field]) => {
    const path = `${prefix}${name}`
    const row = { path, field, isRequired: (inner.required ?? []).includes(name) }
    const nested = (field.anyOf ?? [field]).find((one) => one.type === 'object' || one.type === 'array')
    return [row, ...(nested && depth < 3 ? fieldsOf(nested, `${path}.`, depth + 1) : [])]
  })
}

function fieldTable(title, schema) {
  const fields = fieldsOf(schema)
  if (fields.length === 0)
    return schema ? el('div', {}, el('h4', {}, title), el('code', {}, wordsOf(schema))) : null
  const rows = fields.map(({ path, field, isRequired }) =>
    el(
      'tr',
      {},
      el('td', {}, el('code', {}, path), isRequired ? '' : el('span', { class: 'faint' }, ' optional')),
      el('td', {}, el('code', {}, wordsOf(field))),
      el('td', {}, field.description ?? ''),
    ),
  )
  const head = el('tr', {}, ...['field', 'type', 'meaning'].map((text) => el('th', { scope: 'col' }, text)))
  return el('div', {}, el('h4', {}, title), el('table', {}, el('thead', {}, head), el('tbody', {}, ...rows)))
}

function answersOf(responses) {
  const rows = Object.entries(responses).map(([status, { description }]) =>
    el('tr', {}, el('th', { scope: 'row' }, status), el('td', {}, description.replaceAll('`', ''))),
  )
  return el('div', {}, el('h4', {}, 'Answers'), el('table', {}, el('tbody', {}, ...rows)))
}

/** Sends the request with the cookie of whoever is signed in. */
async function send({ path, method, parameters, form }) {
  const values = new FormData(form)
  const given = parameters.map((parameter) => ({
    ...parameter,
    value: String(values.get(parameter.name) ?? ''),
  }))
  const address = given
    .filter(({ in: where }) => where === 'path')
    .reduce((text, { name, value }) => text.replace(`{${name}}`, encodeURIComponent(value)), path)
  const query = new URLSearchParams(
    given
      .filter(({ in: where, value }) => where === 'query' && value !== '')
      .map(({ name, value }) => [name, value]),
  )
  const body = values.get('body')
  const response = await fetch(query.size > 0 ? `${address}?${query}` : address, {
    method,
    ...(body ? { body: String(body), headers: { 'content-type': 'application/json' } } : {}),
  })
  const text = await response.text()
  return `${response.status} ${response.statusText}\n\n${pretty(text)}`
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

function tryForm(path, method, operation) {
  const parameters = operation.parameters ?? []
  const media = operation.requestBody?.content['application/json']
  const output = el('pre', { 'aria-live': 'polite', hidden: '' })
  const changes = method !== 'GET'
  const form = el(
    'form',
    {
      onsubmit: async (event) => {
        event.preventDefault()
        if (changes && !confirm(`${method} ${path}: this changes something in the running bot.`)) return
        output.hidden = false
        output.textContent = 'Sending…'
        output.textContent = await send({
          path,
          method,
          parameters,
          form: event.currentTarget ?? form,
        }).catch((error) => `No answer: ${error.message}`)
      },
    },
    ...parameters.map(({ name, required }) =>
      el('label', {}, `${name} `, el('input', { name, ...(required ? { required: '' } : {}) })),
    ),
    media
      ? el(
          'label',
          {},
          'Body ',
          el('textarea', { name: 'body', spellcheck: 'false' }, JSON.stringify(media.example ?? {}, null, 2)),
        )
      : null,
    el('button', {}, `Send ${method}`),
  )
  return el('div', {}, el('h4', {}, 'Try it'), form, output)
}

/** What is shown of an operation once it is opened: most of them never are. */
function bodyOf(path, method, operation) {
  const parameters = { type: 'object', properties: {}, required: [] }
  for (const { name, schema, required } of operation.parameters ?? []) {
    parameters.properties[name] = schema
    if (required) parameters.required.push(name)
  }
  const success = Object.entries(operation.responses).find(([status]) => status.startsWith('2'))?.[1]
  return el(
    'div',
    { class: 'body' },
    el('p', {}, operation.description ?? ''),
    operation.parameters?.length ? fieldTable('Parameters', parameters) : null,
    fieldTable('Body', operation.requestBody?.content['application/json'].schema),
    fieldTable('Answer', success?.content?.['application/json']?.schema),
    answersOf(operation.responses),
    operation.operationId === 'events' ? null : tryForm(path, method, operation),
  )
}

function entryOf({ path, method, operation }) {
  const details = el(
    'details',
    { id: operation.operationId },
    el(
      'summary',
      {},
      el('span', { class: 'method' }, method),
      el('span', { class: 'path' }, path),
      el('span', { class: 'faint' }, operation.summary ?? ''),
    ),
  )
  details.addEventListener('toggle', () => {
    if (details.open && details.children.length === 1) details.append(bodyOf(path, method, operation))
  })
  return details
}

function show(api) {
  const all = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
  const draw = () => {
    const wanted = filter.value.trim().toLowerCase()
    const fits = ({ path, operation }) =>
      `${path} ${operation.summary} ${operation.operationId}`.toLowerCase().includes(wanted)
    const sections = api.tags.flatMap(({ name, description }) => {
      const entries = all.filter((entry) => entry.operation.tags.includes(name) && fits(entry))
      return entries.length === 0
        ? []
        : [
            el(
              'section',
              { id: idOf(name) },
              el('h2', {}, name),
              el('p', { class: 'faint' }, description),
              ...entries.map(entryOf),
            ),
          ]
    })
    content.replaceChildren(...(sections.length > 0 ? sections : [el('p', {}, 'No endpoint fits.')]))
  }
  topics.replaceChildren(...api.tags.map(({ name }) => el('a', { href: `#${idOf(name)}` }, name)))
  filter.addEventListener('input', draw)
  draw()
  const linked = document.getElementById(location.hash.slice(1))
  if (linked instanceof HTMLDetailsElement) linked.open = true
  linked?.scrollIntoView()
}

const response = await fetch('/api/v1/openapi.json')
if (response.ok) show(await response.json())
else if (response.status === 401)
  content.replaceChildren(
    el('p', {}, 'Sign in first: ', el('a', { href: '/sign-in?next=/api/docs' }, 'to the sign-in'), '.'),
  )
else
  content.replaceChildren(
    el('p', {}, `The document cannot be read: ${response.status} ${response.statusText}`),
  )
