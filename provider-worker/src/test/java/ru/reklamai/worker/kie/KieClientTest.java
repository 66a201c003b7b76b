package ru.reklamai.worker.kie;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import ru.reklamai.events.ProviderFamily;
import ru.reklamai.worker.KieStub;
import ru.reklamai.worker.WithoutLoop;

/** Every answer about a task, a file or our account, however broken, says the right thing. */
@QuarkusTest
@TestProfile(WithoutLoop.class)
class KieClientTest {

    @Inject
    KieClient kie;

    KieStub stub;

    @BeforeEach
    void nothingAskedYet() {
        stub.reset();
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

    private KieClient.StatusAnswer status() {
        return kie.status(ProviderFamily.MARKET, "t-1");
    }
}
