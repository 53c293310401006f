/** Small manners of every page. All of them work without this file; it only makes them kinder. */

const FLOAT_MS = 6000;

/** A question before an act: the popover becomes a modal dialog, so that nothing behind it can be reached. */
function dialog(button) {
  const box = document.getElementById(button.getAttribute("popovertarget"));
  if (!box || typeof box.showModal !== "function") return;
  box.removeAttribute("popover");
  button.removeAttribute("popovertarget");
  button.addEventListener("click", () => box.showModal());
  for (const close of box.querySelectorAll("[data-dialog-close]")) {
    close.removeAttribute("popovertarget");
    close.addEventListener("click", () => box.close());
  }
}

/** What has been done floats for six seconds; it stays while pointed at or focused, and for good when it is bad news. */
function toast(box) {
  if (box.querySelector(".notice-bad, .notice-warn")) return;
  box.classList.add("flashes-float");
  let timer = 0;
  const leave = () => { timer = setTimeout(() => box.remove(), FLOAT_MS); };
  const stay = () => clearTimeout(timer);
  for (const event of ["pointerenter", "focusin"]) box.addEventListener(event, stay);
  for (const event of ["pointerleave", "focusout"]) box.addEventListener(event, leave);
  leave();
}

/** A refused form: the summary takes the focus, so that it is read first and Tab leads to the first field. */
function errors(box) {
  box.focus();
}

/** A form with changes: leaving asks first. Sending it is not leaving. */
function dirty(form) {
  let changed = false;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}

/** Prints this page. */
function print(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

/** A file over the limit is refused before it is sent: nothing typed is lost to a connection that the server cuts. */
function size(input) {
  const error = document.createElement("p");
  error.className = "error";
  error.setAttribute("role", "alert");
  input.addEventListener("change", () => {
    const large = [...input.files].some((file) => file.size > Number(input.dataset.most));
    input.setAttribute("aria-invalid", String(large));
    error.textContent = large ? input.dataset.words : "";
    if (!large) return;
    input.after(error);
    input.value = "";
  });
}

/** A button that says while its file is made that it is being made, and cannot be pressed twice. */
function busy(button) {
  if (!button?.dataset.busy) return;
  button.disabled = true;
  button.textContent = button.dataset.busy;
}

/** A form of this part answers with a file: it is saved, then the page shows what is new. A refusal is shown as ever. */
function downloads(part) {
  part.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.getAttribute("action") !== part.dataset.action || form.dataset.plain) return;
    event.preventDefault();
    busy(event.submitter);
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" }).catch(() => null);
    const name = /filename\*=UTF-8''([^;]+)/.exec(answer?.headers.get("Content-Disposition") ?? "")?.[1];
    if (!answer?.ok || !name) {
      form.dataset.plain = "yes";
      form.requestSubmit();
      return;
    }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await answer.blob());
    link.download = decodeURIComponent(name);
    link.click();
    location.assign(location.pathname + location.search);
  });
}

const BEHAVIOURS = { dialog, toast, errors, dirty, print, size, downloads };

for (const element of document.querySelectorAll("[data-behaviour]")) {
  for (const name of element.dataset.behaviour.split(" ")) BEHAVIOURS[name]?.(element);
}
