package ru.reklamai.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(WithoutLoop.class)
class DeliverStepTest {

    @Inject
    DeliverStep deliver;

    @Inject
    TestTasks testTasks;

    @Inject
    ClaimRepository claims;

    @Inject
    ProviderTaskRepository tasks;

    @Inject
    MinioClient s3;

    private final UUID user = UuidCreator.getTimeOrderedEpoch();
    private HttpServer kie;
    private Runnable duringDownload = () -> {};

    @BeforeEach
    void aTaskThatKieHasDone() throws IOException {
        testTasks.deleteAll();
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
        ProviderTask task = taskToDeliver();
        deliver.take(task);
        assertThat(statusOf(task)).isEqualTo(ProviderTask.Status.SUCCEEDED);
        assertThat(stored("outputs", task)).isEqualTo(1);
        assertThat(stored("thumbnails", task)).isEqualTo(1);
    }

    @Test
    void anAttemptThatOutlastsItsLeaseLeavesNoFileOfATaskThatWasCancelledMeanwhile() throws Exception {
        ProviderTask task = taskToDeliver();
        var endedMeanwhile = new AtomicBoolean();
        duringDownload = () -> {
            testTasks.cancel(task.generationId(), user);
            testTasks.endLeases();
            deliver.take(claims.atProvider(1, TestTasks.LEASE).getFirst());
            endedMeanwhile.set(statusOf(task) == ProviderTask.Status.SUCCEEDED);
        };
        deliver.take(task);
        assertThat(endedMeanwhile).isTrue();
        assertThat(tasks.find(task.generationId()).orElseThrow().assets()).isEmpty();
        assertThat(stored("outputs", task)).isZero();
        assertThat(stored("thumbnails", task)).isZero();
    }

    private ProviderTask taskToDeliver() {
        return testTasks.delivering(user, "http://127.0.0.1:" + kie.getAddress().getPort() + "/picture.png");
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

    private ProviderTask.Status statusOf(ProviderTask task) {
        return tasks.find(task.generationId()).orElseThrow().status();
    }

    private long stored(String bucket, ProviderTask task) throws Exception {
        long files = 0;
        for (var found : s3.listObjects(ListObjectsArgs.builder()
                .bucket("test-" + bucket)
                .prefix(user.toString())
                .recursive(true)
                .build())) {
            assertThat(found.get().objectName()).contains(task.generationId().toString());
            files++;
        }
        return files;
    }
}
