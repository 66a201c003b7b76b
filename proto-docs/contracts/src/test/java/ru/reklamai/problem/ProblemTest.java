package ru.reklamai.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTest {

    @Test
    void everyTypeIsDescribedInTheReadme() throws IOException {
        String readme = Files.readString(Path.of("../README.md"));
        List<String> missing = Arrays.stream(Problem.values())
                .map(problem -> "| `" + problem.uri() + "` | " + problem.status() + " |")
                .filter(line -> !readme.contains(line))
                .toList();
        assertEquals(List.of(), missing);
    }
}
