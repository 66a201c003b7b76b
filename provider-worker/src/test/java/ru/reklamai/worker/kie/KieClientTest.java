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
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import ru.reklamai.events.Failure;
import ru.reklamai.events.ProviderFamily;
import ru.reklamai.message.MessageCode;
import ru.reklamai.worker.KieStub;
import ru.reklamai.worker.WithoutLoop;

/** Every answer, however broken, becomes the right outcome. */
@QuarkusTest
@TestProfile(WithoutLoop.class)
class KieClientTest {

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

    @ParameterizedTest
    @EnumSource(ProviderFamily.class)
    void eachFamilyIsAskedAtItsOwnAddress(ProviderFamily family) {
        String path = KieFamily.of(family).statusPath();
        stub.answer(path, "{'code':200,'data':{}}");
        assertThat(kie.status(family, "t-1").status()).isInstanceOf(TaskStatus.Running.class);
        assertThat(stub.requests(path).getFirst().getQueryParams().get("taskId").firstValue())
                .isEqualTo("t-1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'code':200,'data':{'state':'generating'}} | Running",
                "{'code':200,'data':{'state':'fail','failMsg':'no'}} | Failed",
                "{'code':200,'data':null} | NotFound",
                "{'code':404} | NotFound",
                "{'code':422,'msg':'recordInfo is null'} | NotFound",
                "{'code':401} | AccountBlocked",
                "{'code':402} | AccountBlocked",
                "{'code':429} | Unknown",
                "{'code':500} | Unknown",
                "<html> | Unknown"
            },
            quoteCharacter = '"')
    void theCodeDecidesWhatAStatusSays(String body, String status) {
        stub.answer(KieStub.STATUS, body);
        assertThat(status().status().getClass().getSimpleName()).isEqualTo(status);
    }

    @Test
    void aStatusKeepsItsText() {
        stub.answer(KieStub.STATUS, "{'code':200,'data':{'state':'generating'}}");
        assertThat(status().raw()).isEqualTo("{\"code\":200,\"data\":{\"state\":\"generating\"}}");
    }

    @Test
    void aStatusThatIsNotAnsweredSaysNothing() {
        stub.answer(KieStub.STATUS, aResponse().withFault(Fault.EMPTY_RESPONSE));
        assertThat(status().status()).isInstanceOf(TaskStatus.Unknown.class);
    }

    @Test
    void aReasonStandsInBracketsAndNoneIsNothing() {
        assertThat(TaskStatus.failed("too dark").failure().parameters()).containsExactly("(too dark)");
        assertThat(TaskStatus.failed(" ").failure().parameters()).containsExactly("");
    }

    @Test
    void aFreshAddressIsTheOneThatKieGives() {
        stub.answer(KieStub.FRESH_URL, "{'code':200,'data':'https://kie/fresh'}");
        assertThat(kie.freshUrl("https://kie/old")).contains("https://kie/fresh");
        assertThat(stub.requests(KieStub.FRESH_URL).getFirst().getBodyAsString())
                .isEqualTo("{\"url\":\"https://kie/old\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'code':422}", "{'code':200,'data':{}}", "<html>"})
    void whereKieGivesNoFreshAddressThereIsNone(String body) {
        stub.answer(KieStub.FRESH_URL, body);
        assertThat(kie.freshUrl("https://kie/old")).isEmpty();
    }

    @Test
    void anUploadSendsTheFileAndReturnsItsAddress(@TempDir Path folder) throws IOException {
        stub.answer(KieStub.UPLOAD, "{'code':200,'data':{'downloadUrl':'https://kie/in.png'}}");
        Path file = Files.writeString(folder.resolve("in.png"), "a picture");
        assertThat(kie.upload(file, "in.png")).contains("https://kie/in.png");
        assertThat(stub.requests(KieStub.UPLOAD).getFirst().getBodyAsString()).contains("a picture", "in.png");
    }

    @Test
    void anUploadThatIsNotTakenHasNoAddress(@TempDir Path folder) throws IOException {
        stub.answer(KieStub.UPLOAD, "{'code':500}");
        assertThat(kie.upload(Files.writeString(folder.resolve("in.png"), "a picture"), "in.png"))
                .isEmpty();
    }

    @Test
    void anAccountWithCreditsIsUsable() {
        stub.answer(KieStub.CREDIT, "{'code':200,'data':12.5}");
        assertThat(kie.creditBalance()).contains(new BigDecimal("12.5"));
        assertThat(kie.isAccountUsable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'code':200,'data':0}", "{'code':401}", "<html>"})
    void anAccountWithoutCreditsOrAnAnswerIsNot(String body) {
        stub.answer(KieStub.CREDIT, body);
        assertThat(kie.isAccountUsable()).isFalse();
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

    private KieClient.StatusAnswer status() {
        return kie.status(ProviderFamily.MARKET, "t-1");
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
