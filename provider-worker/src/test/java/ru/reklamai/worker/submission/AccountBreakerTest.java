package ru.reklamai.worker.submission;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ru.reklamai.worker.KieStub;
import ru.reklamai.worker.WithoutLoop;
import ru.reklamai.worker.kie.KieClient;

@QuarkusTest
@TestProfile(WithoutLoop.class)
class AccountBreakerTest {

    @Inject
    KieClient kie;

    KieStub stub;

    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private AccountBreaker account;

    @BeforeEach
    void closed() {
        stub.reset();
        account = new AccountBreaker(kie, metrics);
    }

    @Test
    void whatIsClosedAsksNothing() {
        account.probe();
        assertThat(account.isOpen()).isFalse();
        assertThat(stub.requests()).isZero();
    }

    @Test
    void itStaysOpenWhileKieHasNoCreditsForUs() {
        stub.answer(KieStub.CREDIT, "{'code':200,'data':0}");
        account.open("code 402");
        account.probe();
        assertThat(account.isOpen()).isTrue();
        assertThat(blocked()).isEqualTo(1);
    }

    @Test
    void itClosesWhenKieTakesUsAgain() {
        stub.answer(KieStub.CREDIT, "{'code':200,'data':5}");
        account.open("code 402");
        account.probe();
        assertThat(account.isOpen()).isFalse();
        assertThat(blocked()).isZero();
    }

    private double blocked() {
        return metrics.get("reklamai.provider.account.blocked").gauge().value();
    }
}
