// Shows what a public link shares: #TOKEN.
const russian = navigator.language.startsWith("ru");
document.documentElement.lang = russian ? "ru" : "en";
const message = document.querySelector("#message");
const files = document.querySelector("#files");

function element(file) {
  const [kind] = file.contentType.split("/");
  const shown = document.createElement({ image: "img", video: "video", audio: "audio" }[kind] ?? "a");
  if (kind === "image") {
    shown.src = file.url;
    shown.alt = "";
  } else if (kind === "video" || kind === "audio") {
    shown.src = file.url;
    shown.controls = true;
    if (file.previewUrl && kind === "video") {
      shown.poster = file.previewUrl;
    }
  } else {
    shown.href = file.url;
    shown.textContent = file.contentType;
  }
  return shown;
}

async function open() {
  const answer = await fetch(`/api/v1/shares/${encodeURIComponent(location.hash.slice(1) || "none")}`, {
    headers: { "Accept-Language": document.documentElement.lang },
  });
  const body = await answer.json();
  if (!answer.ok) {
    message.textContent = body.detail ?? body.title;
    message.className = "wrong";
    return;
  }
  message.textContent = `${body.modelKey}, ${new Date(body.createdAt).toLocaleDateString()}`;
  files.replaceChildren(...body.files.map(element));
}

await open();
