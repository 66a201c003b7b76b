package ru.reklamai.worker.kie;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.http.Fault;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import ru.reklamai.events.Failure;
import ru.reklamai.events.ProviderFamily;
import ru.reklamai.message.MessageCode;
import ru.reklamai.worker.KieStub;
import ru.reklamai.worker.WithoutLoop;

/** Every answer to create, however broken, becomes the right outcome. */
@QuarkusTest
@TestProfile(WithoutLoop.class)
class KieClientCreateTest {

    private static final String HTML = "<html><body>502 Bad Gateway</body></html>";

    @Inject
    KieClient kie;

    @Inject
    @RestClient
    KieApi api;

    @Inject
    KieConfig config;

    @Inject
    ObjectMapper json;

    KieStub stub;

    @BeforeEach
    void nothingAskedYet() {
        stub.reset();
    }

    @Test
    void aTaskIsAskedForWithTheKeyTheModelTheInputAndTheCallback() throws IOException {
        stub.answer(KieStub.CREATE, "{'code':200,'data':{'taskId':'t-1'}}");
        assertThat(create()).isEqualTo(new CreateOutcome.Created("t-1"));
        var request = stub.requests(KieStub.CREATE).getFirst();
        assertThat(request.getHeader("Authorization")).isEqualTo("Bearer simulator-key");
        JsonNode body = json.readTree(request.getBody());
        assertThat(body.path("model").asText()).isEqualTo("google/nano-banana");
        assertThat(body.path("callBackUrl").asText()).isEqualTo("https://us/callback");
        assertThat(body.path("input").path("prompt").asText()).isEqualTo("a cup");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'code':200,'data':{}} | AnswerLost",
                "{'code':200,'data':null} | AnswerLost",
                "{'code':401,'msg':'no key'} | AccountBlocked",
                "{'code':402,'msg':'no credits'} | AccountBlocked",
                "{'code':408} | TryLater",
                "{'code':429} | TryLater",
                "{'code':455} | TryLater",
                "{'code':500,'message':'busy'} | TryLater",
                "{'code':400} | Refused",
                "{'code':404} | Refused",
                "{'code':422} | Refused",
                "{'code':501} | Refused",
                "{'code':505} | Refused",
                "{'no':'code'} | AnswerLost",
                "[] | AnswerLost",
                "'' | AnswerLost"
            },
            quoteCharacter = '"')
    void theCodeDecidesWhatBecameOfCreate(String body, String outcome) {
        stub.answer(KieStub.CREATE, body.equals("''") ? "" : body);
        assertThat(create().getClass().getSimpleName()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 502})
    void aPageInPlaceOfAnAnswerLeavesItOpenWhetherATaskWasStarted(int status) {
        stub.answer(KieStub.CREATE, aResponse().withStatus(status).withBody(HTML));
        assertThat(create()).isInstanceOf(CreateOutcome.AnswerLost.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"EMPTY_RESPONSE", "CONNECTION_RESET_BY_PEER"})
    void aConnectionThatBreaksLeavesItOpenWhetherATaskWasStarted(Fault fault) {
        stub.answer(KieStub.CREATE, aResponse().withFault(fault));
        assertThat(create()).isInstanceOf(CreateOutcome.AnswerLost.class);
    }

    @Test
    void aConnectionThatIsRefusedStartedNothing() throws IOException {
        assertThat(createAt("http://127.0.0.1:" + closedPort())).isInstanceOf(CreateOutcome.TryLater.class);
    }

    @Test
    void whoRefusesAnInputIsQuoted() {
        stub.answer(KieStub.CREATE, "{'code':422,'msg':'The prompt is too long.'}");
        assertThat(create())
                .isEqualTo(
                        new CreateOutcome.Refused(Failure.of(MessageCode.PROVIDER_REFUSED, "The prompt is too long.")));
    }

    @ParameterizedTest
    @ValueSource(ints = {430, 433, 451})
    void refusedContentIsNoFaultOfTheInputsForm(int code) {
        stub.answer(KieStub.CREATE, "{'code':" + code + "}");
        assertThat(create()).isEqualTo(new CreateOutcome.Refused(Failure.of(MessageCode.CONTENT_REFUSED)));
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "99999, 600"})
    void theTimeThatKieAsksUsToWaitIsKeptWithinReason(String header, int seconds) {
        stub.answer(
                KieStub.CREATE, aResponse().withHeader("Retry-After", header).withBody("{\"code\":429}"));
        assertThat(((CreateOutcome.TryLater) create()).retryAfter()).contains(Duration.ofSeconds(seconds));
    }

    @Test
    void anUnreadableTimeToWaitIsNone() {
        stub.answer(
                KieStub.CREATE,
                aResponse().withHeader("Retry-After", "Wed, 21 Oct 2026").withBody("{\"code\":429}"));
        assertThat(((CreateOutcome.TryLater) create()).retryAfter()).isEmpty();
    }

    private CreateOutcome create() {
        return create(kie);
    }

    private CreateOutcome createAt(String baseUrl) {
        var elsewhere = (KieConfig) Proxy.newProxyInstance(
                KieConfig.class.getClassLoader(),
                new Class<?>[] {KieConfig.class},
                (proxy, method, arguments) ->
                        method.getName().equals("baseUrl") ? baseUrl : method.invoke(config, arguments));
        return create(new KieClient(api, elsewhere, json));
    }

    private static CreateOutcome create(KieClient client) {
        return client.create(
                ProviderFamily.MARKET, "google/nano-banana", Map.of("prompt", "a cup"), "https://us/callback");
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
