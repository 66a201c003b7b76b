package ru.reklamai.worker.delivery;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ru.reklamai.events.Failure;
import ru.reklamai.message.MessageCode;
import ru.reklamai.worker.KieStub;
import ru.reklamai.worker.TestPicture;
import ru.reklamai.worker.WithoutLoop;
import ru.reklamai.worker.task.ClaimRepository;
import ru.reklamai.worker.task.ProviderTask;
import ru.reklamai.worker.task.ProviderTask.Status;
import ru.reklamai.worker.task.TestTasks;

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
    MinioClient s3;

    KieStub stub;

    private final UUID user = UuidCreator.getTimeOrderedEpoch();

    @BeforeEach
    void noOtherTasks() {
        testTasks.deleteAll();
        stub.reset();
    }

    @Test
    void aFileIsStoredWithItsThumbnail() throws Exception {
        stub.answer("/a.png", TestPicture.download());
        ProviderTask task = delivered(testTasks.delivering(user, stub.address("/a.png")));
        assertThat(task.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(task.assets()).singleElement().satisfies(asset -> {
            assertThat(asset.contentType()).isEqualTo("image/png");
            assertThat(asset.width()).isEqualTo(8);
            assertThat(asset.sizeBytes()).isEqualTo(TestPicture.png().length);
        });
        assertThat(stored("outputs")).isEqualTo(1);
        assertThat(stored("thumbnails")).isEqualTo(1);
    }

    @Test
    void aServerInTroubleIsTriedLaterAndNoAttemptIsCounted() {
        stub.answer("/a.png", aResponse().withStatus(503));
        ProviderTask task = delivered(testTasks.delivering(user, stub.address("/a.png")));
        assertThat(task.status()).isEqualTo(Status.DELIVERING);
        assertThat(task.deliveryAttempts()).isZero();
        assertThat(task.setbacks()).isEqualTo(1);
    }

    @Test
    void aFileThatIsNotThereCountsAndAFreshAddressIsAskedFor() {
        ProviderTask first = delivered(testTasks.delivering(user, stub.address("/gone.png")));
        assertThat(first.status()).isEqualTo(Status.DELIVERING);
        assertThat(first.deliveryAttempts()).isEqualTo(1);
        stub.answer("/fresh.png", TestPicture.download());
        stub.answer(KieStub.FRESH_URL, "{'code':200,'data':'" + stub.address("/fresh.png") + "'}");
        assertThat(delivered(testTasks.claimAgain()).status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void theStatusMayKnowAFreshAddressToo() {
        delivered(testTasks.delivering(user, stub.address("/gone.png")));
        stub.answer("/fresh.png", TestPicture.download());
        stub.answer(
                KieStub.STATUS,
                "{'code':200,'data':{'state':'success','resultJson':'{\\\"resultUrls\\\":[\\\"%s\\\"]}'}}"
                        .formatted(stub.address("/fresh.png")));
        assertThat(delivered(testTasks.claimAgain()).status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void afterTheLastAttemptAGenerationWithoutAFileFails() {
        delivered(testTasks.delivering(user, stub.address("/gone.png")));
        ProviderTask task = delivered(testTasks.claimAgain());
        assertThat(task.error()).contains(Failure.of(MessageCode.RESULT_UNAVAILABLE));
    }

    @Test
    void afterTheLastAttemptSomeFilesAreBetterThanNone() {
        stub.answer("/a.png", TestPicture.download());
        ProviderTask first = delivered(testTasks.delivering(user, stub.address("/a.png"), stub.address("/gone.png")));
        assertThat(first.status()).isEqualTo(Status.DELIVERING);
        ProviderTask last = delivered(testTasks.claimAgain());
        assertThat(last.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(last.assets()).hasSize(1);
    }

    @Test
    void aFileOfAnotherKindIsNotTheResult() {
        stub.answer("/a.png", aResponse().withBody("<html>not a picture</html>"));
        ProviderTask task = delivered(testTasks.delivering(user, stub.address("/a.png")));
        assertThat(task.deliveryAttempts()).isEqualTo(1);
    }

    @Test
    void whatNobodyWantsIsAccountedForAndNotStored() throws Exception {
        ProviderTask task = testTasks.delivering(user, stub.address("/a.png"));
        testTasks.cancel(task.id(), user);
        ProviderTask after = delivered(testTasks.find(task));
        assertThat(after.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(after.assets()).isEmpty();
        assertThat(stored("outputs")).isZero();
    }

    @Test
    void aDeadlineThatPassesDuringDeliveryIsToldAndDeliveryGoesOn() {
        stub.answer("/a.png", aResponse().withStatus(503));
        ProviderTask overdue = testTasks.set(testTasks.delivering(user, stub.address("/a.png")), "deadline_at = now()");
        ProviderTask task = delivered(overdue);
        assertThat(task.status()).isEqualTo(Status.DELIVERING);
        assertThat(task.deadlinePassed()).isTrue();
    }

    @Test
    void anAttemptThatOutlastsItsLeaseLeavesNoFileOfATaskThatWasCancelledMeanwhile() throws Exception {
        var endedMeanwhile = new AtomicBoolean();
        HttpServer slow = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ProviderTask task = testTasks.delivering(
                user, "http://127.0.0.1:" + slow.getAddress().getPort() + "/a.png");
        // Beans are made by whoever calls them first, with that thread's class loader.
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        slow.createContext("/", exchange -> {
            Thread.currentThread().setContextClassLoader(application);
            testTasks.cancel(task.id(), user);
            testTasks.endLeases();
            deliver.take(claims.atProvider(1, TestTasks.LEASE).getFirst());
            endedMeanwhile.set(testTasks.find(task).status() == Status.SUCCEEDED);
            sendPicture(exchange);
        });
        slow.start();
        try {
            deliver.take(task);
        } finally {
            slow.stop(0);
        }
        assertThat(endedMeanwhile).isTrue();
        assertThat(testTasks.find(task).assets()).isEmpty();
        assertThat(stored("outputs")).isZero();
        assertThat(stored("thumbnails")).isZero();
    }

    private static void sendPicture(HttpExchange exchange) throws IOException {
        byte[] picture = TestPicture.png();
        exchange.sendResponseHeaders(200, picture.length);
        try (var body = exchange.getResponseBody()) {
            body.write(picture);
        }
    }

    private ProviderTask delivered(ProviderTask task) {
        deliver.take(task);
        return testTasks.find(task);
    }

    private long stored(String bucket) throws Exception {
        long files = 0;
        for (var found : s3.listObjects(ListObjectsArgs.builder()
                .bucket("test-" + bucket)
                .prefix(user.toString())
                .recursive(true)
                .build())) {
            assertThat(found.get().objectName()).startsWith(user.toString());
            files++;
        }
        return files;
    }
}
