package ru.reklamai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The scripts that show each operation at work do work, and leave none out. */
@ExtendWith(Stack.class)
class ExamplesTest {

    private static final Path ROOT = StackCommand.root();
    private static final Path LOGS = ROOT.resolve(".local/log");
    private static final Pattern SUCCESS = Pattern.compile("([A-Z]+) (/[^ ]*) 2\\d\\d [0-9.]+ms .*requestId=example-");

    /** KIE's own, which the simulator calls with each of its tasks. */
    private static final Set<String> ELSEWHERE = Set.of("receiveCallback");

    @Test
    void theyAllWorkAndLeaveNoOperationOut() throws Exception {
        for (String name : List.of("accounts", "boards", "library", "uploads", "credits", "admin")) {
            run(name);
        }
        Set<String> unused = new TreeSet<>();
        JsonNode paths = new ObjectMapper()
                .readTree(ROOT.resolve("proto-docs/contracts/openapi/openapi.json")
                        .toFile())
                .path("paths");
        Set<String> used = usedOperations(paths);
        paths.forEach(path -> path.forEach(
                operation -> unused.add(operation.path("operationId").asText())));
        unused.removeAll(used);
        assertThat(unused).isEqualTo(ELSEWHERE);
    }

    private static Set<String> usedOperations(JsonNode paths) throws IOException {
        Set<String> used = new TreeSet<>();
        Matcher line = SUCCESS.matcher(Files.readString(LOGS.resolve("e2e-api-gateway.log")));
        while (line.find()) {
            operationId(paths, line.group(1), line.group(2)).forEach(used::add);
        }
        return used;
    }

    /** The longest path that fits is the one that was meant: /changes is no id. */
    private static List<String> operationId(JsonNode paths, String method, String path) {
        return paths.properties().stream()
                .filter(entry ->
                        path.matches(entry.getKey().replace("{key}", "(.+)").replaceAll("\\{\\w+}", "([^/]+)")))
                .filter(entry -> entry.getValue().has(method.toLowerCase(Locale.ROOT)))
                .sorted((one, other) -> Long.compare(parameters(one.getKey()), parameters(other.getKey())))
                .limit(1)
                .map(entry -> entry.getValue()
                        .path(method.toLowerCase(Locale.ROOT))
                        .path("operationId")
                        .asText())
                .toList();
    }

    private static long parameters(String path) {
        return path.chars().filter(character -> character == '{').count();
    }

    private static void run(String name) throws IOException, InterruptedException {
        ProcessBuilder command = new ProcessBuilder(
                        "bash",
                        ROOT.resolve("deploy/load/examples/" + name + ".sh").toString())
                .redirectErrorStream(true);
        command.environment().put("GATEWAY", Stack.GATEWAY);
        command.environment().put("STACK", "e2e");
        command.environment()
                .put("MAIL_LOG", LOGS.resolve("e2e-auth-service.log").toString());
        Process process = command.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
