package ru.reklamai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./reklamai} in a folder of its own, where nothing runs. */
class ScriptTest {

    private static final Pattern FUNCTION = Pattern.compile("(?m)^cmd_(\\w+)\\(\\)");
    private static final Pattern LINE_OF_HELP = Pattern.compile("(?m)^ {2}([a-z]+(?: [a-z]+)?)(?= )");

    private static final Pattern BARE_RETURN = Pattern.compile("(?m)\\breturn\\s*(?:$|[;}|&])");

    @TempDir
    Path project;

    private record Result(int code, String output, String errors) {}

    @BeforeEach
    void copyTheScript() throws IOException {
        Files.createDirectories(project.resolve("deploy/local"));
        List<Path> files = new ArrayList<>(List.of(StackCommand.root().resolve("reklamai")));
        try (Stream<Path> local = Files.list(StackCommand.root().resolve("deploy/local"))) {
            local.forEach(files::add);
        }
        for (Path file : files) {
            Files.copy(file, project.resolve(StackCommand.root().relativize(file)));
        }
    }

    @Test
    void helpListsTheCommandsThatThereAre() throws Exception {
        List<String> listed = LINE_OF_HELP
                .matcher(run("help").output())
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(listed).containsExactlyInAnyOrderElementsOf(commands().toList());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHelpsAndDoesNothingElse(String command) throws Exception {
        for (String help : List.of("--help", "-h")) {
            Result result = run(command.split(" "), help);
            assertThat(result.code()).isZero();
            assertThat(result.output()).startsWith("usage: ./reklamai " + command);
            assertThat(result.errors()).isEmpty();
        }
        assertThat(project.resolve(".local")).doesNotExist();
    }

    @ParameterizedTest
    @MethodSource("commandsOfKnownArguments")
    void aCommandRefusesWhatItDoesNotKnow(String command) throws Exception {
        assertRefused(command, run(command.split(" "), "--no-such-option"));
        assertRefused(command, run(command.split(" "), "1", "2", "3", "4"));
        assertThat(project.resolve(".local")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "admin, ''",
        "stack, e2e",
        "stack, nothing start",
        "stack, e2e dance",
        "stack, e2e stop-service nothing",
        "stack, e2e stop auth-service",
        "stack, faults kill-server",
        "admin, a@example.org nothing",
        "help, nothing",
        "test faults, many",
        "test faults, 1.5",
        "test faults, 100 1 fast"
    })
    void aCommandRefusesArgumentsThatAreMissingOrWrong(String command, String arguments) throws Exception {
        assertRefused(command, run(command.split(" "), arguments.isEmpty() ? new String[0] : arguments.split(" ")));
        assertThat(project.resolve(".local")).doesNotExist();
    }

    @Test
    void anUnknownCommandIsRefusedWithTheListOfCommands() throws Exception {
        Result result = run("dance");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.output()).isEmpty();
        assertThat(result.errors()).startsWith("Unknown command: dance").contains("status");
    }

    @Test
    void nothingRunsBeforeUp() throws Exception {
        assertThat(run("status").output()).contains("stopped").doesNotContain("running");
        assertThat(run("demo").errors()).contains("./reklamai up");
        assertThat(run("logs").errors()).contains("./reklamai up");
    }

    @Test
    void resetRefusesWithoutATerminalToAskAt() throws Exception {
        Path file = localFile();
        assertRefused("reset", run("reset"));
        assertThat(file).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "y", ""})
    void resetDeletesNothingUnlessTheAnswerIsYes(String answer) throws Exception {
        Path file = localFile();
        runAtTerminal(answer, "reset");
        assertThat(file).exists();
    }

    @Test
    void resetDeletesAllLocalDataAfterAYes() throws Exception {
        Path file = localFile();
        runAtTerminal("yes", "reset");
        assertThat(file).doesNotExist();
    }

    @Test
    void resetDoesNotAskWhenToldSo() throws Exception {
        localFile();
        assertThat(run("reset", "--yes").code()).isZero();
        assertThat(project.resolve(".local")).doesNotExist();
    }

    /** The commands that the script has a function for. */
    static Stream<String> commands() throws IOException {
        return FUNCTION.matcher(Files.readString(StackCommand.root().resolve("reklamai")))
                .results()
                .map(match -> match.group(1).replace('_', ' '));
    }

    /** All but one: what test is given is for Maven. */
    static Stream<String> commandsOfKnownArguments() throws IOException {
        return commands().filter(command -> !command.equals("test"));
    }

    /** In a trap a bare return answers with the status from before the trap: whoever interrupts would leave all running. */
    @Test
    void everyReturnSaysItsStatus() throws Exception {
        List<String> bare = new ArrayList<>();
        try (Stream<Path> files = Files.walk(project)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                BARE_RETURN.matcher(Files.readString(file)).results().forEach(found -> bare.add(file + found.group()));
            }
        }
        assertThat(bare).isEmpty();
    }

    private Path localFile() throws IOException {
        Files.createDirectories(project.resolve(".local"));
        return Files.createFile(project.resolve(".local/file"));
    }

    private static void assertRefused(String command, Result result) {
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.output()).isEmpty();
        assertThat(result.errors()).contains("\nusage: ./reklamai " + command);
    }

    private Result run(String[] command, String... arguments) throws IOException, InterruptedException {
        return run(Stream.concat(Stream.of(command), Stream.of(arguments)).toArray(String[]::new));
    }

    private Result run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("./reklamai"));
        command.addAll(List.of(arguments));
        return run(
                new ProcessBuilder(command).redirectInput(Path.of("/dev/null").toFile()));
    }

    /** As typed at a terminal: script(1) gives the command one, and hands it what it reads. */
    private void runAtTerminal(String answer, String arguments) throws IOException, InterruptedException {
        Path typed = Files.writeString(project.resolve("typed"), answer + "\n");
        Result result = run(new ProcessBuilder("script", "-qec", "./reklamai " + arguments, "/dev/null")
                .redirectInput(typed.toFile()));
        assertThat(result.output()).contains("Type yes:");
    }

    private Result run(ProcessBuilder command) throws IOException, InterruptedException {
        Path output = project.resolve("output");
        Path errors = project.resolve("errors");
        int code = command.directory(project.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start()
                .waitFor();
        return new Result(code, Files.readString(output), Files.readString(errors));
    }
}
