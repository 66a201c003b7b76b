package ru.reklamai.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import ru.reklamai.gateway.limit.LimitPolicy;
import ru.reklamai.gateway.routing.Route.Access;

/** Holds the table against the contract. */
class RouteTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path CONTRACTS = Path.of("../proto-docs/contracts");
    private static final Map<Service, String> MODULES = Map.of(
            Service.AUTH, "auth-service",
            Service.GENERATION, "generation-service",
            Service.WORKER, "provider-worker",
            Service.STATUS, "status-service");

    /** An operation of the contract, its path with values in place of parameters. */
    record Operation(String method, String path, String tag, boolean isOpen) {

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static List<Operation> operations() throws IOException {
        List<Operation> operations = new ArrayList<>();
        read(CONTRACTS.resolve("openapi/openapi.json"))
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> operations.add(new Operation(
                                operation.getKey(),
                                withValues(path.getKey()),
                                operation.getValue().at("/tags/0").asText(),
                                operation.getValue().path("security").isArray()))));
        return operations;
    }

    @ParameterizedTest
    @MethodSource("operations")
    void anOperationNeedsATokenUnlessTheContractSaysOtherwise(Operation operation) {
        assertThat(route(operation.path()).access()).isEqualTo(operation.isOpen() ? Access.OPEN : Access.TOKEN);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void anOperationGoesToTheServiceThatServesIt(Operation operation) {
        assertThat(route(operation.path()).service()).isEqualTo(serving(operation));
    }

    /** As each service's own build describes it, where it has been built. */
    @ParameterizedTest
    @EnumSource(Service.class)
    void everyPathThatAServiceDescribesIsRoutedToIt(Service service) throws IOException {
        Path description = Path.of("..", MODULES.get(service), "target/openapi/openapi.json");
        assumeTrue(Files.exists(description));
        read(description).path("paths").fieldNames().forEachRemaining(path -> assertThat(
                        route(withValues(path)).service())
                .as(path)
                .isEqualTo(service));
    }

    @Test
    void noRouteIsUnused() throws IOException {
        Stream<String> live = StreamSupport.stream(
                        read(CONTRACTS.resolve("asyncapi/asyncapi.json"))
                                .path("channels")
                                .spliterator(),
                        false)
                .map(channel -> channel.path("address").asText())
                .filter(address -> address.startsWith("/"))
                .map(RouteTest::withValues);
        Set<Route> used = Stream.concat(operations().stream().map(Operation::path), live)
                .map(RouteTest::route)
                .collect(Collectors.toSet());
        assertThat(used).containsExactlyInAnyOrderElementsOf(Route.TABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v2/models", "/api", "/q/health", "/wss", "/api/v1", "/.well-known/other"})
    void whatTheSystemDoesNotHaveHasNoRoute(String path) {
        assertThat(Route.of(path)).isEmpty();
    }

    @Test
    void orderingAndGuessingPasswordsHaveLimitsOfTheirOwn() {
        assertThat(route("/api/v1/generate").policy()).isEqualTo(LimitPolicy.GENERATE);
        assertThat(route("/api/v1/generate/estimate").policy()).isEqualTo(LimitPolicy.REST);
        assertThat(route("/api/v1/auth/login").policy()).isEqualTo(LimitPolicy.AUTH);
        assertThat(route("/api/v1/auth/me").policy()).isEqualTo(LimitPolicy.REST);
        assertThat(route("/api/v1/provider/kie/callback/1/2").policy()).isEqualTo(LimitPolicy.NONE);
    }

    private static Service serving(Operation operation) {
        return switch (operation.tag()) {
            case "auth" -> Service.AUTH;
            case "live updates" -> Service.STATUS;
            case "provider" -> Service.WORKER;
            case "admin" ->
                operation.path().matches("/api/v1/admin/users(/value(/role|/block)?)?")
                        ? Service.AUTH
                        : operation.path().startsWith("/api/v1/admin/provider") ? Service.WORKER : Service.GENERATION;
            default -> Service.GENERATION;
        };
    }

    private static Route route(String path) {
        return Route.of(path).orElseThrow(() -> new AssertionError("no route for " + path));
    }

    private static String withValues(String path) {
        return path.replaceAll("\\{[^}]+}+", "value");
    }

    private static JsonNode read(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }
}
