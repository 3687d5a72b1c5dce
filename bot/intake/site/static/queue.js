// In the queue the arrow keys move from one referral to the next; Enter opens it, as with any link.
const links = [...document.querySelectorAll("#queue tbody a")];

document.getElementById("queue")?.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const at = links.indexOf(document.activeElement);
  if (!step || at < 0) return;
  event.preventDefault();
  links[Math.min(Math.max(at + step, 0), links.length - 1)].focus();
});
