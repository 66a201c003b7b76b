package ru.reklamai.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.f4b6a3.uuid.UuidCreator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ru.reklamai.auth.session.Account;
import ru.reklamai.auth.session.Device;

@QuarkusTest
class PasswordCheckTest {

    @Inject
    Passwords passwords;

    @Inject
    LoginThrottle throttle;

    private final UUID id = UuidCreator.getTimeOrderedEpoch();
    private final Account account = new Account(id, id + "@example.org", "user");
    private final Device device = new Device("test", id.toString());
    private final Map<String, PasswordHolders.PasswordHolder> holders = new HashMap<>();
    private PasswordCheck check;

    @BeforeEach
    void oneUser() {
        check = new PasswordCheck(new HoldersInMemory(), passwords, throttle, new SimpleMeterRegistry());
        keep(passwords.hash("correct horse"), false);
    }

    @Test
    void theRightPasswordTellsWhoseItIs() {
        assertThat(check.authenticate(" " + account.email().toUpperCase(Locale.ROOT), "correct horse", device))
                .isEqualTo(account);
    }

    @Test
    void aWrongPasswordAndAnUnknownEmailAreRefusedForTheSameReason() {
        assertThat(refusal(account.email(), "wrong")).isEqualTo(new PasswordException.Wrong());
        assertThat(refusal("x" + account.email(), "correct horse")).isEqualTo(new PasswordException.Wrong());
    }

    @Test
    void onlyWhoKnowsThePasswordLearnsThatTheAccountIsBlocked() {
        keep(passwords.hash("correct horse"), true);
        assertThat(refusal(account.email(), "wrong")).isEqualTo(new PasswordException.Wrong());
        assertThat(refusal(account.email(), "correct horse")).isEqualTo(new PasswordException.Blocked());
    }

    @Test
    void afterTooManyWrongPasswordsTheRightOneIsNotLookedAt() {
        for (int i = 0; i < 10; i++) {
            refusal(account.email(), "wrong");
        }
        assertThat(refusal(account.email(), "correct horse")).isInstanceOf(PasswordException.Throttled.class);
    }

    @Test
    void theRightPasswordForgivesTheWrongOnesBefore() {
        for (int i = 0; i < 9; i++) {
            refusal(account.email(), "wrong");
        }
        check.authenticate(account.email(), "correct horse", device);
        assertThat(refusal(account.email(), "wrong")).isEqualTo(new PasswordException.Wrong());
        assertThat(check.authenticate(account.email(), "correct horse", device)).isEqualTo(account);
    }

    private PasswordException.Reason refusal(String email, String password) {
        return catchThrowableOfType(PasswordException.class, () -> check.authenticate(email, password, device))
                .reason();
    }

    private void keep(String hash, boolean blocked) {
        holders.put(account.email(), new PasswordHolders.PasswordHolder(account, hash, blocked));
    }

    private final class HoldersInMemory implements PasswordHolders {

        @Override
        public Optional<PasswordHolder> findByEmail(String email) {
            return Optional.ofNullable(holders.get(email));
        }

        @Override
        public void setPasswordHash(UUID user, String hash) {
            keep(hash, false);
        }

        @Override
        public void strengthenPasswordHash(UUID user, String checked, String stronger) {
            keep(stronger, false);
        }
    }
}
