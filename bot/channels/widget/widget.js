/* Leerwijzer: the chat as one web component. No framework, no build step.
 *
 * Floating, on any website:  <script src="https://…/widget.js" data-leerwinkel="genk" defer></script>
 * As a whole page:           <leerwijzer-chat full></leerwijzer-chat> and the same script.
 *
 * Written for old phones: nothing newer than ES2017, no flex gap, no top-level await.
 * Works under a strict content policy: no inline style or script, no HTML from text.
 */
(function () {
  "use strict";

  const TEXT = "TEXTS"; // bot/channels/bundle.py puts those of widget.yaml here

  const ICONS = {
    logo: "M12 2v3M12 21v1M5 5h11l3 2.5L16 10H5zM19 12H8l-3 2.5 3 2.5h11zM12 10v2M12 17v4",
    close: "M6 6l12 12M18 6L6 18",
    fresh: "M20 11a8 8 0 1 0-2.3 6.2M20 4v7h-7",
    send: "M4 12h15M13 6l6 6-6 6",
    mic: "M12 15a3.5 3.5 0 0 0 3.5-3.5v-5a3.5 3.5 0 0 0-7 0v5A3.5 3.5 0 0 0 12 15zM5 11.5a7 7 0 0 0 14 0M12 18.5V22",
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
  const OUT_OF_SIGHT = 30000;
  const Recognition = window.SpeechRecognition || window.webkitSpeechRecognition;
  const roomy = matchMedia("(min-width: 520px) and (min-height: 500px)");
  const touch = matchMedia("(hover: none) and (pointer: coarse)");
  const still = matchMedia("(prefers-reduced-motion: reduce)");

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

  /* A choice is easier with a picture (OpenMoji, CC BY-SA 4.0). */
  function picture(name) {
    return name && h("img", { src: BASE + "pictures/" + name + ".svg", alt: "", width: "36", height: "36",
      error: function () { this.remove(); } });
  }

  function freshId() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = Array.from(bytes, function (b) { return (b + 256).toString(16).slice(1); }).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  /* What outlives a reload and is the same in every tab: localStorage, else sessionStorage, else nothing. */
  const store = ["localStorage", "sessionStorage"].map(function (name) {
    try {
      const found = window[name];
      found.setItem(STORE + ".test", "1");
      found.removeItem(STORE + ".test");
      return found;
    } catch (error) { return null; /* blocked */ }
  }).filter(Boolean)[0];
  let stuck = !store;
  let kept = { session: null, queue: [] };

  function remember(state) {
    kept = state;
    try { store.setItem(STORE, JSON.stringify(state)); } catch (error) { stuck = true; /* full or none */ }
  }

  function remembered() {
    if (stuck) return kept;
    try {
      const state = JSON.parse(store.getItem(STORE));
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

  /* A hard word: a tap explains it right below, a second tap closes that. */
  function hardWord(word) {
    let gloss = null;
    const button = h("button", { type: "button", class: "word", "aria-expanded": "false", click: function () {
      const home = button.closest("p, li, .bubble");
      if (gloss) {
        gloss.remove();
        gloss = null;
      } else {
        gloss = h("p", { class: "gloss" }, word.text);
        if (home.tagName === "P") home.after(gloss);
        else home.appendChild(gloss);
        gloss.scrollIntoView({ block: "nearest" });
      }
      button.setAttribute("aria-expanded", String(Boolean(gloss)));
    } }, word.word);
    return button;
  }

  /* The lines of a text; many of them, such as all answers read back, stand apart with bold labels. */
  function lines(message, rich) {
    const all = message.text.split("\n");
    const props = { dir: "auto", lang: message.lang };
    if (all.length < 4) return h("div", props, rich(message.text));
    const list = h("div", { class: "lines" });
    all.forEach(function (line) {
      const label = (/^[^:.?!]{2,30}:(?= )/.exec(line) || [""])[0];
      list.appendChild(h("p", props, label && h("b", {}, rich(label)), h("span", { dir: "auto" }, rich(line.slice(label.length)))));
    });
    return list;
  }

  function voices(lang) {
    return speechSynthesis.getVoices().filter(function (voice) { return voice.lang.toLowerCase().indexOf(lang) === 0; });
  }

  /* Whether the browser can read a language aloud; before it knows its voices, it may. */
  function speaks(lang) {
    return window.speechSynthesis && window.SpeechSynthesisUtterance &&
      (!speechSynthesis.getVoices().length || voices(lang).length > 0);
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
      this.steps = [];
      this.build();
      const self = this;
      let left = 0;
      window.addEventListener("online", function () { if (self.again) self.again(); });
      window.addEventListener("resize", function () { self.fit(); self.keepEnd(); });
      window.addEventListener("storage", function (event) { if (event.key === STORE) self.follow(); });
      document.addEventListener("visibilitychange", function () {
        if (document.hidden) left = Date.now();
        else if (self.again) self.again();
        else if (Date.now() - left > OUT_OF_SIGHT) self.sync();
      });
      if (window.speechSynthesis && speechSynthesis.addEventListener) {
        speechSynthesis.addEventListener("voiceschanged", function () {
          Array.from(self.log.querySelectorAll(".speak")).forEach(function (button) {
            if (!speaks(button.getAttribute("data-lang"))) button.remove();
          });
        });
      }
      if (this.full || this.state.open) this.open(this.full || roomy.matches);
    }

    build() {
      const shadow = this.attachShadow({ mode: "open" });
      // Inline and important: whatever the page's own styles say, the host stays neutral.
      this.style.setProperty("all", "initial", "important");
      this.style.setProperty("display", this.full ? "block" : "inline", "important");
      if (this.full) this.style.setProperty("height", "100%", "important");

      const root = h("div", { class: "root " + (this.full ? "full" : "float"), lang: "nl-BE", dir: "ltr", hidden: true });
      const self = this;
      shadow.appendChild(root);
      this.dress(shadow, function () {
        root.hidden = false;
        self.fit();
        self.reveal(self.newest);
      });
      const level = this.full ? "h1" : "h2";
      this.headline = h(level, { class: "title", tabindex: "-1" }, TEXT.name);
      this.log = h("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": TEXT.log, "data-credit": TEXT.pictures, tabindex: "0", scroll: this.hint.bind(this),
        click: function (event) { if (!event.target.closest("button, a")) self.hurry(); } });
      this.dots = h("div", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i"));
      this.progress = h("div", { class: "progress", role: "progressbar", "aria-label": TEXT.progress,
        "aria-valuemin": "0", "aria-valuemax": "100", hidden: true }, h("i"));
      // For eyes and fingers only: a keyboard and a screen reader need no help to read on.
      this.more = h("button", { type: "button", class: "more", tabindex: "-1", "aria-hidden": "true", hidden: true,
        click: function () { self.log.scrollTop += self.log.clientHeight * 0.7; } }, icon("down"), h("span", {}, TEXT.more));
      this.wait = h("div", { class: "wait", role: "status" });
      this.notice = h("div", { class: "notice", role: "status" });
      this.field = h("textarea", {
        id: "field", rows: "1", dir: "auto", placeholder: TEXT.fieldShort, autocomplete: "off", enterkeyhint: "send", maxlength: "20000",
        input: this.grow.bind(this),
        keydown: function (event) {
          if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
            event.preventDefault();
            self.submit();
          }
        },
      });
      this.mic = Recognition && h("button", { type: "button", class: "mic", "aria-label": TEXT.listen, title: TEXT.listen,
        click: this.listen.bind(this) }, icon("mic"));
      const form = h("form", { class: "form", submit: function (event) { event.preventDefault(); self.submit(); } },
        h("label", { for: "field" }, TEXT.field),
        h("div", { class: "line" }, this.field, this.mic, h("button", { class: "send", type: "submit" }, icon("send"), h("span", {}, TEXT.send))));
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
        head, this.progress, h("div", { class: "talk" }, this.log, this.more), this.wait, this.notice, bar, form);

      if (!this.full) {
        this.launcher = h("button", { type: "button", class: "launcher", "aria-expanded": "false", "aria-controls": "panel", "aria-label": TEXT.open + " " + TEXT.openLabel, click: function () { self.open(); } },
          icon("logo"), h("span", {}, TEXT.open));
        this.panel.addEventListener("keydown", function (event) {
          if (event.key === "Escape") self.close();
          if (event.key === "Tab" && !roomy.matches) self.keepInside(event);
        });
        root.appendChild(this.launcher);
      }
      root.appendChild(this.panel);
    }

    /* A constructable stylesheet passes any content policy; old browsers get a link. */
    dress(shadow, ready) {
      const linked = function () {
        shadow.appendChild(h("link", { rel: "stylesheet", href: BASE + "widget.css", load: ready, error: ready }));
      };
      if (!("adoptedStyleSheets" in shadow) || !CSSStyleSheet.prototype.replaceSync) {
        linked();
        return;
      }
      fetch(BASE + "widget.css").then(function (response) {
        return response.ok ? response.text() : Promise.reject();
      }).then(function (css) {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(css);
        shadow.adoptedStyleSheets = [sheet];
        ready();
      }).catch(linked);
    }

    /* On a phone the open chat covers the page: there it is the only thing to be in. */
    fit() {
      if (!this.full) this.panel.setAttribute("aria-modal", String(!roomy.matches));
    }

    keepInside(event) {
      const all = Array.from(this.panel.querySelectorAll('button, a, textarea, [tabindex="0"]')).filter(function (node) {
        return node.tabIndex >= 0 && node.getClientRects().length;
      });
      const edge = all[event.shiftKey ? 0 : all.length - 1];
      const now = this.shadowRoot.activeElement;
      if (now !== edge && !(event.shiftKey && now === this.headline)) return;
      event.preventDefault();
      all[event.shiftKey ? all.length - 1 : 0].focus();
    }

    /* Change what outlives a reload, with what other tabs did to it meanwhile. */
    keep(edit) {
      this.state = remembered();
      edit(this.state);
      remember(this.state);
    }

    open(quietly) {
      if (!this.full) {
        this.panel.hidden = false;
        this.launcher.hidden = true;
        this.launcher.setAttribute("aria-expanded", "true");
        this.keep(function (state) { state.open = true; });
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
      this.keep(function (state) { state.open = false; });
      this.hush();
      this.launcher.focus();
    }

    /* Take up the earlier conversation, or let the bot speak first. */
    start() {
      const self = this;
      this.state = remembered();
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
          const messages = result.body.messages;
          self.rebuild(messages);
          if (messages.length || self.state.queue.length) self.pump();
          else self.greet();
        } else if (result.status === 401) {
          self.busy = false;
          self.calm();
          self.forget();
          self.clear();
          self.greet();
        } else {
          self.later(result.status ? TEXT.away : TEXT.offline, self.start.bind(self));
        }
      });
    }

    /* Another tab went on with the conversation, or began a new one. */
    follow() {
      const before = this.state;
      const now = this.state = remembered();
      if (!this.started) return;
      if (before.talk !== now.talk) this.clear();
      this.showQueue();
      if (now.session && now.turn !== before.turn && !this.bubbleOf(now.turn + ".1")) this.sync();
    }

    /* Fetch what happened elsewhere: in another tab, or while the phone slept. */
    sync() {
      const self = this;
      const talk = this.state.talk;
      this.stale = this.busy;
      if (!this.started || !this.state.session || this.busy) return;
      this.busy = true;
      call("api/chat", { headers: { Authorization: "Bearer " + this.state.session } }).then(function (result) {
        self.busy = false;
        if (result.status === 200 && talk === self.state.talk) self.reconcile(result.body.messages);
        self.pump();
      });
    }

    /* What the server has, in its order: the rest is added, anything else is built anew. */
    reconcile(messages) {
      const self = this;
      const ids = messages.map(function (message) { return message.id; });
      this.hurry();
      const here = Array.from(this.log.querySelectorAll("[data-id]:not([data-unsent])"))
        .map(function (node) { return node.getAttribute("data-id"); });
      if (here.some(function (id, at) { return id !== ids[at]; })) {
        this.rebuild(messages);
        return;
      }
      const rest = messages.slice(here.length);
      rest.forEach(function (message) {
        const waiting = self.bubbleOf(message.id);
        if (waiting) waiting.remove();
      });
      if (rest.length) this.show(rest);
      this.showQueue();
    }

    /* The whole conversation at once; a screen reader needn't hear it all again. */
    rebuild(messages) {
      const log = this.log;
      log.setAttribute("aria-live", "off");
      this.clear();
      this.show(messages, true);
      this.showQueue();
      setTimeout(function () { log.setAttribute("aria-live", "polite"); }, 1000);
    }

    clear() {
      this.steps = [];
      this.step();
      this.newest = null;
      this.log.textContent = "";
    }

    /* What waits stands below what was answered. */
    showQueue() {
      const self = this;
      this.state.queue.forEach(function (item) {
        const old = self.bubbleOf(item.id);
        if (old && old.hasAttribute("data-unsent") && old !== self.log.lastChild) self.log.appendChild(old);
        if (item.label && !old) self.showClient(item.id, item.label, true);
      });
    }

    greet() {
      this.say({ payload: "/greet" }, "");
    }

    forget() {
      this.keep(function (state) {
        state.session = null;
        state.queue = [];
        state.turn = "";
      });
    }

    submit() {
      const text = this.field.value.trim();
      if (!text) {
        this.field.focus();
        return;
      }
      this.field.value = "";
      this.grow();
      if (touch.matches) this.stay(); // the phone's keyboard makes room for the answer
      this.say({ text: text }, text);
    }

    /* The focus waits here, before the answer: Tab goes on from this place, and nothing is read out twice. */
    stay() {
      const here = h("span", { class: "here", tabindex: "-1" });
      this.log.appendChild(here);
      here.focus({ preventScroll: true });
    }

    say(what, label) {
      const item = { id: freshId(), text: what.text, payload: what.payload, label: label };
      this.hush();
      this.hurry();
      this.dropChoices();
      this.keep(function (state) {
        if (!state.session && !state.queue.length) state.talk = item.id; // a new conversation
        state.queue.push(item);
      });
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
        const first = self.state.queue[0];
        if (first && first.id === item.id) self.answered(item, result.status, result.body);
        else { // another tab has the answer, or a new conversation was started
          self.sync();
          self.pump();
        }
      });
    }

    answered(item, status, body) {
      const self = this;
      if (status === 0 || status === 429 || status >= 500) {
        if (body.session) this.keep(function (state) { state.session = body.session; });
        this.later(status ? body.text || TEXT.away : TEXT.offline, this.pump.bind(this));
        return;
      }
      this.calm();
      this.keep(function (state) {
        state.queue = state.queue.filter(function (other) { return other.id !== item.id; });
        if (status === 200) {
          state.session = body.session;
          state.turn = item.id;
        }
      });
      this.sent(item.id);
      if (status === 200) {
        this.show(body.messages);
      } else {
        if (status === 401) this.forget();
        this.show([{ text: body.text || TEXT.failed }]);
        if (status === 401 || (body.error === "payload_not_offered" && item.label)) this.greet();
      }
      if (this.stale) this.sync();
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
          self.clear();
          self.greet();
          self.log.focus();
        }],
        [TEXT.no, back],
      ]);
      this.notice.querySelector("button").focus();
    }

    /* ---- what is seen ---- */

    /* One bubble after the other, each when the one before can have been read; all at once when `quick`. */
    show(messages, quick) {
      const self = this;
      const urgent = messages.some(function (message) { return /\bbel\b[^.]{0,25} 1\d\d/i.test(message.text); });
      let last = null;
      this.hurry();
      this.dropChoices();
      this.newest = null;
      messages.forEach(function (message) {
        if (message.id && message.from !== "client" && self.bubbleOf(message.id)) return;
        self.steps.push(function () {
          if (message.from === "client") {
            self.showClient(message.id, message.text, false);
            self.newest = last = null;
            return 0;
          }
          const node = self.botMessage(message);
          self.newest = self.newest || node;
          self.log.appendChild(node);
          if (message.progress != null) self.advance(message.progress);
          if (message.buttons && message.buttons.length) last = message;
          return Math.min(4000, Math.max(800, 45 * (message.text || "").length));
        });
      });
      this.steps.push(function () {
        if (last && !self.state.queue.length) self.log.appendChild(self.choices(last));
      });
      if (quick || urgent || still.matches || document.hidden) this.hurry();
      else this.step();
    }

    step() {
      clearTimeout(this.pace);
      this.dots.remove();
      const next = this.steps.shift();
      if (!next) return;
      const pause = next();
      if (this.steps.length > 1) {
        this.log.appendChild(this.dots);
        this.pace = setTimeout(this.step.bind(this), pause);
      } else if (this.steps.length) {
        this.step();
      }
      this.reveal(this.newest);
    }

    /* Who taps, types or goes on needn't wait for the bubbles. */
    hurry() {
      clearTimeout(this.pace);
      this.dots.remove();
      const any = this.steps.length;
      while (this.steps.length) this.steps.shift()();
      if (any) this.reveal(this.newest);
    }

    /* Gently: a line that only grows. */
    advance(share) {
      const percent = Math.round(share * 100);
      this.progress.hidden = false;
      this.progress.setAttribute("aria-valuenow", percent);
      this.progress.firstChild.style.width = percent + "%";
    }

    /* Show the newest: from its first line, when it is longer than the screen. */
    reveal(first) {
      const bottom = this.log.scrollHeight - this.log.clientHeight;
      const wanted = first ? Math.min(bottom, first.offsetTop - 12) : bottom;
      if (wanted > this.log.scrollTop) this.log.scrollTop = wanted; // never back up: somebody may be reading on
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
        h("div", { class: "bubble" }, h("span", { class: "sr" }, TEXT.you + " "), h("span", { dir: "auto" }, text)),
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
      const lang = message.lang || "nl";
      const rich = this.marker(message.words);
      const node = h("div", { class: "msg bot", "data-id": message.id });
      // Cards say the same as their text, only clearer: the text is for channels without cards.
      const parts = (message.courses || []).map(function (course) { return self.courseCard(course, rich); });
      if (message.appointment) parts.push(this.appointmentCard(message.appointment));
      if (message.text && !parts.length) {
        parts.push(h("div", { class: "bubble" }, lines(message, rich)));
      }
      parts.forEach(function (part) { node.appendChild(part); });
      if (!parts.length) return node;
      parts[0].insertBefore(h("span", { class: "sr" }, TEXT.bot + " "), parts[0].firstChild);
      if (message.text && speaks(lang)) {
        const button = h("button", { type: "button", class: "speak", "data-lang": lang, "aria-label": TEXT.speak, title: TEXT.speak,
          click: function () { self.speak(message.text, lang, button); } }, icon("speak"));
        parts[0].appendChild(button);
      }
      return node;
    }

    /* Makes text with links, and with the first use of each hard word as a button that explains it. */
    marker(words) {
      const open = (words || []).slice();
      return function (text) {
        const all = document.createDocumentFragment();
        let rest = text;
        for (;;) {
          let best = null;
          open.forEach(function (word) {
            const found = new RegExp("(^|[^0-9A-Za-zÀ-ɏ])(" + word.word + ")(?![0-9A-Za-zÀ-ɏ])").exec(rest);
            const at = found && found.index + found[1].length;
            if (found && (!best || at < best.at)) best = { at: at, word: word };
          });
          if (!best) break;
          open.splice(open.indexOf(best.word), 1);
          all.appendChild(linked(rest.slice(0, best.at)));
          all.appendChild(hardWord(best.word));
          rest = rest.slice(best.at + best.word.word.length);
        }
        all.appendChild(linked(rest));
        return all;
      };
    }

    choices(message) {
      const self = this;
      const group = h("div", { class: "choices", role: "group", "aria-label": TEXT.choose });
      message.buttons.forEach(function (button, at) {
        group.appendChild(h("button", { type: "button", dir: "auto", lang: message.lang, click: function () {
          self.stay(); // the button goes away
          self.say({ payload: button.payload }, button.title);
        } }, picture((message.pictures || [])[at]), h("span", {}, button.title)));
      });
      return group;
    }

    dropChoices() {
      const old = this.log.querySelector(".choices");
      if (old) old.remove();
    }

    list(title, items, kind, rich) {
      if (!items || !items.length) return null;
      const list = h("ul", { class: kind });
      items.forEach(function (item) { list.appendChild(h("li", {}, rich ? rich(item) : item)); });
      return h("div", {}, h("p", { class: "small" }, title), list);
    }

    heading(text) {
      return h(this.full ? "h2" : "h3", {}, text);
    }

    courseCard(course, rich) {
      const where = [course.provider, course.place].filter(Boolean).join(", ");
      const card = h("div", { class: "card" },
        course.type && h("p", { class: "kind" }, TEXT.types[course.type] || course.type),
        this.heading(course.title),
        course.summary && h("p", {}, rich(course.summary)),
        where && h("p", { class: "with" }, icon("pin"), h("span", {}, where)),
        this.list(TEXT.why, course.reasons, "why", rich),
        this.list(TEXT.missing, course.missing, "missing", rich),
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

    speak(text, lang, button) {
      const same = this.speaking === button;
      this.hush();
      if (same) return;
      const speech = new SpeechSynthesisUtterance(text);
      const found = voices(lang);
      speech.lang = lang === "nl" ? "nl-BE" : lang;
      speech.voice = found.filter(function (voice) { return /BE/.test(voice.lang); })[0] || found[0] || null;
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

    /* ---- dictation: where the browser has it, and after a word on where the voice goes ---- */

    listen() {
      const self = this;
      if (this.hearing) {
        this.hearing.stop();
        return;
      }
      if (!this.state.voice) {
        this.note(TEXT.listenAsk, [
          [TEXT.listenYes, function () {
            self.keep(function (state) { state.voice = true; });
            self.listen();
          }],
          [TEXT.listenNo, function () { self.note(""); self.field.focus(); }],
        ]);
        this.notice.querySelector("button").focus();
        return;
      }
      const before = this.field.value && this.field.value + " ";
      const hearing = this.hearing = new Recognition();
      let trouble = TEXT.notHeard;
      this.hush();
      hearing.lang = "nl-BE";
      hearing.interimResults = true;
      hearing.onresult = function (event) {
        trouble = "";
        self.field.value = before + Array.from(event.results).map(function (result) { return result[0].transcript; }).join("");
        self.grow();
      };
      hearing.onerror = function (event) {
        if (event.error !== "no-speech" && event.error !== "aborted") trouble = TEXT.noMicrophone;
      };
      hearing.onend = function () {
        self.hearing = null;
        self.mic.classList.remove("on");
        self.mic.setAttribute("aria-label", TEXT.listen);
        self.note(trouble);
        self.field.focus();
      };
      this.mic.classList.add("on");
      this.mic.setAttribute("aria-label", TEXT.listenStop);
      this.note(TEXT.listening);
      hearing.start();
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
