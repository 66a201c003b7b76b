// Opens the links in our mails: #verify-email=TOKEN or #reset-password=TOKEN.
const texts = {
  ru: {
    verified: "Адрес подтверждён. Спасибо!",
    choose: "Задайте новый пароль.",
    label: "Новый пароль, от 8 символов",
    save: "Сохранить",
    saved: "Пароль сохранён, все сеансы завершены. Теперь можно войти.",
    unknown: "В этой ссылке чего-то не хватает. Откройте её из письма целиком.",
    offline: "Сервер не отвечает. Попробуйте ещё раз чуть позже.",
  },
  en: {
    verified: "Your address is confirmed. Thank you!",
    choose: "Choose a new password.",
    label: "New password, 8 characters or more",
    save: "Save",
    saved: "The password is saved and all sessions are ended. You can log in now.",
    unknown: "Something is missing in this link. Open it from the mail as a whole.",
    offline: "The server does not answer. Try again in a moment.",
  },
};
const text = texts[navigator.language.startsWith("ru") ? "ru" : "en"];
document.documentElement.lang = text === texts.ru ? "ru" : "en";

const message = document.querySelector("#message");
const form = document.querySelector("#password");
const [purpose, token] = location.hash.slice(1).split("=");

function say(what, wrong = false) {
  message.textContent = what;
  message.className = wrong ? "wrong" : "lead";
}

/** Returns whether it worked; else the page says why not. */
async function post(path, body) {
  try {
    const answer = await fetch(`/api/v1/auth/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Accept-Language": document.documentElement.lang },
      body: JSON.stringify(body),
    });
    if (answer.ok) {
      return true;
    }
    const problem = await answer.json();
    const violations = (problem.violations ?? []).map((violation) => violation.message);
    say([problem.detail ?? problem.title, ...violations].join(" "), true);
  } catch {
    say(text.offline, true);
  }
  return false;
}

async function open() {
  if (purpose === "verify-email" && token) {
    if (await post("verification/confirm", { token })) {
      say(text.verified);
    }
  } else if (purpose === "reset-password" && token) {
    say(text.choose);
    document.querySelector("#password-label").textContent = text.label;
    form.querySelector("button").textContent = text.save;
    form.hidden = false;
  } else {
    say(text.unknown, true);
  }
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (await post("password/reset", { token, password: form.password.value })) {
    form.hidden = true;
    say(text.saved);
  }
});

await open();
