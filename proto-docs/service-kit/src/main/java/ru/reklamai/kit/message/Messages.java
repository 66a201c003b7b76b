package ru.reklamai.kit.message;

import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import ru.reklamai.events.ErrorInfo;
import ru.reklamai.events.Failure;
import ru.reklamai.message.MessageCode;

/** What people read, found by code in the bundle of their language. */
public final class Messages {

    public static final Locale ENGLISH = Locale.ENGLISH;
    public static final Locale RUSSIAN = Locale.of("ru");

    private static final Map<Locale, Properties> BUNDLES = Map.of(ENGLISH, read("en"), RUSSIAN, read("ru"));

    private Messages() {}

    /** Returns the text in the language of the present request, in English outside of one. */
    public static String text(MessageCode code, Object... values) {
        return text(languageOfPresentRequest(), code.text(), List.of(values));
    }

    public static String text(Locale language, MessageCode code, Object... values) {
        return text(language, code.text(), List.of(values));
    }

    /** @param key of the bundles: a message's code, or a problem's title or advice */
    public static String text(Locale language, String key, List<?> values) {
        String text = BUNDLES.getOrDefault(language, BUNDLES.get(ENGLISH)).getProperty(key, key);
        for (int i = 0; i < values.size(); i++) {
            text = text.replace("{" + i + "}", String.valueOf(values.get(i)));
        }
        return text.strip();
    }

    /** Returns the failure in words; a code that this version does not know is told in general ones. */
    public static ErrorInfo explain(Locale language, Failure failure) {
        MessageCode code = MessageCode.of(failure.code()).orElse(MessageCode.GENERATION_FAILED);
        return new ErrorInfo(failure.code(), text(language, code.text(), failure.parameters()));
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

    public static Locale languageOfPresentRequest() {
        return Optional.ofNullable(Arc.container())
                .filter(container -> container.requestContext().isActive())
                .map(container -> container.instance(CurrentVertxRequest.class).get())
                .map(CurrentVertxRequest::getCurrent)
                .map(context -> languageOf(context.request().getHeader("Accept-Language")))
                .orElse(ENGLISH);
    }

    private static Properties read(String language) {
        String resource = "/messages/" + language + ".properties";
        try (Reader in = new InputStreamReader(
                Objects.requireNonNull(MessageCode.class.getResourceAsStream(resource), resource),
                StandardCharsets.UTF_8)) {
            var bundle = new Properties();
            bundle.load(in);
            return bundle;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
