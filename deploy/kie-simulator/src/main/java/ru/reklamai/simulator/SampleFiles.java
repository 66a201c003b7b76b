package ru.reklamai.simulator;

import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import ru.reklamai.simulator.task.SimulatedTask;

/** Real result files, made with ffmpeg when the simulator starts. */
@Startup
@Singleton
class SampleFiles {

    private final Path folder;
    private final SimulatorConfig config;
    private final Map<String, byte[]> kept = new ConcurrentHashMap<>();

    SampleFiles(SimulatorConfig config) {
        this.config = config;
        try {
            folder = Files.createTempDirectory("kie-simulator");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (SimulatedTask.Kind kind : SimulatedTask.Kind.values()) {
            make(kind);
        }
    }

    /** Keeps a file that was uploaded, until the simulator ends. */
    void keep(String name, byte[] content) {
        kept.put(name, content);
    }

    Optional<byte[]> kept(String name) {
        return Optional.ofNullable(kept.get(name));
    }

    Path of(SimulatedTask.Kind kind) {
        return folder.resolve("sample." + kind.extension);
    }

    private void make(SimulatedTask.Kind kind) {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i"));
        command.addAll(
                switch (kind) {
                    case PNG, JPEG, WEBP ->
                        List.of(
                                "gradients=s=%1$dx%1$d:c0=0x5b2a86:c1=0xff8c42:c2=0x2ec4b6:n=3:seed=7"
                                        .formatted(config.imageSize()),
                                "-frames:v",
                                "1");
                    case MP4 ->
                        List.of(
                                "testsrc2=s=%dx%d:r=24:d=3"
                                        .formatted(config.imageSize() * 5 / 8, config.imageSize() * 3 / 8),
                                "-f",
                                "lavfi",
                                "-i",
                                "sine=frequency=440:duration=3",
                                "-pix_fmt",
                                "yuv420p",
                                "-movflags",
                                "+faststart");
                    case MP3 -> List.of("sine=frequency=330:duration=3");
                });
        command.add(of(kind).toString());
        try {
            int result = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (result != 0) {
                throw new IllegalStateException("ffmpeg could not make a " + kind);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("ffmpeg is not installed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @PreDestroy
    void delete() throws IOException {
        for (SimulatedTask.Kind kind : SimulatedTask.Kind.values()) {
            Files.deleteIfExists(of(kind));
        }
        Files.deleteIfExists(folder);
    }
}
