/* A plain click on a link to a child opens it within the page that is already here, so that filters
   and lists are as they were on coming back. A click with a key held, or without this script, is the
   browser's own affair: the link is a real one. */

export default function ({ setTriggerValue }) {
  const follow = event => {
    const link = event.target.closest?.("a.mash-open")
    const plain = !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey
    if (!link || !plain || event.defaultPrevented) return
    event.preventDefault()
    setTriggerValue("asked", link.getAttribute("href"))
  }
  document.addEventListener("click", follow)
  return () => document.removeEventListener("click", follow)
}
