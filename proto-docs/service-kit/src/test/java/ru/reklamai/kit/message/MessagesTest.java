package ru.reklamai.kit.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import ru.reklamai.events.ErrorInfo;
import ru.reklamai.events.Failure;
import ru.reklamai.message.MessageCode;
import ru.reklamai.problem.Problem;

class MessagesTest {

    private static final Pattern PLACE = Pattern.compile("\\{\\d}");

    @ParameterizedTest
    @ValueSource(strings = {"en", "ru"})
    void everyCodeHasItsWordsAndNothingElseHas(String language) throws IOException {
        Set<String> codes = Arrays.stream(MessageCode.values())
                .map(MessageCode::text)
                .collect(Collectors.toCollection(TreeSet::new));
        for (Problem problem : Problem.values()) {
            codes.addAll(List.of(problem.titleKey(), problem.adviceKey()));
        }
        assertThat(new TreeSet<>(bundle(language).stringPropertyNames())).isEqualTo(codes);
    }

    @Test
    void noTranslationLosesAValue() throws IOException {
        Properties russian = bundle("ru");
        bundle("en").forEach((code, english) -> assertThat(placesIn(russian.getProperty((String) code)))
                .as((String) code)
                .isEqualTo(placesIn((String) english)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ru|ru",
                "ru-RU,ru;q=0.9,en;q=0.8|ru",
                "en-US,ru;q=0.5|en",
                "de|en",
                "de,ru;q=0.5|ru",
                "*|en",
                "%$|en"
            })
    void theBestOfBothLanguagesIsSpoken(String header, String language) {
        assertThat(Messages.languageOf(header).getLanguage()).isEqualTo(language);
    }

    @Test
    void aFailureIsExplainedInTheLanguageOfItsReader() {
        var failure = Failure.of(MessageCode.PROVIDER_FAILED, "(too dark)");
        assertThat(Messages.explain(Messages.ENGLISH, failure).message()).endsWith("try again. (too dark)");
        assertThat(Messages.explain(Messages.RUSSIAN, failure).message()).endsWith("попробуйте снова. (too dark)");
    }

    @Test
    void aFailureWhoseCodeIsNewIsExplainedInGeneral() {
        ErrorInfo error = Messages.explain(Messages.ENGLISH, new Failure("moon-in-the-way", List.of()));
        assertThat(error.code()).isEqualTo("moon-in-the-way");
        assertThat(error.message()).startsWith("It could not be made.");
    }

    private static Set<String> placesIn(String text) {
        return PLACE.matcher(text).results().map(found -> found.group()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Properties bundle(String language) throws IOException {
        var bundle = new Properties();
        try (Reader in = new InputStreamReader(
                MessageCode.class.getResourceAsStream("/messages/" + language + ".properties"),
                StandardCharsets.UTF_8)) {
            bundle.load(in);
        }
        return bundle;
    }
}
