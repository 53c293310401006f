// The grid of a class's paper sheets: Enter and the arrows walk between fields. Without this file Tab still does.

const table = document.querySelector("[data-behaviour~=entry]");

const fieldsOf = (row) => [...row.querySelectorAll("input")];

const below = (field, way) => {
  const at = fieldsOf(field.closest("tr")).indexOf(field);
  let row = field.closest("tr");
  do {
    row = way > 0 ? row.nextElementSibling : row.previousElementSibling;
  } while (row && !fieldsOf(row).length);
  return row ? fieldsOf(row)[at] : null;
};

const beside = (field, way) => fieldsOf(field.closest("tr"))[fieldsOf(field.closest("tr")).indexOf(field) + way] ?? null;

const target = (event, field) => {
  const whole = field.selectionStart === 0 && field.selectionEnd === field.value.length;
  switch (event.key) {
    case "Enter":
      return below(field, event.shiftKey ? -1 : 1) ?? field;
    case "ArrowDown":
      return below(field, 1);
    case "ArrowUp":
      return below(field, -1);
    case "ArrowRight":
      return whole || field.selectionEnd === field.value.length ? beside(field, 1) : null;
    case "ArrowLeft":
      return whole || field.selectionStart === 0 ? beside(field, -1) : null;
    default:
      return null;
  }
};

table?.addEventListener("keydown", (event) => {
  if (!event.target.matches("input") || event.ctrlKey || event.metaKey || event.altKey) return;
  const next = target(event, event.target);
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.select();
});
