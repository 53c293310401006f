/** A page that stands in for one that needs a network gives way to it as soon as the network brings it. */

const PAUSE_MS = 4000;
const SPREAD_MS = 3000;

/** Asks for this address now, whenever the device says it is back, and every few seconds; loads the page anew once
 *  `good(answer)` says that it came. */
export function returnWhen(good) {
  const look = async () => {
    try {
      if (await good(await fetch(location.href, { headers: { Accept: "text/html" }, redirect: "manual" }))) location.reload();
    } catch {
      // still no network
    }
  };
  const again = async () => {
    await look();
    setTimeout(again, PAUSE_MS + Math.random() * SPREAD_MS);
  };
  addEventListener("online", look);
  again();
}
