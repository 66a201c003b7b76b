package ru.reklamai.worker.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ru.reklamai.worker.WithoutLoop;

@QuarkusTest
@TestProfile(WithoutLoop.class)
class ProviderTaskRepositoryTest {

    @Inject
    TestTasks testTasks;

    @Inject
    ProviderTaskRepository tasks;

    @Inject
    StepRepository steps;

    private final UUID user = UuidCreator.getTimeOrderedEpoch();

    @BeforeEach
    void noOtherTasks() {
        testTasks.deleteAll();
    }

    @Test
    void aPersonWhoIsGoneLeavesNothingInTheTasksAndNothingIsSubmittedForThem() {
        ProviderTask erased = testTasks.delivering(user, "https://kie/a.png");
        testTasks.insert(UuidCreator.getTimeOrderedEpoch());
        assertThat(tasks.erase(user)).isEqualTo(1);
        assertThat(testTasks.is(
                        erased,
                        "input = '{}' AND files = '[]' AND raw_answer IS NULL AND cancelled_at IS NOT NULL "
                                + "AND NOT result_wanted"))
                .isTrue();
        assertThat(tasks.countByStatus().get("pending").tasks()).isEqualTo(1);
    }

    @Test
    void whatLagsIsFoundButForWhatIsPassedOver() {
        ProviderTask lagging = testTasks.running(user);
        testTasks.set(lagging, "published_version = 0, updated_at = now() - INTERVAL '1 minute'");
        assertThat(tasks.findUnpublished(List.of()))
                .extracting(ProviderTask::generationId)
                .contains(lagging.id());
        assertThat(tasks.findUnpublished(List.of(lagging.id()))).isEmpty();
        tasks.markPublished(List.of(lagging.id()), List.of(lagging.version()));
        assertThat(tasks.findUnpublished(List.of())).isEmpty();
    }

    @Test
    void filesKeepTheirPreviews() {
        List<ResultFile> files =
                List.of(ResultFile.of("https://kie/a"), new ResultFile("https://kie/b", Optional.of("https://kie/p")));
        assertThat(steps.startDelivering(testTasks.running(user), files, "{}"))
                .map(ProviderTask::results)
                .contains(files);
    }

    @Test
    void troubleIsCounted() {
        ProviderTask task = testTasks.running(user);
        testTasks.set(task, "published_version = version");
        assertThat(tasks.reconcile().values()).containsOnly(0L);
        testTasks.set(
                task,
                "published_version = 0, updated_at = now() - INTERVAL '2 minutes', leased_until = NULL, "
                        + "next_step_at = now() - INTERVAL '2 minutes', created_at = now() - INTERVAL '3 days'");
        assertThat(tasks.reconcile())
                .containsOnlyKeys("unpublished-for-a-minute", "overdue-for-a-minute", "running-for-two-days");
        assertThat(tasks.reconcile().values()).containsOnly(1L);
    }
}
