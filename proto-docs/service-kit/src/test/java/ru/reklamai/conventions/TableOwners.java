package ru.reklamai.conventions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Looks whether each table is named by its owner alone. A migration says in its first line which package owns what it
 * makes ({@code -- Owner: credit}). The statements of a package's repositories, and the functions and views that it owns,
 * may name its own tables; of others they use functions and views. Foreign keys and row types are no such use.
 */
final class TableOwners {

    private static final Pattern OWNER = Pattern.compile("^-- Owner: ([a-z]+)\\n");
    private static final Pattern TABLE = Pattern.compile("CREATE TABLE (\\w+)");
    private static final Pattern USE =
            Pattern.compile("\\b(?:FROM|JOIN|INTO|UPDATE|USING)\\s+(?:ONLY\\s+)?(?:\\w+\\.)?(\\w+)\\b");
    private static final Pattern REPEATABLE = Pattern.compile("(?m)^CREATE OR REPLACE (?:FUNCTION|VIEW) (\\w+)");
    private static final Pattern COMMENT = Pattern.compile("--.*");

    private final Path module;
    private final Map<String, String> ownerByTable = new TreeMap<>();
    private final Set<String> violations = new LinkedHashSet<>();

    private TableOwners(Path module) {
        this.module = module;
    }

    /** Returns what is wrong in a module, a line each; nothing is wrong in one without a schema. */
    static List<String> violations(Path module) {
        var owners = new TableOwners(module);
        Path migrations = module.resolve("src/main/resources/db");
        if (Files.exists(migrations)) {
            List<Path> scripts = filesIn(migrations, ".sql");
            scripts.forEach(owners::readTables);
            scripts.stream()
                    .filter(script -> script.getFileName().toString().startsWith("R__"))
                    .forEach(script -> {
                        owners.check(script, owners.ownerOf(script));
                        owners.checkName(script);
                    });
            filesIn(module.resolve("src/main/java"), "Repository.java")
                    .forEach(repository -> owners.check(repository, featureOf(repository)));
        }
        return List.copyOf(owners.violations);
    }

    private void readTables(Path script) {
        String owner = ownerOf(script);
        TABLE.matcher(read(script)).results().forEach(table -> ownerByTable.put(table.group(1), owner));
    }

    private String ownerOf(Path script) {
        Matcher owner = OWNER.matcher(read(script));
        if (owner.find()) {
            return owner.group(1);
        }
        violations.add(module.relativize(script) + " does not say whose it is");
        return "";
    }

    private void check(Path file, String feature) {
        String statements = COMMENT.matcher(read(file)).replaceAll("");
        USE.matcher(statements)
                .results()
                .map(use -> use.group(1))
                .distinct()
                .filter(table -> !ownerByTable.getOrDefault(table, feature).equals(feature))
                .forEach(table -> violations.add(
                        module.relativize(file) + " names " + table + ", which is " + ownerByTable.get(table) + "'s"));
    }

    /** What a repeatable migration makes is found by the name of its file. */
    private void checkName(Path script) {
        String name = script.getFileName().toString().replaceAll("R__|\\.sql", "");
        List<String> made = REPEATABLE
                .matcher(read(script))
                .results()
                .map(found -> found.group(1))
                .toList();
        if (!made.equals(List.of(name))) {
            violations.add(module.relativize(script) + " makes " + made + " instead of " + name + " alone");
        }
    }

    /** Returns the package below the service's own: ru/reklamai/SERVICE/FEATURE/… */
    private static String featureOf(Path repository) {
        String path = repository.toString();
        String[] below = path.substring(path.indexOf("ru/reklamai/")).split("/", -1);
        return below[3];
    }

    private static List<Path> filesIn(Path folder, String suffix) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
