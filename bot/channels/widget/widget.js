/* Leerwijzer: the chat as one web component. No framework, no build step.
 *
 * Floating, on any website:  <script src="https://…/widget.js" data-leerwinkel="genk" defer></script>
 * As a whole page:           <leerwijzer-chat full></leerwijzer-chat> and the same script.
 *
 * Written for old phones: nothing newer than ES2017, no flex gap, no top-level await.
 */
(function () {
  "use strict";

  const TEXT = {
    name: "Leerwijzer",
    about: "Ik ben een robot.",
    open: "Wat wil jij leren?",
    openLabel: "Open de chat van Leerwijzer",
    close: "Sluit de chat",
    log: "Het gesprek",
    bot: "Leerwijzer zegt:",
    you: "Jij zegt:",
    field: "Typ hier je antwoord",
    send: "Stuur",
    choose: "Kies een antwoord",
    always: "Dit kan altijd",
    shortcuts: [
      ["Terug", "terug", "back"],
      ["Overslaan", "overslaan", "skip"],
      ["Leg uit", "leg uit", "explain"],
      ["Een mens", "ik wil een mens spreken", "human"],
    ],
    wait: "Even wachten",
    waitLong: "Het duurt wat langer. Blijf even hier.",
    offline: "Geen verbinding. Je bericht is niet weg.",
    away: "Ik ben even weg. Je bericht is niet weg.",
    retry: "Probeer nu",
    unsent: "Nog niet verstuurd",
    failed: "Dat lukt niet. Zeg het nog eens.",
    more: "Meer",
    speak: "Lees voor",
    speakStop: "Stop met voorlezen",
    fresh: "Nieuw gesprek",
    freshAsk: "Een nieuw gesprek? Dit gesprek verdwijnt van dit toestel.",
    yes: "Ja, nieuw gesprek",
    no: "Nee, ga verder",
    why: "Waarom past dit bij jou?",
    missing: "Wat heb je nog nodig?",
    check: "Vraag aan de school of dit klopt.",
    source: "Bron",
    checked: "nagekeken op",
    appointment: "Je afspraak",
    withWhom: "Met",
    bring: "Breng mee",
    types: {
      nt2: "Nederlands leren",
      basic_education: "Basiseducatie",
      second_chance: "Diploma secundair halen",
      vocational: "Een beroep leren",
      vdab: "Opleiding van de VDAB",
      hbo5: "Graduaat",
      bachelor: "Bachelor",
      evc: "Bewijs wat je al kan",
      other: "Andere opleiding",
    },
  };

  const ICONS = {
    logo: "M12 2v3M12 21v1M5 5h11l3 2.5L16 10H5zM19 12H8l-3 2.5 3 2.5h11zM12 10v2M12 17v4",
    close: "M6 6l12 12M18 6L6 18",
    fresh: "M20 11a8 8 0 1 0-2.3 6.2M20 4v7h-7",
    send: "M4 12h15M13 6l6 6-6 6",
    speak: "M4 9.5v5h3.5L12 19V5L7.5 9.5zM15.5 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11",
    back: "M20 12H5M11 6l-6 6 6 6",
    skip: "M5 6l7 6-7 6zM13 6l7 6-7 6z",
    explain: "M7.5 8a4.5 4.5 0 1 1 6.8 3.9c-1.5.9-2.3 1.8-2.3 3.6M12 20v.01",
    down: "M12 5v14M6 13l6 6 6-6",
    human: "M12 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-4 3.6-7 8-7s8 3 8 7",
    pin: "M12 21s7-6.5 7-12a7 7 0 1 0-14 0c0 5.5 7 12 7 12zM12 11.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
    clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2",
  };

  const script = document.currentScript;
  const BASE = new URL(".", script.src).href;
  const STORE = "leerwijzer";
  const TIMEOUT = 60000;
  const PAUSES = [1500, 3000, 6000, 12000, 15000];

  /* ---- small helpers ---- */

  function h(tag, props) {
    const node = document.createElement(tag);
    Object.keys(props || {}).forEach(function (key) {
      const value = props[key];
      if (typeof value === "function") node.addEventListener(key, value);
      else if (value === true) node.setAttribute(key, "");
      else if (value !== false && value != null) node.setAttribute(key, value);
    });
    for (let i = 2; i < arguments.length; i++) {
      const child = arguments[i];
      if (child) node.appendChild(typeof child === "string" ? document.createTextNode(child) : child);
    }
    return node;
  }

  function icon(name) {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    const path = document.createElementNS(space, "path");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    svg.setAttribute("focusable", "false");
    path.setAttribute("d", ICONS[name]);
    svg.appendChild(path);
    return svg;
  }

  /* A dream is easier to choose with a picture (OpenMoji, CC BY-SA 4.0). */
  function picture(payload) {
    const found = /"dream_(?:themes|step)": ?"(\w+)"/.exec(payload);
    if (!found) return null;
    return h("img", { src: BASE + "pictures/" + found[1] + ".svg", alt: "", width: "36", height: "36",
      error: function () { this.remove(); } });
  }

  function freshId() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = Array.from(bytes, function (b) { return (b + 256).toString(16).slice(1); }).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  /* What outlives a reload: localStorage, else sessionStorage, else nothing. */
  const memory = (function () {
    const places = ["localStorage", "sessionStorage"];
    for (let i = 0; i < places.length; i++) {
      try {
        const place = window[places[i]];
        place.setItem(STORE + ".test", "1");
        place.removeItem(STORE + ".test");
        return place;
      } catch (error) { /* blocked: try the next */ }
    }
    return { getItem: function () { return null; }, setItem: function () {}, removeItem: function () {} };
  })();

  function remember(state) {
    try { memory.setItem(STORE, JSON.stringify(state)); } catch (error) { /* full: go on without */ }
  }

  function remembered() {
    try {
      const state = JSON.parse(memory.getItem(STORE));
      if (state && Array.isArray(state.queue)) return state;
    } catch (error) { /* unreadable: start anew */ }
    return { session: null, queue: [] };
  }

  /* Text with links: addresses, mail, and phone numbers that can be tapped. */
  const LINKS = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])|([\w.+-]+@[\w-]+\.[\w.-]*\w)|(\b0\d{1,3}[ /.]\d{2,3}(?:[ .]?\d{2}){1,3}\b)|(\b[Bb]el(?: nu| gratis)*(?: naar)?(?: het nummer)? )(\d{3,4})\b/g;

  function linked(text) {
    const all = document.createDocumentFragment();
    let end = 0;
    text.replace(LINKS, function (found, url, mail, phone, call, short, at) {
      const label = short || found;
      const start = at + (call ? call.length : 0);
      const href = url || (mail ? "mailto:" + mail : "tel:" + label.replace(/\D/g, ""));
      all.appendChild(document.createTextNode(text.slice(end, start)));
      all.appendChild(link(href, label));
      end = start + label.length;
      return found;
    });
    all.appendChild(document.createTextNode(text.slice(end)));
    return all;
  }

  function link(href, label) {
    const web = /^https?:/.test(href);
    return h("a", { href: href, target: web && "_blank", rel: web && "noopener noreferrer" }, label);
  }

  function day(iso) {
    const found = /^(\d{4})-(\d\d)-(\d\d)/.exec(iso || "");
    return found ? Number(found[3]) + "/" + Number(found[2]) + "/" + found[1] : iso;
  }

  /* ---- the chat API ---- */

  function call(path, options) {
    const stop = window.AbortController ? new AbortController() : null;
    const timer = setTimeout(function () { if (stop) stop.abort(); }, TIMEOUT);
    options.signal = stop ? stop.signal : undefined;
    options.cache = "no-store";
    options.credentials = "omit";
    return fetch(BASE + path, options).then(function (response) {
      return response.json().catch(function () { return {}; }).then(function (body) {
        clearTimeout(timer);
        return { status: response.status, body: body };
      });
    }, function () {
      clearTimeout(timer);
      return { status: 0, body: {} };
    });
  }

  /* ---- the component ---- */

  class LeerwijzerChat extends HTMLElement {
    connectedCallback() {
      if (this.shadowRoot) return;
      this.full = this.hasAttribute("full");
      this.leerwinkel = this.getAttribute("leerwinkel") || (this.full && new URL(location.href).searchParams.get("leerwinkel"));
      this.state = remembered();
      this.started = false;
      this.busy = false;
      this.tries = 0;
      this.build();
      const self = this;
      window.addEventListener("online", function () { if (self.again) self.again(); });
      window.addEventListener("resize", this.keepEnd.bind(this));
      if (this.full || this.state.open) this.open(this.full);
    }

    build() {
      const shadow = this.attachShadow({ mode: "open" });
      // Inline and important: whatever the page's own styles say, the host stays neutral.
      this.style.setProperty("all", "initial", "important");
      this.style.setProperty("display", this.full ? "block" : "inline", "important");
      if (this.full) this.style.setProperty("height", "100%", "important");

      const root = h("div", { class: "root " + (this.full ? "full" : "float"), lang: "nl-BE", dir: "ltr", hidden: true });
      const show = function () { root.hidden = false; };
      shadow.appendChild(h("link", { rel: "stylesheet", href: BASE + "widget.css", load: show, error: show }));
      shadow.appendChild(root);

      const self = this;
      const level = this.full ? "h1" : "h2";
      this.headline = h(level, { class: "title", tabindex: "-1" }, TEXT.name);
      this.log = h("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": TEXT.log, tabindex: "0", scroll: this.hint.bind(this) });
      // For eyes and fingers only: a keyboard and a screen reader need no help to read on.
      this.more = h("button", { type: "button", class: "more", tabindex: "-1", "aria-hidden": "true", hidden: true,
        click: function () { self.log.scrollTop += self.log.clientHeight * 0.7; } }, icon("down"), h("span", {}, TEXT.more));
      this.wait = h("div", { class: "wait", role: "status" });
      this.notice = h("div", { class: "notice", role: "status" });
      this.field = h("textarea", {
        id: "field", rows: "1", autocomplete: "off", enterkeyhint: "send", maxlength: "20000",
        input: this.grow.bind(this),
        keydown: function (event) {
          if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
            event.preventDefault();
            self.submit();
          }
        },
      });
      const form = h("form", { class: "form", submit: function (event) { event.preventDefault(); self.submit(); } },
        h("label", { for: "field" }, TEXT.field),
        h("div", { class: "line" }, this.field, h("button", { class: "send", type: "submit" }, icon("send"), h("span", {}, TEXT.send))));
      const bar = h("div", { class: "bar", role: "group", "aria-label": TEXT.always });
      TEXT.shortcuts.forEach(function (shortcut) {
        bar.appendChild(h("button", { type: "button", click: function () { self.say({ text: shortcut[1] }, shortcut[0]); } },
          icon(shortcut[2]), h("span", {}, shortcut[0])));
      });
      const head = h("header", { class: "head" },
        h("span", { class: "logo" }, icon("logo")),
        h("div", { class: "names" }, this.headline, h("p", {}, TEXT.about)),
        h("button", { type: "button", class: "round", "aria-label": TEXT.fresh, title: TEXT.fresh, click: this.askFresh.bind(this) }, icon("fresh")),
        !this.full && h("button", { type: "button", class: "round", "aria-label": TEXT.close, title: TEXT.close, click: this.close.bind(this) }, icon("close")));
      this.panel = h(this.full ? "main" : "section", { class: "panel", id: "panel", role: this.full ? null : "dialog", "aria-label": TEXT.name, hidden: !this.full },
        head, h("div", { class: "talk" }, this.log, this.more), this.wait, this.notice, bar, form);

      if (!this.full) {
        this.launcher = h("button", { type: "button", class: "launcher", "aria-expanded": "false", "aria-controls": "panel", "aria-label": TEXT.open + " " + TEXT.openLabel, click: function () { self.open(); } },
          icon("logo"), h("span", {}, TEXT.open));
        this.panel.addEventListener("keydown", function (event) {
          if (event.key === "Escape") self.close();
        });
        root.appendChild(this.launcher);
      }
      root.appendChild(this.panel);
    }

    open(quietly) {
      if (!this.full) {
        this.panel.hidden = false;
        this.launcher.hidden = true;
        this.launcher.setAttribute("aria-expanded", "true");
        this.state.open = true;
        remember(this.state);
        if (!quietly) this.headline.focus();
      }
      if (!this.started) {
        this.started = true;
        this.start();
      }
    }

    close() {
      this.panel.hidden = true;
      this.launcher.hidden = false;
      this.launcher.setAttribute("aria-expanded", "false");
      this.state.open = false;
      remember(this.state);
      this.hush();
      this.launcher.focus();
    }

    /* Take up the earlier conversation, or let the bot speak first. */
    start() {
      const self = this;
      if (!this.state.session) {
        this.showQueue();
        if (!this.state.queue.length) this.greet();
        else this.pump();
        return;
      }
      this.busy = true; // what is typed now waits for the earlier conversation
      this.waiting(true);
      call("api/chat", { headers: { Authorization: "Bearer " + this.state.session } }).then(function (result) {
        self.waiting(false);
        if (result.status === 200) {
          self.busy = false;
          self.calm();
          self.log.textContent = "";
          const messages = result.body.messages;
          self.show(messages);
          self.showQueue();
          if (messages.length || self.state.queue.length) self.pump();
          else self.greet();
        } else if (result.status === 401) {
          self.busy = false;
          self.calm();
          self.forget();
          self.log.textContent = "";
          self.greet();
        } else {
          self.later(result.status ? TEXT.away : TEXT.offline, self.start.bind(self));
        }
      });
    }

    showQueue() {
      const self = this;
      this.state.queue.forEach(function (item) {
        if (item.label && !self.bubbleOf(item.id)) self.showClient(item.id, item.label, true);
      });
    }

    greet() {
      this.say({ payload: "/greet" }, "");
    }

    forget() {
      this.state.session = null;
      this.state.queue = [];
      remember(this.state);
    }

    submit() {
      const text = this.field.value.trim();
      if (!text) {
        this.field.focus();
        return;
      }
      this.field.value = "";
      this.grow();
      this.say({ text: text }, text);
    }

    say(what, label) {
      const item = { id: freshId(), text: what.text, payload: what.payload, label: label };
      this.hush();
      this.dropChoices();
      this.state.queue.push(item);
      remember(this.state);
      if (label) this.showClient(item.id, label, true);
      this.pump();
    }

    /* Send what waits, in order, one at a time; the same id until it is answered. */
    pump() {
      const self = this;
      const item = this.state.queue[0];
      if (this.busy || !item) return;
      clearTimeout(this.timer);
      this.again = null;
      this.busy = true;
      this.waiting(true);
      call("api/chat", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ session: this.state.session, id: item.id, text: item.text, payload: item.payload, leerwinkel: this.leerwinkel || undefined }),
      }).then(function (result) {
        self.busy = false;
        self.waiting(false);
        if (self.state.queue[0] !== item) self.pump(); // a new conversation was started meanwhile
        else self.answered(item, result.status, result.body);
      });
    }

    answered(item, status, body) {
      if (status === 0 || status === 429 || status >= 500) {
        this.state.session = body.session || this.state.session;
        remember(this.state);
        this.later(status ? body.text || TEXT.away : TEXT.offline, this.pump.bind(this));
        return;
      }
      this.calm();
      this.state.queue.shift();
      if (status === 200) {
        this.state.session = body.session;
        remember(this.state);
        this.sent(item.id);
        this.show(body.messages);
      } else {
        if (status === 401) this.forget();
        remember(this.state);
        this.sent(item.id);
        this.show([{ text: body.text || TEXT.failed }]);
        if (status === 401 || (body.error === "payload_not_offered" && item.label)) this.greet();
      }
      this.pump();
    }

    /* Say that it did not work, and try again after a pause, at a tap, or once online. */
    later(text, again) {
      const self = this;
      const pause = PAUSES[Math.min(this.tries, PAUSES.length - 1)];
      this.tries += 1;
      clearTimeout(this.timer);
      this.again = function () {
        clearTimeout(self.timer);
        self.again = null;
        again();
      };
      this.timer = setTimeout(this.again, pause);
      this.note(text, [[TEXT.retry, this.again]]);
    }

    /* It works again: no trouble, no second try. */
    calm() {
      clearTimeout(this.timer);
      this.again = null;
      this.tries = 0;
      this.note("");
    }

    askFresh() {
      const self = this;
      const back = function () { self.note(""); self.field.focus(); };
      this.note(TEXT.freshAsk, [
        [TEXT.yes, function () {
          self.calm();
          self.hush();
          self.forget();
          self.log.textContent = "";
          self.greet();
          self.log.focus();
        }],
        [TEXT.no, back],
      ]);
      this.notice.querySelector("button").focus();
    }

    /* ---- what is seen ---- */

    show(messages) {
      const self = this;
      const held = this.shadowRoot.activeElement;
      let first = null;
      let last = null;
      this.dropChoices();
      messages.forEach(function (message) {
        if (message.from === "client") {
          self.showClient(message.id, message.text, false);
          last = null;
          return;
        }
        const node = self.botMessage(message);
        first = first || node;
        self.log.appendChild(node);
        if (message.buttons && message.buttons.length) last = message;
      });
      if (last && !this.state.queue.length) this.log.appendChild(this.choices(last.buttons));
      this.reveal(first);
      if (first && held === this.log) first.focus({ preventScroll: true });
    }

    /* Show the newest: from its first line, when it is longer than the screen. */
    reveal(first) {
      const bottom = this.log.scrollHeight - this.log.clientHeight;
      this.log.scrollTop = first ? Math.min(bottom, first.offsetTop - 12) : bottom;
      this.hint();
    }

    hint() {
      const below = this.log.scrollHeight - this.log.clientHeight - this.log.scrollTop;
      this.atEnd = below < 30;
      this.more.hidden = this.atEnd;
    }

    /* The room for the conversation changed: who read the end still sees the end. */
    keepEnd() {
      if (this.atEnd) this.log.scrollTop = this.log.scrollHeight;
      this.hint();
    }

    showClient(id, text, unsent) {
      const bubble = h("div", { class: "msg you", "data-id": id, "data-unsent": unsent },
        h("div", { class: "bubble" }, h("span", { class: "sr" }, TEXT.you + " "), text),
        h("div", { class: "unsent" }));
      this.log.appendChild(bubble);
      this.reveal();
    }

    bubbleOf(id) {
      return this.log.querySelector('[data-id="' + id + '"]');
    }

    sent(id) {
      const bubble = this.bubbleOf(id);
      if (!bubble) return;
      bubble.removeAttribute("data-unsent");
      bubble.lastChild.textContent = "";
    }

    botMessage(message) {
      const self = this;
      const node = h("div", { class: "msg bot", tabindex: "-1" });
      // Cards say the same as their text, only clearer: the text is for channels without cards.
      const parts = (message.courses || []).map(function (course) { return self.courseCard(course); });
      if (message.appointment) parts.push(this.appointmentCard(message.appointment));
      if (message.text && !parts.length) {
        parts.push(h("div", { class: "bubble" }, linked(message.text)));
      }
      parts.forEach(function (part) { node.appendChild(part); });
      if (!parts.length) return node;
      parts[0].insertBefore(h("span", { class: "sr" }, TEXT.bot + " "), parts[0].firstChild);
      if (message.text && window.speechSynthesis && window.SpeechSynthesisUtterance) {
        const button = h("button", { type: "button", class: "speak", "aria-label": TEXT.speak, title: TEXT.speak,
          click: function () { self.speak(message, button); } }, icon("speak"));
        parts[0].appendChild(button);
      }
      return node;
    }

    choices(buttons) {
      const self = this;
      const group = h("div", { class: "choices", role: "group", "aria-label": TEXT.choose });
      buttons.forEach(function (button) {
        group.appendChild(h("button", { type: "button", click: function () {
          self.log.focus({ preventScroll: true }); // the button goes away: keep the keyboard here
          self.say({ payload: button.payload }, button.title);
        } }, picture(button.payload), h("span", {}, button.title)));
      });
      return group;
    }

    dropChoices() {
      const old = this.log.querySelector(".choices");
      if (old) old.remove();
    }

    list(title, items, kind) {
      if (!items || !items.length) return null;
      const list = h("ul", { class: kind });
      items.forEach(function (item) { list.appendChild(h("li", {}, item)); });
      return h("div", {}, h("p", { class: "small" }, title), list);
    }

    heading(text) {
      return h(this.full ? "h2" : "h3", {}, text);
    }

    courseCard(course) {
      const where = [course.provider, course.place].filter(Boolean).join(", ");
      const card = h("div", { class: "card" },
        course.type && h("p", { class: "kind" }, TEXT.types[course.type] || course.type),
        this.heading(course.title),
        course.summary && h("p", {}, course.summary),
        where && h("p", { class: "with" }, icon("pin"), h("span", {}, where)),
        this.list(TEXT.why, course.reasons, "why"),
        this.list(TEXT.missing, course.missing, "missing"),
        course.check && h("p", {}, TEXT.check));
      if (course.source) {
        const web = /^https?:\/\//.test(course.source);
        const source = web ? link(course.source, course.source.replace(/^https?:\/\/(www\.)?/, "").split("/")[0]) : course.source;
        card.appendChild(h("p", { class: "source" }, TEXT.source + ": ", source,
          course.checked_on && " (" + TEXT.checked + " " + day(course.checked_on) + ")"));
      }
      return card;
    }

    appointmentCard(appointment) {
      const place = [appointment.place, appointment.address].filter(Boolean).join(", ");
      return h("div", { class: "card appointment" },
        this.heading(TEXT.appointment),
        appointment.when && h("p", { class: "with when" }, icon("clock"), h("span", {}, appointment.when)),
        place && h("p", { class: "with" }, icon("pin"), h("span", {}, place)),
        appointment.counsellor && h("p", { class: "with" }, icon("human"), h("span", {}, TEXT.withWhom + " " + appointment.counsellor)),
        this.list(TEXT.bring, appointment.bring, "bring"));
    }

    note(text, buttons) {
      const notice = this.notice;
      notice.textContent = "";
      if (text) notice.appendChild(h("p", {}, text));
      (buttons || []).forEach(function (button) {
        notice.appendChild(h("button", { type: "button", click: button[1] }, button[0]));
      });
      const open = this.log.querySelectorAll("[data-unsent] .unsent");
      for (let i = 0; i < open.length; i++) open[i].textContent = text ? TEXT.unsent : "";
      this.keepEnd();
    }

    waiting(on) {
      const self = this;
      const wait = this.wait;
      clearTimeout(this.waitSoon);
      clearTimeout(this.waitLong);
      wait.textContent = "";
      if (!on) return;
      this.waitSoon = setTimeout(function () {
        wait.appendChild(h("span", {}, TEXT.wait));
        wait.appendChild(h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")));
        self.keepEnd();
      }, 400);
      this.waitLong = setTimeout(function () { wait.firstChild.textContent = TEXT.waitLong; }, 8000);
    }

    grow() {
      this.field.style.height = "auto";
      this.field.style.height = Math.min(this.field.scrollHeight + 4, 150) + "px";
      this.keepEnd();
    }

    /* ---- reading aloud ---- */

    speak(message, button) {
      const same = this.speaking === button;
      this.hush();
      if (same) return;
      const speech = new SpeechSynthesisUtterance(message.text);
      const voices = speechSynthesis.getVoices().filter(function (voice) { return /^nl/i.test(voice.lang); });
      speech.lang = "nl-BE";
      speech.voice = voices.filter(function (voice) { return /BE/.test(voice.lang); })[0] || voices[0] || null;
      speech.rate = 0.9;
      speech.onend = this.hush.bind(this);
      this.speaking = button;
      button.setAttribute("aria-label", TEXT.speakStop);
      button.classList.add("on");
      speechSynthesis.speak(speech);
    }

    hush() {
      const button = this.speaking;
      if (!button) return;
      this.speaking = null;
      button.setAttribute("aria-label", TEXT.speak);
      button.classList.remove("on");
      speechSynthesis.cancel();
    }
  }

  if (!window.customElements || !Element.prototype.attachShadow || !window.fetch) return;
  if (!customElements.get("leerwijzer-chat")) customElements.define("leerwijzer-chat", LeerwijzerChat);

  function place() {
    const found = document.querySelector("leerwijzer-chat");
    if (found) return;
    const chat = document.createElement("leerwijzer-chat");
    if (script.dataset.leerwinkel) chat.setAttribute("leerwinkel", script.dataset.leerwinkel);
    document.body.appendChild(chat);
  }
  if (document.body) place();
  else document.addEventListener("DOMContentLoaded", place);
})();
