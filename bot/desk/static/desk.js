/* What is pleasant but not needed: news without reload, dragging in the agenda, a print button. */
"use strict";

/* A page that answers a form comes in the place of this one and runs this file again. */
{
  const EVERY = 20_000;

  /* The overview asks for news; the lists are replaced only when something changed. */
  const lists = document.querySelector("[data-news]");
  if (lists) {
    const say = document.getElementById("nieuws");
    let etag = "";
    const unread = () => Number(lists.querySelector("[data-unread]")?.dataset.unread || 0);

    const look = async () => {
      if (!lists.isConnected) clearInterval(timer);
      if (document.hidden || !lists.isConnected) return;
      try {
        const answer = await fetch(lists.dataset.news, {
          headers: etag ? { "If-None-Match": etag } : {},
          credentials: "same-origin",
        });
        if (answer.redirected) {
          clearInterval(timer);
          say.className = "problem";
          say.textContent = "Je bent afgemeld. Laad de pagina opnieuw.";
          return;
        }
        if (answer.status !== 200) return;
        const first = etag === "";
        etag = answer.headers.get("ETag") || "";
        const text = await answer.text();
        if (first && text.trim() === lists.innerHTML.trim()) return;
        show(text);
      } catch {
        /* the network is away for a moment: the next round tries again */
      }
    };

    const show = (text) => {
      const before = unread();
      const focused = lists.contains(document.activeElement) ? document.activeElement : null;
      const same = focused && (focused.getAttribute("href") || focused.value);
      lists.innerHTML = text;
      if (same) {
        for (const one of lists.querySelectorAll("a, button")) {
          if ((one.getAttribute("href") || one.value) === same) { one.focus({ preventScroll: true }); break; }
        }
      }
      const now = unread();
      document.title = document.title.replace(/^\(\d+\) /, "");
      if (now) document.title = `(${now}) ${document.title}`;
      if (now > before) {
        const fresh = now - before;
        say.textContent = fresh === 1 ? "Er is 1 nieuwe intake." : `Er zijn ${fresh} nieuwe intakes.`;
      }
    };

    const timer = setInterval(look, Number(lists.dataset.every) || EVERY);
    document.addEventListener("visibilitychange", look);
  }

  /* Dragging an appointment opens it with the new time filled in; the counsellor confirms there. */
  const agenda = document.querySelector("[data-agenda]");
  if (agenda) {
    let dragged = null;
    let grip = 0;
    agenda.addEventListener("dragstart", (event) => {
      dragged = event.target.closest("[data-id]");
      if (!dragged) return;
      grip = event.clientY - dragged.getBoundingClientRect().top;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", dragged.dataset.id);
      dragged.classList.add("dragged");
    });
    agenda.addEventListener("dragend", () => {
      dragged?.classList.remove("dragged");
      dragged = null;
    });
    const target = (event) => dragged && event.target.closest("[data-day]");
    agenda.addEventListener("dragover", (event) => {
      if (target(event)) event.preventDefault();
    });
    agenda.addEventListener("drop", (event) => {
      const column = target(event);
      if (!column) return;
      event.preventDefault();
      const box = column.getBoundingClientRect();
      const rows = Number(column.className.match(/\bh(\d+)/)[1]);
      const quarter = Math.max(0, Math.round(((event.clientY - grip - box.top) / box.height) * rows));
      const minutes = Number(agenda.dataset.first) * 60 + quarter * 15;
      const clock = `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
      const asked = new URLSearchParams({ dag: column.dataset.day, uur: clock, wie: column.dataset.who });
      window.location.assign(`${agenda.dataset.base}/afspraken/${dragged.dataset.id}?${asked}#verzet`);
    });
  }

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
