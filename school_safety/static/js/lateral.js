/** A small frozen web as tabs. Which pages were opened, in their order, stands in hidden fields in place of the ticks that
 *  a reader without script sets; once a verdict is chosen the list stays as it was when it was chosen. No times. */

function web(box) {
  const { prefix, seen } = box.dataset;
  const form = box.closest("form");
  const list = box.querySelector("[role=tablist]");
  const pages = [...box.querySelectorAll("[data-page]")];
  const origin = pages[0].dataset.page;
  const opened = document.createElement("div");
  let visited = [];

  /** What was opened before judging is no answer yet, so only this tab remembers it between two visits of the page. */
  const memory = form?.dataset.attempt && `web:${form.dataset.attempt}:${prefix}`;
  const recall = () => {
    try { return JSON.parse(sessionStorage.getItem(memory)) ?? []; } catch { return []; }
  };
  const remember = () => {
    if (!memory) return;
    try { sessionStorage.setItem(memory, JSON.stringify(visited)); } catch { /* a full or closed store: the pages can be opened again */ }
  };

  const judged = () => box.querySelector(`input[name='${prefix}-verdict']:checked`) !== null;

  const keep = () => opened.replaceChildren(...visited.map((page) => {
    const field = document.createElement("input");
    return Object.assign(field, { type: "hidden", name: `${prefix}-opened`, value: page });
  }));

  const markSeen = () => tabs.forEach((tab) => {
    const isSeen = visited.includes(tab.dataset.tab);
    tab.classList.toggle("web-tab-seen", isSeen);
    tab.querySelector(".only-read").textContent = isSeen ? `, ${seen}` : "";
  });

  const show = (tab) => {
    tabs.forEach((one, at) => {
      one.setAttribute("aria-selected", String(one === tab));
      one.tabIndex = one === tab ? 0 : -1;
      pages[at].hidden = one !== tab;
    });
  };

  const open = (tab) => {
    show(tab);
    const page = tab.dataset.tab;
    if (page === origin || visited.includes(page)) return;
    visited = [...visited, page];
    remember();
    markSeen();
    if (judged()) return;
    keep();
    opened.lastElementChild.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const makeTab = (page) => {
    const tab = document.createElement("button");
    const state = document.createElement("span");
    Object.assign(tab, { type: "button", className: "web-tab", id: `${page.id}-tab` });
    state.className = "only-read";
    tab.dataset.tab = page.dataset.page;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", page.id);
    tab.append(page.dataset.title, state);
    page.setAttribute("role", "tabpanel");
    page.setAttribute("aria-labelledby", tab.id);
    page.tabIndex = 0;
    return tab;
  };

  for (const tick of box.querySelectorAll("[data-opened-tick]")) tick.remove();
  const tabs = pages.map(makeTab);
  list.append(...tabs);
  list.hidden = false;
  list.before(opened);
  box.querySelector("[data-web]").classList.add("web-tabbed");
  visited = box.dataset.opened.split(" ").filter(Boolean);
  if (memory && !judged()) visited = [...new Set([...visited, ...recall()])].filter((page) => pages.some((one) => one.dataset.page === page));
  keep();
  markSeen();
  show(tabs[0]);

  list.addEventListener("click", (event) => {
    const tab = event.target.closest("[role=tab]");
    if (tab) open(tab);
  });
  list.addEventListener("keydown", (event) => {
    const at = tabs.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    tabs[(to + tabs.length) % tabs.length].focus(); // Enter or Space opens it: passing by is not opening
  });
  box.addEventListener("input", (event) => { if (event.target.name === `${prefix}-verdict`) keep(); });
  form?.addEventListener("filled", ({ detail }) => {
    visited = detail.answer.filter(([name]) => name === `${prefix}-opened`).map(([, page]) => page);
    keep();
    markSeen();
  });
}

for (const box of document.querySelectorAll("[data-behaviour~='lateral']")) web(box);
