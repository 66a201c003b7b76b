package ru.reklamai.worker.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ru.reklamai.events.GenerationCancelled;
import ru.reklamai.events.GenerationRequested;
import ru.reklamai.worker.kie.ResultFile;

@QuarkusTest
@TestProfile(StepRepositoryTest.WithoutLoop.class)
class DeliverStepTest {

    private static final Duration LEASE = Duration.ofMinutes(1);

    @Inject
    DeliverStep deliver;

    @Inject
    StepRepository steps;

    @Inject
    ProviderTaskRepository tasks;

    @Inject
    ProviderTaskRowsRepository rows;

    @Inject
    MinioClient s3;

    private final UUID id = UuidCreator.getTimeOrderedEpoch();
    private final UUID user = UuidCreator.getTimeOrderedEpoch();
    private HttpServer kie;
    private Runnable duringDownload = () -> {};

    @BeforeEach
    void aTaskThatKieHasDone() throws IOException {
        rows.query("DELETE FROM provider.provider_tasks", Tuple.tuple());
        kie = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        kie.createContext("/", this::sendPicture);
        // Beans are made by whoever calls them first, with that thread's class loader.
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        kie.setExecutor(call -> {
            Thread.currentThread().setContextClassLoader(application);
            call.run();
        });
        kie.start();
    }

    @AfterEach
    void stop() {
        kie.stop(0);
    }

    @Test
    void aFileIsStoredWithItsThumbnail() throws Exception {
        deliver.take(taskToDeliver());
        assertThat(status()).isEqualTo(ProviderTask.Status.SUCCEEDED);
        assertThat(stored("outputs")).isEqualTo(1);
        assertThat(stored("thumbnails")).isEqualTo(1);
    }

    @Test
    void anAttemptThatOutlastsItsLeaseLeavesNoFileOfATaskThatWasCancelledMeanwhile() throws Exception {
        ProviderTask task = taskToDeliver();
        var endedMeanwhile = new AtomicBoolean();
        duringDownload = () -> {
            tasks.cancel(new GenerationCancelled(
                    id, GenerationCancelled.TYPE, 2, Instant.now(), id, user, "market", "m", "image", false));
            rows.query("UPDATE provider.provider_tasks SET leased_until = now() - INTERVAL '1 second'", Tuple.tuple());
            deliver.take(steps.claimAtProvider(1, LEASE).getFirst());
            endedMeanwhile.set(status() == ProviderTask.Status.SUCCEEDED);
        };
        deliver.take(task);
        assertThat(endedMeanwhile).isTrue();
        assertThat(tasks.find(id).orElseThrow().assets()).isEmpty();
        assertThat(stored("outputs")).isZero();
        assertThat(stored("thumbnails")).isZero();
    }

    private ProviderTask taskToDeliver() {
        tasks.insert(
                new GenerationRequested(
                        id,
                        GenerationRequested.TYPE,
                        1,
                        Instant.now(),
                        id,
                        user,
                        "market",
                        "m",
                        "image",
                        Map.of("prompt", "a cup"),
                        List.of(),
                        Instant.now().plus(Duration.ofHours(1))),
                Optional.empty());
        ProviderTask submitting = steps.startSubmitting(
                        steps.claimToSubmit(1, LEASE).getFirst(), LEASE)
                .orElseThrow();
        steps.submitted(submitting, "task-1", Duration.ZERO);
        ProviderTask running = steps.claimAtProvider(1, LEASE).getFirst();
        String url = "http://127.0.0.1:" + kie.getAddress().getPort() + "/picture.png";
        return steps.delivering(running, List.of(new ResultFile(url, null)), "{}")
                .orElseThrow();
    }

    private void sendPicture(HttpExchange exchange) throws IOException {
        duringDownload.run();
        var picture = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", picture);
        exchange.sendResponseHeaders(200, picture.size());
        try (var body = exchange.getResponseBody()) {
            picture.writeTo(body);
        }
    }

    private ProviderTask.Status status() {
        return tasks.find(id).orElseThrow().status();
    }

    private long stored(String bucket) throws Exception {
        long files = 0;
        for (var found : s3.listObjects(ListObjectsArgs.builder()
                .bucket("test-" + bucket)
                .prefix(user.toString())
                .recursive(true)
                .build())) {
            assertThat(found.get().objectName()).contains(id.toString());
            files++;
        }
        return files;
    }
}
