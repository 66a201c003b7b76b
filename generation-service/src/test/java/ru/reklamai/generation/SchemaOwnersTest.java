package ru.reklamai.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Inside the database too a table has one owner: others use what the owner declares for them. */
class SchemaOwnersTest {

    private static final Path SCHEMA = Path.of("src/main/resources/db/studio");
    private static final Pattern OWNER = Pattern.compile("^-- Owner: ([a-z]+)\n");
    private static final Pattern TABLE = Pattern.compile("(?m)^CREATE TABLE ([a-z_]+)");
    private static final Pattern FUNCTION_OR_VIEW =
            Pattern.compile("(?m)^CREATE OR REPLACE (?:FUNCTION|VIEW) ([a-z_0-9]+)");
    private static final Pattern WORD = Pattern.compile("[a-z_0-9]+");
    private static final Pattern COMMENT_OR_TEXT = Pattern.compile("(?m)--.*$|'[^']*'");

    record Source(String name, String owner, String sql) {}

    @Test
    void aFunctionOrViewNamesNoTableOfAnotherOwner() throws IOException {
        Map<String, String> owners = tableOwners();
        assertThat(owners).containsEntry("generations", "generation").containsEntry("profiles", "user");
        for (Source source : sources("R__")) {
            assertThat(names(WORD, COMMENT_OR_TEXT.matcher(source.sql()).replaceAll("")))
                    .as(source.name())
                    .filteredOn(word ->
                            owners.containsKey(word) && !owners.get(word).equals(source.owner()))
                    .isEmpty();
        }
    }

    @Test
    void aRepeatableFileHoldsTheOneThingThatItIsNamedAfter() throws IOException {
        for (Source source : sources("R__")) {
            assertThat(names(FUNCTION_OR_VIEW, source.sql()))
                    .as(source.name())
                    .containsExactly(source.name().substring("R__".length()).replace(".sql", ""));
        }
    }

    private static Map<String, String> tableOwners() throws IOException {
        Map<String, String> owners = new HashMap<>();
        for (Source source : sources("V")) {
            names(TABLE, source.sql()).forEach(table -> owners.put(table, source.owner()));
        }
        return owners;
    }

    private static List<String> names(Pattern pattern, String sql) {
        return pattern.matcher(sql)
                .results()
                .map(match -> match.group(match.groupCount()))
                .toList();
    }

    private static List<Source> sources(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(SCHEMA)) {
            return files.filter(file -> name(file).startsWith(prefix))
                    .map(SchemaOwnersTest::source)
                    .toList();
        }
    }

    private static Source source(Path file) {
        try {
            String sql = Files.readString(file);
            String owner = OWNER.matcher(sql)
                    .results()
                    .map(match -> match.group(1))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(file + " has no owner"));
            return new Source(name(file), owner, sql);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
