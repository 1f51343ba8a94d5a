/* Sends forms without leaving the page, so that "back" in the browser never asks to send one again.
   Pages are not kept by the browser (they hold clients' data), and a page that answers a form can't
   be fetched again. Without this script every form works as browsers do. */
"use strict";

/* A page that answers a form comes in the place of this one and runs this file again. */
{
  const HEADERS = { "X-Desk-Form": "1" };
  let busy = false;

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        headers: HEADERS,
        body: new URLSearchParams(new FormData(form, event.submitter)),
        credentials: "same-origin",
      });
      const next = answer.headers.get("X-Go");
      if (next) go(new URL(next, window.location.href));
      else show(await answer.text());
    } catch {
      sayNoConnection(form);
    } finally {
      busy = false;
    }
  });

  /* The next page; one that differs in nothing but the part after # is loaded again too. */
  const go = (next) => {
    if (next.pathname + next.search !== window.location.pathname + window.location.search) {
      window.location.assign(next);
      return;
    }
    window.history.replaceState(null, "", next);
    window.location.reload();
  };

  /* The answer in the place of this page: what was typed stands in it, with what is wrong. */
  const show = (text) => {
    document.open();
    document.write(text);
    document.close();
    window.scrollTo(0, 0);
  };

  const sayNoConnection = (form) => {
    form.querySelector("[data-offline]")?.remove();
    const said = document.createElement("p");
    said.className = "problem";
    said.dataset.offline = "";
    said.setAttribute("role", "alert");
    said.textContent = "Er is geen verbinding. Wat je invulde, staat er nog. Probeer het opnieuw.";
    form.prepend(said);
  };
}
