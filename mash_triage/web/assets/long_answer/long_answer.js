/* A long answer that is sent while it is typed, so that a cut line costs a few seconds of words.
   Sent after a pause in typing, at the latest some seconds after the first unsent key, and on
   leaving the field; sent again if the server does not say that it has it. What somebody is typing
   is never overwritten by an answer on its way back. When the line is cut the field says on what
   text the typing rests, for a server that knows nothing of it. */

const PAUSE = 1500 // milliseconds without a key
const LATEST = 4000 // milliseconds after the first unsent key
const ANSWER = 5000 // milliseconds in which the server says that it has the words; then twice that
const TRIES = 8 // about twenty minutes in all, for a line that is cut or a server that restarts

const fields = new WeakMap()

const words = count => `${count.toLocaleString("en-GB")} character${count === 1 ? "" : "s"}`

/* Where the page says whether it is connected; each field is told when it is no longer. */
const cutFields = new Set()
let watched = null

const watchLine = () => {
  const app = document.querySelector("[data-testid=stApp]")
  if (!app || app === watched) return
  watched = app
  let was = true
  new MutationObserver(() => {
    const is = app.dataset.testConnectionState === "CONNECTED"
    if (!is && was) cutFields.forEach(field => field.cut())
    was = is
  }).observe(app, { attributeFilter: ["data-test-connection-state"] })
}

export default function ({ data, parentElement, setStateValue }) {
  const find = name => parentElement.querySelector(`[data-part=${name}]`)
  const text = find("text")
  const field = fields.get(parentElement) ?? { pause: 0, latest: 0, answer: 0, tries: 0, sent: null, given: null }
  fields.set(parentElement, field)

  const say = () => {
    find("count").textContent = data.max
      ? `${words(text.value.length)} of ${words(data.max)}`
      : words(text.value.length)
    const saved = data.saved_at && text.value === data.value
    find("saved").textContent = saved ? `Saved ${data.saved_at}` : text.value === data.value ? "" : "Not saved yet"
  }

  const send = () => {
    clearTimeout(field.pause)
    clearTimeout(field.latest)
    field.pause = field.latest = 0
    if (text.value !== (field.sent ?? field.given)) {
      field.sent = text.value
      field.tries = 0
      deliver()
    }
  }

  const deliver = () => {
    clearTimeout(field.answer)
    setStateValue("value", field.sent)
    if (field.tries < TRIES) field.answer = setTimeout(() => field.deliver(), ANSWER * 2 ** field.tries++)
  }

  const changed = () => {
    say()
    clearTimeout(field.pause)
    field.pause = setTimeout(send, PAUSE)
    field.latest = field.latest || setTimeout(send, LATEST)
  }

  find("label").textContent = data.label
  for (const part of ["hint", "error"]) {
    find(part).textContent = data[part]
    find(part).hidden = !data[part]
  }
  text.rows = data.rows
  text.style.setProperty("--rows", data.rows)
  text.setAttribute("aria-invalid", data.error ? "true" : "false")
  text.setAttribute("aria-describedby", ["hint", "error"].filter(part => data[part]).concat("count").join(" "))

  if (data.value !== field.given) {
    const first = field.given === null
    const echo = data.value === field.sent
    field.given = data.value
    if (first || (!echo && !field.pause)) {
      text.value = data.value
      field.sent = null
      clearTimeout(field.answer)
    }
  }
  if (data.value === field.sent) clearTimeout(field.answer)
  field.deliver = deliver
  field.cut = () => setStateValue("base", field.given)
  cutFields.add(field)
  watchLine()
  text.oninput = changed
  text.onblur = send
  field.hide = field.hide ?? (() => document.visibilityState === "hidden" && field.send())
  field.send = send
  document.addEventListener("visibilitychange", field.hide)
  say()

  return () => {
    clearTimeout(field.pause)
    clearTimeout(field.latest)
    clearTimeout(field.answer)
    cutFields.delete(field)
    document.removeEventListener("visibilitychange", field.hide)
  }
}
