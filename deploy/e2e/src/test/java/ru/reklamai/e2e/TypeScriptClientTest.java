package ru.reklamai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The TypeScript client in Node, against the running system; its tests are its own. */
@ExtendWith(Stack.class)
class TypeScriptClientTest {

    private static final Path PROJECT = StackCommand.root().resolve("proto-docs/contracts/typescript");

    @BeforeAll
    static void install() throws Exception {
        npm("ci", "--silent");
    }

    @Test
    void itsTypesAreThoseOfTheDescription(@TempDir Path folder) throws Exception {
        Path made = folder.resolve("schema.ts");
        npm("exec", "--", "openapi-typescript", "../openapi/openapi.json", "--output", made.toString());
        assertThat(Files.readString(PROJECT.resolve("src/schema.ts")))
                .as("run ./reklamai contracts and commit what it made")
                .isEqualTo(Files.readString(made));
    }

    @Test
    void itsOwnTestsPass() throws Exception {
        String output = npm("test", "--silent");
        assertThat(output).contains("# fail 0", "# cancelled 0", "# skipped 0").doesNotContain("# pass 0");
    }

    private static String npm(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("npm"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(PROJECT.toFile()).redirectErrorStream(true);
        builder.environment().put("GATEWAY", Stack.GATEWAY);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
