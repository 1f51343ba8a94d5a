// Starts telegram-test-api, and makes up for what it leaves out of the Bot API: fields that
// python-telegram-bot wants, times in seconds, the webhook's secret header, a number of its own for
// each update, and another try when the webhook fails.
// Usage: node start.js PORT [PUBLIC=LOCAL]   a webhook at address PUBLIC is called at LOCAL
"use strict";

const axios = require("axios");
const express = require("express");
const TelegramServer = require("telegram-test-api");

const port = Number(process.argv[2]);
const [publicUrl, localUrl] = (process.argv[3] || "").split("=");

// `null` where Telegram answers true; a bot that does not say that it is one.
const plainJson = express.response.json;
express.response.json = function (body) {
  if (body && body.ok && body.result === null) body.result = true;
  if (body && body.result && body.result.username === "TestNameBot") body.result.is_bot = true;
  return plainJson.call(this, body);
};

const addBotMessage = TelegramServer.prototype.addBotMessage;
TelegramServer.prototype.addBotMessage = function (...given) {
  const message = addBotMessage.apply(this, given);
  delete message.link_preview_options; // a text, as it was sent
  return { ...message, date: Math.floor(message.date / 1000) };
};

const addUserUpdate = TelegramServer.prototype.addUserUpdate;
let before = Promise.resolve();
TelegramServer.prototype.addUserUpdate = function (update) {
  update.updateId = this.updateId++;
  if ("message" in update) update.messageId = this.messageId++;
  before = before.then(() => deliver(this, update, 20));
  return before;
};

async function deliver(server, update, tries) {
  try {
    await addUserUpdate.call(server, update);
  } catch (error) {
    if (!tries) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
    await deliver(server, update, tries - 1);
  }
}

const setWebhook = TelegramServer.prototype.setWebhook;
TelegramServer.prototype.setWebhook = function (...given) {
  setWebhook.apply(this, given);
  process.stdout.write("webhook\n");
};

const formatUpdate = TelegramServer.formatUpdate;
TelegramServer.formatUpdate = function (update) {
  const made = formatUpdate(update);
  if (made.callback_query) made.callback_query.chat_instance = "1";
  return made;
};

const server = new TelegramServer({ port, host: "127.0.0.1", storeTimeout: 3600 });

axios.interceptors.request.use(function (request) {
  const webhook = Object.values(server.webhooks).find((one) => one.url === request.url);
  if (webhook) {
    request.headers["X-Telegram-Bot-Api-Secret-Token"] = webhook.secret_token || "";
    if (publicUrl && request.url.startsWith(publicUrl)) {
      request.url = localUrl + request.url.slice(publicUrl.length);
    }
  }
  return request;
});

server.start().then(
  () => process.stdout.write("ready\n"),
  (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  },
);
process.stdin.resume().on("end", () => process.exit(0)); // ends with whoever started it
