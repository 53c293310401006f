/** Ordering without a reload: the same buttons that post the form without script move their row, say where it is now,
 *  and keep the focus on the row. */

function order(box) {
  const list = box.querySelector(".order-list");
  const live = box.querySelector("[data-order-live]");
  const touched = box.querySelector("input[name$='-touched']");

  const number = () => {
    const rows = [...list.children];
    rows.forEach((row, at) => {
      const [up, down] = row.querySelectorAll("button");
      up.toggleAttribute("aria-disabled", at === 0);
      down.toggleAttribute("aria-disabled", at === rows.length - 1);
      for (const button of [up, down]) if (button.hasAttribute("aria-disabled")) button.setAttribute("aria-disabled", "true");
    });
  };

  const show = () => {
    box.querySelector("[data-order-untouched]").hidden = Boolean(touched.value);
    box.querySelector("[data-order-touched]").hidden = !touched.value;
  };

  const touch = () => {
    touched.value = "1";
    show();
    touched.dispatchEvent(new Event("input", { bubbles: true }));
    touched.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const say = (row) => {
    const rows = [...list.children];
    const facts = { step: row.dataset.step, at: rows.indexOf(row) + 1, of: rows.length };
    live.textContent = box.dataset.words.replace(/\{(step|at|of)\}/g, (_whole, name) => facts[name]);
  };

  box.closest("form")?.addEventListener("filled", () => {
    number();
    show();
  });

  box.addEventListener("click", (event) => {
    const button = event.target.closest("button[name$='-move']");
    if (!button) return;
    event.preventDefault();
    const row = button.closest("li");
    if (!row) {
      touch();
      list.querySelector("button").focus();
      return;
    }
    const other = button.value.endsWith(":up") ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (button.value.endsWith(":up")) other.before(row);
    else other.after(row);
    number();
    touch();
    say(row);
    button.focus();
    row.scrollIntoView({ block: "nearest" });
  });
}

for (const box of document.querySelectorAll("[data-behaviour~='order']")) order(box);
