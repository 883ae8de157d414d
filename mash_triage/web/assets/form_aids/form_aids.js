/* Small aids of the form: a new step begins at its top, with the summary of problems or the heading
   in focus; a link in the summary leads to its field; and a link to a step stays within the page.
   Without this script the links still lead to their places. When the line is cut it keeps what this
   page had been told, and says that first of all when the line is back. */

let turn = null

const plain = event => !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey

const followFor = 3000
const others = ["keydown", "pointerdown", "input", "wheel"]

/* The new step is drawn in parts: its heading is followed until it stands, or the person goes on. */
const beginAtTop = () => {
  let begun = null
  const stop = () => {
    clearInterval(following)
    others.forEach(kind => document.removeEventListener(kind, stop, true))
  }
  const follow = () => {
    const target = document.querySelector(".st-key-errors [role=alert]") || document.querySelector("h2.mash-step")
    if (!target || target === begun) return
    target.tabIndex = -1
    target.focus({ preventScroll: true })
    target.style.scrollMarginTop = "6rem"
    target.scrollIntoView({ block: "start" })
    begun = target
  }
  const following = setInterval(follow, 120)
  setTimeout(stop, followFor)
  others.forEach(kind => document.addEventListener(kind, stop, { capture: true, passive: true }))
}

const fieldIn = place => {
  const wanted = "input:not([type=hidden]), textarea, button, [tabindex='0']"
  const inside = place.querySelector(wanted)
  if (inside) return inside
  for (const each of place.querySelectorAll("*")) {
    const hidden = each.shadowRoot && each.shadowRoot.querySelector(wanted)
    if (hidden) return hidden
  }
  return null
}

/* A field may stand in a part that is closed until somebody opens it. */
const openAround = place => {
  const part = place.closest("details")
  if (part && !part.open) part.querySelector("summary").click()
}

const goToField = name => {
  const place = document.querySelector(`[class*="st-key-${CSS.escape(name)}"]`)
  if (!place) return
  openAround(place)
  place.scrollIntoView({ block: "center" })
  fieldIn(place)?.focus({ preventScroll: true })
}

/* The field of another step, once that step is drawn; until the person does something herself. */
const comeToField = name => {
  let tries = 0
  const looking = setInterval(() => {
    if (document.querySelector(`[class*="st-key-${CSS.escape(name)}"]`) && tries > 4) {
      clearInterval(looking)
      document.dispatchEvent(new Event("wheel"))
      goToField(name)
    }
    if (++tries > 25) clearInterval(looking)
  }, 120)
}

/* Where the page says whether it is connected. */
const LINE = { attributeFilter: ["data-test-connection-state"] }
const isCut = app => app.dataset.testConnectionState !== "CONNECTED"

let whenCut = () => {}
let watched = null

const watchLine = () => {
  const app = document.querySelector("[data-testid=stApp]")
  if (!app || app === watched) return
  watched = app
  let was = isCut(app)
  new MutationObserver(() => {
    const is = isCut(app)
    if (is && !was) whenCut()
    was = is
  }).observe(app, LINE)
}

export default function ({ data, setTriggerValue, setStateValue }) {
  whenCut = () => setStateValue("cut", document.querySelector("[data-told]")?.dataset.told ?? null)
  watchLine()
  if (turn !== null && data.turn !== turn) {
    beginAtTop()
    if (data.field) comeToField(data.field)
  }
  turn = data.turn

  const click = event => {
    if (!plain(event) || event.defaultPrevented) return
    const link = event.target.closest?.("a.mash-to-step, a.mash-to-field")
    if (!link) return
    event.preventDefault()
    if (link.matches(".mash-to-field")) goToField(link.getAttribute("href").slice(1))
    else setTriggerValue("asked", link.getAttribute("href"))
  }
  document.addEventListener("click", click)
  return () => document.removeEventListener("click", click)
}
