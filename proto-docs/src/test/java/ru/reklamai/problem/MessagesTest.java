package ru.reklamai.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesTest {

    private static final Pattern SPOKEN = Pattern.compile(
            "\\b(?:Problems\\.(?:of|retryLater|invalidField)|Messages\\.text|ProblemBody\\.of|of\\(Problem"
                    + "|new (?:\\w+\\.)?(?:RefusedException|UnreadableNoticeException|ErrorInfo))\\b");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** Looks into the code of all services: a text that users read but that is missing in ru.json fails the build. */
    @Test
    void everyTextThatUsersReadIsThereInRussian() throws IOException {
        Set<String> missing = textsInTheCode();
        for (Problem problem : Problem.values()) {
            missing.add(problem.title());
            missing.add(problem.advice());
        }
        assertTrue(missing.size() > 100, "too few texts were found: " + missing.size());
        missing.removeAll(inRussian().keySet());
        assertEquals(Set.of(), missing);
    }

    @Test
    void noTranslationLosesAValue() throws IOException {
        inRussian().forEach((english, russian) -> {
            for (String place : new String[] {"{0}", "{1}"}) {
                assertEquals(english.contains(place), russian.contains(place), english);
            }
        });
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
        assertEquals(language, Messages.languageOf(header).getLanguage());
    }

    private static Set<String> textsInTheCode() throws IOException {
        Set<String> texts = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("..").toRealPath())) {
            files.filter(file -> file.toString().contains("/src/main/java/"))
                    .filter(file -> file.toString().endsWith(".java"))
                    .forEach(file -> collect(file, texts));
        }
        return texts;
    }

    private static void collect(Path file, Set<String> texts) {
        try {
            String code = Files.readString(file).replaceAll("\"\"\"[\\s\\S]*?\"\"\"", "");
            Matcher spoken = SPOKEN.matcher(code);
            while (spoken.find()) {
                Matcher literal = LITERAL.matcher(argumentsAfter(code, code.indexOf('(', spoken.start())));
                while (literal.find()) {
                    if (literal.group(1).strip().contains(" ")) {
                        texts.add(literal.group(1));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the code between a bracket and the one that closes it; brackets in texts come in pairs. */
    private static String argumentsAfter(String code, int open) {
        int depth = 0;
        for (int i = Math.max(0, open); i < code.length(); i++) {
            depth += code.charAt(i) == '(' ? 1 : code.charAt(i) == ')' ? -1 : 0;
            if (depth == 0) {
                return code.substring(Math.max(0, open), i);
            }
        }
        return "";
    }

    private static Map<String, String> inRussian() throws IOException {
        try (InputStream in = Messages.class.getResourceAsStream("/messages/ru.json")) {
            return new ObjectMapper().readerForMapOf(String.class).readValue(in);
        }
    }
}
