// Pages work without this; with it a turn is swapped in place and the focus follows the conversation.
import { initAll } from "/assets/govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
foldPanel();

// The log is replaced as a whole, so what the assistant said since is read out from a place that stays.
let heard = lastSaid();

// After a turn: components wake up again and the focus goes to what is asked now.
document.body.addEventListener("htmx:after:swap", () => {
  const conversation = document.getElementById("conversation");
  if (!conversation) return;
  initAll({ scope: conversation });
  foldPanel();
  const reply = announce();
  const error = conversation.querySelector(".govuk-error-summary");
  const next = error ?? conversation.querySelector("[data-next]");
  next?.focus({ preventScroll: true });
  // What was asked is answered above the next question: the answer is what people want to see first.
  if (reply && !error) reply.scrollIntoView({ block: "start" });
  else next?.scrollIntoView({ block: "nearest" });
});

// An answer that cannot be swapped in (signed out, server away) is told by loading the page itself.
document.body.addEventListener("htmx:error", () => window.location.reload());

// On a telephone the panel stands below the conversation, folded.
function foldPanel() {
  if (!window.matchMedia("(max-width: 48em)").matches) return;
  for (const part of document.querySelectorAll("#panel details[open]")) part.removeAttribute("open");
}

function lastSaid() {
  return document.querySelector(".moj-message-item:last-child")?.id;
}

// Reads out what the assistant said since; returns the first line of it.
function announce() {
  const lines = [...document.querySelectorAll(".moj-message-item")];
  const since = lines.slice(lines.findIndex((line) => line.id === heard) + 1);
  const said = since.filter((line) => line.classList.contains("moj-message-item--received"));
  document.getElementById("announcement").textContent = said.map((line) => line.innerText).join(" ");
  heard = lastSaid();
  return said[0];
}
