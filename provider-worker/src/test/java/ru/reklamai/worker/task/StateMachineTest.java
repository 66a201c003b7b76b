package ru.reklamai.worker.task;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ru.reklamai.events.Failure;
import ru.reklamai.message.MessageCode;
import ru.reklamai.worker.WithoutLoop;
import ru.reklamai.worker.task.OrderRepository.CallbackOutcome;

/** The picture in README.md says what the code does: nothing less and nothing more. */
@QuarkusTest
@TestProfile(WithoutLoop.class)
class StateMachineTest {

    private static final Path PICTURE = Path.of("src/main/java/ru/reklamai/worker/task/README.md");
    private static final Pattern ARROW = Pattern.compile("\\s+(\\S+) --> (\\w+): (.+)");
    private static final String START = "[*]";
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Failure ERROR = Failure.of(MessageCode.PROVIDER_FAILED, "(no)");

    @Inject
    TestTasks testTasks;

    @Inject
    OrderRepository orders;

    @Inject
    StepRepository steps;

    @Inject
    ProviderTaskRepository tasks;

    private final UUID user = UuidCreator.getTimeOrderedEpoch();

    private record Arrow(String from, String transition, String to) implements Comparable<Arrow> {

        @Override
        public int compareTo(Arrow other) {
            return toString().compareTo(other.toString());
        }
    }

    @BeforeEach
    void noOtherTasks() {
        testTasks.deleteAll();
    }

    @Test
    void everyTransitionIsMadeFromExactlyTheStatesThatThePictureShows() throws IOException {
        Set<Arrow> made = new TreeSet<>();
        for (String from : states()) {
            transitions().forEach((name, make) -> tryFrom(from, name, make).ifPresent(made::add));
        }
        assertThat(made).isEqualTo(picture());
    }

    @Test
    void everyTransitionOfTheCodeIsTriedHere() {
        Stream<String> methods = Stream.of(OrderRepository.class, StepRepository.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .map(method -> method.getName())
                .filter(name -> !name.equals("postpone"));
        Stream<String> postponements =
                Arrays.stream(Postponement.class.getPermittedSubclasses()).map(Class::getSimpleName);
        assertThat(transitions().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(methods, postponements).toList());
    }

    /** Each says whether it was made. */
    private Map<String, Predicate<ProviderTask>> transitions() {
        return Map.ofEntries(
                entry("requested", t -> orders.requested(TestTasks.order(t.id(), user), Optional.empty())),
                entry("cancelled", t -> orders.cancelled(TestTasks.cancellation(t.id(), user))),
                entry("calledBack", t -> orders.calledBack(t.id(), "task-1") == CallbackOutcome.TAKEN),
                entry("startSubmitting", t -> steps.startSubmitting(t, SOON).isPresent()),
                entry("submitted", t -> steps.submitted(t, "task-1", SOON).isPresent()),
                entry("UntilNextPoll", t -> postponed(t, new Postponement.UntilNextPoll(SOON))),
                entry("AfterSetback", t -> postponed(t, new Postponement.AfterSetback(SOON))),
                entry("NotSubmitted", t -> postponed(t, new Postponement.NotSubmitted(SOON))),
                entry("NotFound", t -> postponed(t, new Postponement.NotFound(SOON))),
                entry("DeliveryFailed", t -> postponed(t, new Postponement.DeliveryFailed(SOON))),
                entry("progressed", t -> steps.progressed(t, 50, SOON).isPresent()),
                entry("startDelivering", t -> steps.startDelivering(t, List.of(), "{}")
                        .isPresent()),
                entry("succeed", t -> steps.succeed(t, List.of()).isPresent()),
                entry("accountFor", t -> steps.accountFor(unwanted(t)).isPresent()),
                entry("fail", t -> steps.fail(t, ERROR, Optional.empty()).isPresent()),
                entry("passDeadline", t -> steps.passDeadline(t, ERROR, SOON).isPresent()));
    }

    private boolean postponed(ProviderTask task, Postponement postponement) {
        return steps.postpone(task, postponement).isPresent();
    }

    private ProviderTask unwanted(ProviderTask task) {
        return tasks.find(task.id()).isPresent() ? testTasks.set(task, "result_wanted = false") : task;
    }

    /** Returns the arrow, empty where the transition was refused. */
    private Optional<Arrow> tryFrom(String from, String transition, Predicate<ProviderTask> make) {
        ProviderTask task = inState(from);
        boolean made = make.test(task);
        String to = tasks.find(task.id()).map(after -> after.status().text()).orElse(START);
        testTasks.deleteAll();
        if (!made) {
            assertThat(to).as("%s from %s, refused", transition, from).isEqualTo(from);
            return Optional.empty();
        }
        return Optional.of(new Arrow(from, transition, to));
    }

    /** Returns a task under a lease; for the start one that isn't stored. */
    private ProviderTask inState(String state) {
        ProviderTask claimed = testTasks.toSubmit(user);
        if (state.equals(START)) {
            testTasks.deleteAll();
            return claimed;
        }
        return testTasks.set(claimed, """
                status = '%s', submissions = 1,
                provider_task_id = CASE WHEN '%1$s' IN ('running', 'delivering', 'succeeded') THEN 'task-1' END,
                assets = CASE WHEN '%1$s' = 'succeeded' THEN '[]'::jsonb END,
                error_code = CASE WHEN '%1$s' = 'failed' THEN 'deadline' END
                """.formatted(state));
    }

    private static List<String> states() {
        return Stream.concat(
                        Stream.of(START),
                        Arrays.stream(ProviderTask.Status.values()).map(ProviderTask.Status::text))
                .toList();
    }

    private static Set<Arrow> picture() throws IOException {
        return Files.readAllLines(PICTURE).stream()
                .map(ARROW::matcher)
                .filter(line -> line.matches())
                .flatMap(line -> Arrays.stream(line.group(3).split(", "))
                        .map(transition -> new Arrow(line.group(1), transition, line.group(2))))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
