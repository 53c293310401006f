/** The fields of one item: reading them as a plain post would send them, and showing an answer that was read before. */

/** The names and values of the item's fields, in the order of the page. */
export const read = (form, prefix) => [...new FormData(form)].filter(([name, value]) => name.startsWith(`${prefix}-`) && typeof value === "string");

/** A list whose order is the answer: the rows follow their hidden fields. */
function arrange(fields, values) {
  const rows = new Map(fields.map((field) => [field.value, field.closest("li")]));
  for (const value of values) {
    const row = rows.get(value);
    row?.parentElement.append(row);
  }
}

/** Shows an answer in the form; false when the form has no place for some part of it.
 *  `filled` is fired on the form, so that a type's own script can bring its looks up to date. */
export function fill(form, prefix, answer) {
  const values = new Map();
  for (const [name, value] of answer) values.set(name, [...(values.get(name) ?? []), value]);
  const groups = new Map();
  for (const field of form.elements) {
    if (!field.name?.startsWith(`${prefix}-`) || field.type === "submit" || field.type === "button") continue;
    groups.set(field.name, [...(groups.get(field.name) ?? []), field]);
  }
  for (const [name, fields] of groups) {
    const wanted = values.get(name) ?? [];
    if (fields[0].type === "hidden" && fields.length > 1) arrange(fields, wanted);
    else fields.forEach((field, at) => {
      if (field.type === "radio" || field.type === "checkbox") field.checked = wanted.includes(field.value);
      else field.value = wanted[at] ?? "";
    });
  }
  form.dispatchEvent(new CustomEvent("filled", { bubbles: true, detail: { answer } }));
  return JSON.stringify(read(form, prefix)) === JSON.stringify(answer);
}
