/* Sends forms without leaving the page, so that "back" in the browser never asks to send one again.
   Pages are not kept by the browser (they hold clients' data), and a page that answers a form can't
   be fetched again. Without this script every form works as browsers do. */
"use strict";

/* A page that answers a form comes in the place of this one and runs this file again. */
{
  const HEADERS = { "X-Desk-Form": "1" };
  const NO_CONNECTION = "Er is geen verbinding. Wat je invulde, staat er nog. Probeer het opnieuw.";
  const LOGGED_OUT = "Je bent afgemeld. Dit is nog niet bewaard. Kopieer je tekst, laad de pagina opnieuw en meld je aan.";
  const TOO_OLD = "Deze pagina is te oud. Dit is nog niet bewaard. Kopieer je tekst en laad de pagina opnieuw.";
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
      const next = answer.headers.has("X-Go") && new URL(answer.headers.get("X-Go"), window.location.href);
      const typed = form.querySelector("textarea, input:not([type=hidden])");
      if (typed && next && next.searchParams.has("naar")) say(form, LOGGED_OUT);
      else if (typed && answer.status === 403) say(form, TOO_OLD);
      else if (next) go(next);
      else show(await answer.text());
    } catch {
      say(form, NO_CONNECTION);
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

  /* Says what is wrong in the form itself, so that nothing that was typed is lost. */
  const say = (form, text) => {
    form.querySelector("[data-said]")?.remove();
    const said = document.createElement("p");
    said.className = "problem";
    said.dataset.said = "";
    said.setAttribute("role", "alert");
    said.textContent = text;
    form.prepend(said);
  };
}
