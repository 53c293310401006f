/** Adds, removes and moves parts of an item without a new page. Without this file the same buttons send the page. */

const form = document.getElementById("authoring");
const ACTS = /^(add|remove|up|down):|^look$/;

/** The page that the server draws after this button. */
async function drawn(button) {
  const answer = await fetch(form.action || location.href, {
    method: "POST",
    body: new URLSearchParams(new FormData(form, button)),
    headers: { Accept: "text/html" },
  });
  if (answer.redirected || !answer.ok) throw new Error(String(answer.status));
  return new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("authoring");
}

async function press(button) {
  form.setAttribute("aria-busy", "true");
  try {
    const fresh = await drawn(button);
    form.replaceChildren(...fresh.childNodes);
    const place = form.querySelector("[autofocus]");
    if (place) {
      place.focus({ preventScroll: true });
      place.scrollIntoView({ block: "nearest" });
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
  } finally {
    form.removeAttribute("aria-busy");
  }
}

form.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button?.name !== "act" || !ACTS.test(button.value) || form.ariaBusy === "true") return;
  event.preventDefault();
  press(button).catch(() => form.requestSubmit ? HTMLFormElement.prototype.submit.call(withAct(button)) : null);
});

/** The form with the button's own word in it, to send it the plain way where the quick one failed. */
function withAct(button) {
  const word = Object.assign(document.createElement("input"), { type: "hidden", name: "act", value: button.value });
  form.append(word);
  return form;
}
