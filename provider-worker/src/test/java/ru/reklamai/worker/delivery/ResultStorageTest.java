package ru.reklamai.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.Result;
import io.minio.messages.Item;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
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
    FlakyStorage flaky;

    @Inject
    MinioClient s3;

    @TempDir
    Path folder;

    private final UUID user = UuidCreator.getTimeOrderedEpoch();
    private final UUID generation = UuidCreator.getTimeOrderedEpoch();
    private final String name = user + "/" + generation;

    /** The same storage, on an S3 that fails as often as a test says before it works. */
    @Singleton
    @Typed(FlakyStorage.class)
    static class FlakyStorage extends ResultStorage {

        private final FlakyS3 s3;

        @Inject
        FlakyStorage(MinioClient real) {
            this(new FlakyS3(real));
        }

        private FlakyStorage(FlakyS3 s3) {
            super(s3, Optional.of("test-"));
            this.s3 = s3;
        }

        void failNext(int failures) {
            s3.failures.set(failures);
        }

        int failuresLeft() {
            return s3.failures.get();
        }
    }

    @SuppressWarnings("try")
    private static final class FlakyS3 extends MinioClient {

        private final AtomicInteger failures = new AtomicInteger();

        FlakyS3(MinioClient real) {
            super(real);
        }

        @Override
        public Iterable<Result<Item>> listObjects(ListObjectsArgs arguments) {
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
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
        flaky.failNext(3);
        flaky.clearAllBut(user, generation, Set.of());
        assertThat(stored()).isEmpty();
    }

    @Test
    void whatFailsAgainAndAgainStaysAndHoldsUpNobody() throws Exception {
        flaky.failNext(100);
        flaky.clearAllBut(user, generation, Set.of());
        assertThat(flaky.failuresLeft()).isEqualTo(91);
        assertThat(stored()).hasSize(3);
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
