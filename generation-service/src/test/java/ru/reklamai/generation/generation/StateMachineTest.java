package ru.reklamai.generation.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import ru.reklamai.conventions.TestKeys;
import ru.reklamai.events.Failure;
import ru.reklamai.events.ProviderTaskEvent.StoredAsset;
import ru.reklamai.generation.TestCaller;
import ru.reklamai.generation.TestDatabase;
import ru.reklamai.message.MessageCode;

/** The picture in README.md against the code, and against what the database does with real rows. */
@QuarkusTest
@QuarkusTestResource(TestKeys.class)
class StateMachineTest {

    private static final Pattern ARROW = Pattern.compile("^ {4}(\\w+) --> (\\w+): (\\w+)$", Pattern.MULTILINE);
    private static final int LATER = 10;

    @Inject
    TransitionRepository transitions;

    @Inject
    TestDatabase database;

    /** An arrow of the picture; its transition bears the name of the repository's method. */
    private record Arrow(Status from, Status to, String transition) {}

    static Stream<Arguments> everyTransitionFromEveryState() throws IOException {
        return Arrays.stream(Status.values())
                .flatMap(from -> namesOfTransitions().map(transition -> Arguments.of(from, transition)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("everyTransitionFromEveryState")
    void theDatabaseAllowsWhatThePictureShowsAndNothingElse(Status from, String transition) throws IOException {
        TestCaller user = TestCaller.user();
        UUID id = user.newGeneration("a cup");
        bringTo(from, id, user.id());
        assertThat(apply(transition, id, user.id()).map(Generation::status))
                .isEqualTo(arrows().stream()
                        .filter(arrow ->
                                arrow.from() == from && arrow.transition().equals(transition))
                        .map(Arrow::to)
                        .findFirst());
    }

    @Test
    void thePictureShowsEachTransitionOfTheRepository() throws IOException {
        assertThat(arrows().stream().map(Arrow::transition).distinct())
                .containsExactlyInAnyOrderElementsOf(namesOfTransitions().toList());
    }

    @Test
    void thePictureShowsWhatEachStatusCanBecome() throws IOException {
        for (Status from : Status.values()) {
            assertThat(arrows().stream()
                            .filter(arrow -> arrow.from() == from && arrow.to() != from)
                            .map(Arrow::to)
                            .distinct())
                    .as(from.text())
                    .containsExactlyInAnyOrderElementsOf(Arrays.stream(Status.values())
                            .filter(from::canBecome)
                            .toList());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SUCCEEDED", "FAILED", "CANCELLED"})
    void anEndIsNeverLeft(Status end) {
        TestCaller user = TestCaller.user();
        UUID id = user.newGeneration("a cup");
        bringTo(end, id, user.id());
        assertThatThrownBy(() -> database.execute("UPDATE studio.generations SET status = 'processing', "
                        + "finished_at = NULL, final_credits = NULL, error_code = NULL, error_parameters = NULL "
                        + "WHERE id = '" + id + "'"))
                .hasStackTraceContaining("already");
    }

    private void bringTo(Status status, UUID id, UUID user) {
        Optional<Generation> there =
                switch (status) {
                    case QUEUED -> Optional.empty();
                    case PROCESSING -> transitions.start(id, 1);
                    case SUCCEEDED -> transitions.succeed(id, 1, fileOf(id));
                    case FAILED -> transitions.fail(id, 1, Failure.of(MessageCode.DEADLINE));
                    case CANCELLED -> transitions.cancel(id, user);
                };
        there.ifPresent(generation -> assertThat(generation.status()).isEqualTo(status));
    }

    private Optional<Generation> apply(String transition, UUID id, UUID user) {
        return switch (transition) {
            case "start" -> transitions.start(id, LATER);
            case "progress" -> transitions.progress(id, LATER, 50);
            case "succeed" -> transitions.succeed(id, LATER, fileOf(id));
            case "attachLateResult" -> transitions.attachLateResult(id, LATER, fileOf(id));
            case "fail" -> transitions.fail(id, LATER, Failure.of(MessageCode.PROVIDER_FAILED, "too dark"));
            case "cancel" -> transitions.cancel(id, user);
            default -> throw new IllegalArgumentException(transition);
        };
    }

    private static List<StoredAsset> fileOf(UUID id) {
        return List.of(new StoredAsset(0, id + "/0.png", "image/png", 10, 8, 8, null, null));
    }

    private static Stream<String> namesOfTransitions() {
        return Arrays.stream(TransitionRepository.class.getDeclaredMethods())
                .filter(method ->
                        method.getReturnType() == Optional.class && !Modifier.isPrivate(method.getModifiers()))
                .map(Method::getName);
    }

    private static List<Arrow> arrows() throws IOException {
        String readme = Files.readString(Path.of("src/main/java/ru/reklamai/generation/generation/README.md"));
        return ARROW.matcher(readme)
                .results()
                .map(arrow -> new Arrow(Status.of(arrow.group(1)), Status.of(arrow.group(2)), arrow.group(3)))
                .toList();
    }
}
