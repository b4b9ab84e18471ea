// Pages that keep themselves up to date. Without script, reloading does the same.
//
// <main data-live="badges kudos" data-events="…"> names the changes that concern a page and the
// stream that tells of them. A change carries no content: the page is fetched again, and what
// differs is put in its place. Of all tabs of a browser one has the stream and tells the others.
// The bell is on every page, and is fetched alone.
"use strict";

(() => {
  const main = document.getElementById("main");
  const parts = (main.dataset.live ?? "").split(" ").filter(Boolean);
  const bell = document.getElementById("bell");
  if (!main.dataset.events || !window.EventSource) return;
  // The notifier may write of an award a moment after pages hear of it.
  const AFTER_ALL = 1_500;
  const GATHER = 200, OLD = 2_000, LOST = 30_000, SLOWEST = 60_000, TOLD = 5_000, LIT = 700;
  const address = main.dataset.events;
  const news = document.getElementById("news");
  const lost = document.getElementById("lost");

  // Fetching the page again: once for changes that come together, and once more for those meanwhile.
  let gathering = 0, fetching = false, again = 0;

  const soon = (delay = GATHER) => {
    if (!parts.length) return;
    clearTimeout(gathering);
    gathering = setTimeout(refresh, delay);
  };
  const refresh = async () => {
    if (fetching) return soon();
    fetching = true;
    try {
      const answer = await fetch(location.href, { redirect: "error", cache: "no-store" });
      if (answer.ok) await show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      // Signed out or offline: the page stays as it is, and the banner says so in time.
    } finally {
      fetching = false;
    }
  };
  const show = async (page) => {
    const fresh = page.getElementById("main");
    if (!fresh) return;
    // What somebody has opened stays open.
    for (const it of main.querySelectorAll("details[id][open]")) page.getElementById(it.id)?.setAttribute("open", "");
    const before = new Map(keyed().map((it) => [it.dataset.key, it]));
    const says = new Map([...before].map(([key, it]) => [key, it.dataset.says]));
    const dark = new Set([...before].filter(([, it]) => it.classList.contains("empty")).map(([key]) => key));
    await htmx.swap({ sourceElement: main, target: main, text: fresh.innerHTML, swap: "innerMorph" });
    const changed = keyed().filter((it) => says.get(it.dataset.key) !== it.dataset.says);
    for (const it of changed) {
      if (!dark.has(it.dataset.key) || it.classList.contains("empty")) continue;
      it.classList.add("is-new");
      setTimeout(() => it.classList.remove("is-new"), LIT);
    }
    if (changed.length) announce(changed.map((it) => it.dataset.says).join(". "));
    timed();
  };
  const keyed = () => [...main.querySelectorAll("[data-key]")];
  let silence = 0;
  const announce = (text) => {
    news.textContent = text;
    clearTimeout(silence);
    silence = setTimeout(() => news.replaceChildren(), TOLD);
  };

  // The bell: as soon as something is heard, and once more when the notifier has written of it.
  let ringing = 0, afterAll = 0;
  const ring = async () => {
    try {
      const answer = await fetch(bell.dataset.again, { redirect: "error", cache: "no-store" });
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("bell");
      if (!fresh || fresh.innerHTML === bell.innerHTML) return;
      bell.innerHTML = fresh.innerHTML;
      bell.dataset.says = fresh.dataset.says;
      if (!news.textContent) announce(fresh.dataset.says);
    } catch {
      // As with the page: it stays as it is.
    }
  };
  const notified = () => {
    clearTimeout(ringing);
    ringing = setTimeout(ring, GATHER);
    clearTimeout(afterAll);
    afterAll = setTimeout(() => {
      ring();
      if (parts.includes("notifications")) soon(0);
    }, AFTER_ALL);
  };

  // What changes with time alone: how long something can be undone, and when to look again.
  let ticking = 0;
  const timed = () => {
    clearInterval(ticking);
    clearTimeout(again);
    const seconds = Number(main.querySelector("[data-again]")?.dataset.again);
    if (seconds) again = setTimeout(refresh, seconds * 1_000);
    const counted = [...main.querySelectorAll("[data-seconds]")];
    if (!counted.length) return;
    const began = Date.now();
    const left = counted.map((it) => Number(it.dataset.seconds));
    ticking = setInterval(() => {
      counted.forEach((it, which) => {
        const n = Math.max(0, left[which] - Math.floor((Date.now() - began) / 1_000));
        it.textContent = it.dataset[n === 1 ? "one" : "more"].replace("{n}", n);
      });
    }, 1_000);
  };
  timed();

  // What is heard, by this tab or by the one that has the stream.
  let waiting = 0, wasLost = false;
  const hear = (message) => {
    if (parts.includes(message.what)) soon();
    if (message.what === "notifications" && bell) notified();
    if (message.state === "open") {
      clearTimeout(waiting);
      waiting = 0;
      lost.textContent = "";
      if (wasLost || performance.now() > OLD) {
        soon();
        if (bell) notified();
      }
      wasLost = false;
    }
    if (message.state === "lost") {
      wasLost = true;
      if (parts.length) waiting ||= setTimeout(() => { lost.textContent = lost.dataset.text; }, LOST);
      if (message.poll) {
        soon();
        if (bell) notified();
      }
    }
  };
  const channel = new BroadcastChannel(address);
  channel.addEventListener("message", (event) => hear(event.data));
  const tell = (message) => {
    hear(message);
    channel.postMessage(message);
  };

  // The stream. The browser connects again by itself, but not after an answer that is an error.
  let pause = 1_000;
  const listen = () => {
    const stream = new EventSource(address);
    stream.addEventListener("open", () => {
      pause = 1_000;
      tell({ state: "open" });
    });
    stream.addEventListener("changed", (event) => tell({ what: JSON.parse(event.data).what }));
    stream.addEventListener("error", () => {
      const refused = stream.readyState === EventSource.CLOSED;
      tell({ state: "lost", poll: refused && pause === SLOWEST });
      if (!refused) return;
      setTimeout(listen, pause);
      pause = Math.min(2 * pause, SLOWEST);
    });
  };
  if (navigator.locks) navigator.locks.request(address, () => new Promise(listen));
  else listen();

  // A page that comes back from the browser's memory may be old.
  addEventListener("pageshow", (event) => { if (event.persisted) soon(); });
})();
