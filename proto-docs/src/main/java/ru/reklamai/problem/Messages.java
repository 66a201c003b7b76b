package ru.reklamai.problem;

import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What people read, in their language. The English text in the code is the key, as with gettext; {@code ru.json} beside
 * this class's resources holds the Russian ones, and a test looks that none is missing.
 */
public final class Messages {

    public static final Locale ENGLISH = Locale.ENGLISH;
    public static final Locale RUSSIAN = Locale.of("ru");

    private static final Map<String, String> IN_RUSSIAN = read("/messages/ru.json");

    private Messages() {}

    /** Returns the text in the language of the present request, in English outside of one. */
    public static String text(String english, Object... values) {
        return text(ofPresentRequest(), english, values);
    }

    public static String text(Locale language, String english, Object... values) {
        String text = language.equals(RUSSIAN) ? IN_RUSSIAN.getOrDefault(english, english) : english;
        for (int i = 0; i < values.length; i++) {
            text = text.replace("{" + i + "}", String.valueOf(values[i]));
        }
        return text;
    }

    /** Returns the best of our two languages for an Accept-Language header (RFC 9110, 12.5.4), English if none fits. */
    public static Locale languageOf(String acceptLanguage) {
        try {
            Locale best = Locale.lookup(
                    Locale.LanguageRange.parse(Objects.requireNonNullElse(acceptLanguage, "en")),
                    List.of(ENGLISH, RUSSIAN));
            return Objects.requireNonNullElse(best, ENGLISH);
        } catch (IllegalArgumentException e) {
            return ENGLISH;
        }
    }

    private static Locale ofPresentRequest() {
        return Optional.ofNullable(Arc.container())
                .filter(container -> container.requestContext().isActive())
                .map(container -> container.instance(CurrentVertxRequest.class).get())
                .map(CurrentVertxRequest::getCurrent)
                .map(context -> languageOf(context.request().getHeader("Accept-Language")))
                .orElse(ENGLISH);
    }

    private static Map<String, String> read(String resource) {
        try (InputStream in = Messages.class.getResourceAsStream(resource)) {
            var json = new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            Map<String, String> texts = new TreeMap<>();
            json.forEach(entry -> texts.put(entry.getKey(), (String) entry.getValue()));
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
