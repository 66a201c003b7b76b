package ru.reklamai.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.Result;
import io.minio.messages.Item;
import io.quarkus.arc.ClientProxy;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ru.reklamai.worker.WithoutLoop;

@QuarkusTest
@TestProfile(WithoutLoop.class)
class ResultStorageTest {

    @Inject
    ResultStorage storage;

    @Inject
    MinioClient s3;

    @TempDir
    Path folder;

    private final UUID user = UuidCreator.getTimeOrderedEpoch();
    private final UUID generation = UuidCreator.getTimeOrderedEpoch();
    private final String name = user + "/" + generation;

    /** An S3 that fails so many times before it works. */
    @SuppressWarnings("try")
    private static final class FlakyS3 extends MinioClient {

        private final AtomicInteger failures;

        FlakyS3(MinioClient real, int failures) {
            super(real);
            this.failures = new AtomicInteger(failures);
        }

        @Override
        public Iterable<Result<Item>> listObjects(ListObjectsArgs arguments) {
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("S3 is away");
            }
            return super.listObjects(arguments);
        }
    }

    @BeforeEach
    void twoFilesOfOneGeneration() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "a picture");
        storage.put("outputs", name + "/0.png", "image/png", file);
        storage.put("outputs", name + "/1.png", "image/png", file);
        storage.put("thumbnails", name + ".webp", "image/webp", file);
    }

    @Test
    void whatIsNotWantedIsTakenAwayAndTheRestStays() throws Exception {
        storage.clearAllBut(user, generation, Set.of(name + "/0.png"));
        assertThat(stored()).containsExactly(name + "/0.png");
    }

    @Test
    void whatFailsIsTriedAgain() throws Exception {
        QuarkusMock.installMockForType(flaky(3), MinioClient.class);
        storage.clearAllBut(user, generation, Set.of());
        assertThat(stored()).isEmpty();
    }

    @Test
    void whatFailsAgainAndAgainStaysAndHoldsUpNobody() throws Exception {
        var s3Away = flaky(9);
        QuarkusMock.installMockForType(s3Away, MinioClient.class);
        storage.clearAllBut(user, generation, Set.of());
        assertThat(s3Away.failures).hasValue(0);
        assertThat(stored()).hasSize(3);
    }

    private FlakyS3 flaky(int failures) {
        return new FlakyS3(ClientProxy.unwrap(s3), failures);
    }

    private Set<String> stored() throws Exception {
        Set<String> paths = new HashSet<>();
        for (String bucket : Set.of("test-outputs", "test-thumbnails")) {
            for (var found : s3.listObjects(ListObjectsArgs.builder()
                    .bucket(bucket)
                    .prefix(user.toString())
                    .recursive(true)
                    .build())) {
                paths.add(found.get().objectName());
            }
        }
        return paths;
    }
}
