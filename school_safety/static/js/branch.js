/** A branching story without a reload: the buttons that post the form without script go on in the page. The steps stand
 *  in hidden fields; the way that is shown, and whether it strays from the one that counts, follow from them. */

function story(box) {
  const { prefix, start, most } = box.dataset;
  const find = (name) => box.querySelector(`[data-branch-${name}]`);
  const [path, log, now, stray, back, turns, mine] = ["path", "log", "now", "stray", "back", "turns", "mine"].map(find);
  const nodes = new Map([...box.querySelectorAll("template[data-branch-node]")].map((one) => [one.dataset.branchNode, one.content]));

  const nodeOf = (pick) => pick.split(":")[0];
  const buttonOf = (pick) => nodes.get(nodeOf(pick))?.querySelector(`button[value='${pick}']`);
  const copy = (node, part) => [...nodes.get(node).querySelector(`[data-part='${part}']`).cloneNode(true).childNodes];
  const picks = () => [...path.children].map((field) => field.value).filter(buttonOf);

  const keep = (pick) => {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: `${prefix}-path`, value: pick });
    path.append(field);
  };

  /** The way from the start by these choices, and the node where it stops. */
  const way = (taken) => {
    const steps = [];
    let at = start;
    for (; taken.has(at); at = buttonOf(taken.get(at)).dataset.to) steps.push(taken.get(at));
    return { steps, at };
  };

  /** At every node the choice taken there first: that is the way that counts. */
  const counted = () => way(new Map(picks().reverse().map((pick) => [nodeOf(pick), pick])));

  /** At every node the choice taken there last; what came after it before going back is forgotten. */
  const walked = () => {
    const taken = new Map();
    for (const pick of picks()) {
      const passed = [...taken.keys()];
      if (taken.has(nodeOf(pick))) for (const node of passed.slice(passed.indexOf(nodeOf(pick)))) taken.delete(node);
      taken.set(nodeOf(pick), pick);
    }
    return way(taken);
  };

  const drawTurn = (at, node, took) => {
    let turn = log.children[at];
    if (turn?.dataset.node !== node) {
      while (log.children.length > at) log.lastElementChild.remove();
      turn = document.createElement("div");
      turn.className = "talk-turn";
      turn.dataset.node = node;
      turn.append(...copy(node, "says"));
      log.append(turn);
    }
    if ((turn.dataset.took ?? "") === took) return;
    turn.querySelector(".talk-mine")?.remove();
    turn.dataset.took = took;
    if (!took) return;
    const reply = mine.content.firstElementChild.cloneNode(true);
    reply.querySelector("p").textContent = buttonOf(took).textContent;
    turn.append(reply);
  };

  const drawBack = (steps) => {
    turns.replaceChildren(...steps.map((pick, at) => {
      const turn = document.createElement("div");
      const words = document.createElement("p");
      turn.className = "talk-now";
      words.className = "small muted";
      words.textContent = turns.dataset.words.replace("{number}", at + 1);
      turn.setAttribute("role", "group");
      turn.setAttribute("aria-label", words.textContent);
      turn.append(words, ...copy(nodeOf(pick), "now"));
      return turn;
    }));
    back.open = false;
    back.hidden = !steps.length || path.children.length >= Number(most);
  };

  const draw = () => {
    const { steps, at } = walked();
    [...steps, ""].forEach((took, place) => drawTurn(place, took ? nodeOf(took) : at, took));
    while (log.children.length > steps.length + 1) log.lastElementChild.remove();
    now.replaceChildren(...copy(at, "now"));
    drawBack(steps);
    stray.hidden = steps.join() === counted().steps.join();
  };

  box.addEventListener("click", (event) => {
    const button = event.target.closest("button[name$='-take']");
    if (!button) return;
    event.preventDefault();
    keep(button.value);
    draw();
    path.lastElementChild.dispatchEvent(new Event("input", { bubbles: true }));
    now.focus({ preventScroll: true });
    now.scrollIntoView({ block: "nearest" });
  });

  box.closest("form")?.addEventListener("filled", ({ detail }) => {
    path.replaceChildren();
    for (const [name, pick] of detail.answer) if (name === `${prefix}-path` && buttonOf(pick)) keep(pick);
    draw();
  });
}

for (const box of document.querySelectorAll("[data-behaviour~='branch']")) story(box);
