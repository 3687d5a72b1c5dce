// In the queue the arrow keys move from one referral to the next, Home and End to the first and the last;
// Enter opens it, as with any link.
const links = [...document.querySelectorAll("#queue tbody a")];

document.getElementById("queue")?.addEventListener("keydown", (event) => {
  const at = links.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
  if (to === undefined || at < 0) return;
  event.preventDefault();
  links[Math.min(Math.max(to, 0), links.length - 1)].focus();
});
