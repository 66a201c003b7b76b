package ru.reklamai.auth.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ru.reklamai.auth.TestDatabase;
import ru.reklamai.auth.TestMailbox;
import ru.reklamai.auth.TestUser;

@QuarkusTest
class VerificationTest {

    @Inject
    TestMailbox mailbox;

    @Inject
    TestDatabase database;

    private TestUser user;

    @BeforeEach
    void register() {
        user = TestUser.registered();
    }

    @Test
    void theLinkInTheFirstMailVerifiesTheAddressOnce() {
        user.get("auth/me").body("emailVerified", equalTo(false));
        String token = mailbox.tokenFor("verify-email", user.email);
        user.post("verification/confirm", Map.of("token", token)).statusCode(204);
        user.get("auth/me").body("emailVerified", equalTo(true));
        user.post("verification/confirm", Map.of("token", token))
                .statusCode(410)
                .body("type", equalTo("/problems/link-ended"));
    }

    @Test
    void aLinkThatWasChangedVerifiesNothing() {
        String token = mailbox.tokenFor("verify-email", user.email);
        char other = token.charAt(40) == 'A' ? 'B' : 'A';
        user.post("verification/confirm", Map.of("token", token.substring(0, 40) + other + token.substring(41)))
                .statusCode(410);
        user.post("password/reset", Map.of("token", token, "password", "battery staple"))
                .statusCode(410);
        user.get("auth/me").body("emailVerified", equalTo(false));
    }

    @Test
    void aSecondMailWithinAMinuteIsLeftOut() {
        mailbox.tokenFor("verify-email", user.email);
        user.post("verification", Map.of()).statusCode(202);
        assertThat(mailsOrdered()).isEqualTo(1);
    }

    @Test
    void whoseAddressIsVerifiedGetsNoMoreMailsForIt() {
        String token = mailbox.tokenFor("verify-email", user.email);
        user.post("verification/confirm", Map.of("token", token)).statusCode(204);
        database.execute("UPDATE auth.mails SET created_at = created_at - INTERVAL '1 hour'" + " WHERE user_id = '"
                + user.id() + "'");
        user.post("verification", Map.of()).statusCode(202);
        assertThat(mailsOrdered()).isEqualTo(1);
    }

    private long mailsOrdered() {
        return database.number("SELECT count(*) FROM auth.mails WHERE user_id = '" + user.id() + "'");
    }
}
