// The key of a link stands after "#", which browsers send to nobody. It is taken out of the address at once and goes to
// the server in the body of a form, for a cookie.
const key = location.hash.slice(1);
history.replaceState(null, "", location.pathname);
if (key) {
  const form = document.querySelector("form");
  form.key.value = key;
  form.submit();
} else {
  // A browser leaves the cookie out when the way to this page began at another site, such as a web page with mail.
  fetch("/", { method: "HEAD" }).then((answer) => answer.status !== 401 && location.replace("/"));
}
