package ru.reklamai.auth.password;

import ru.reklamai.message.MessageCode;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;
import ru.reklamai.auth.session.Device;
import ru.reklamai.auth.password.Passwords;
import ru.reklamai.auth.user.User;
import ru.reklamai.auth.user.UserRepository;
import ru.reklamai.problem.Problem;
import ru.reklamai.kit.problem.Problems;

/** Whether a password is a user's, wherever that is asked: throttled, and the same for known and unknown users. */
@ApplicationScoped
public class PasswordCheck {

    private static final Logger LOG = Logger.getLogger(PasswordCheck.class);

    private final UserRepository users;
    private final Passwords passwords;
    private final LoginThrottle throttle;
    private final MeterRegistry metrics;

    PasswordCheck(UserRepository users, Passwords passwords, LoginThrottle throttle, MeterRegistry metrics) {
        this.users = users;
        this.passwords = passwords;
        this.throttle = throttle;
        this.metrics = metrics;
    }

    /** Returns the user; a problem 401 if e-mail and password don't belong together, 403 for one who is blocked. */
    public User userOf(String email, String password, Device device) {
        String account = email.strip().toLowerCase(Locale.ROOT);
        throttle.check(account, device.address());
        Optional<User> user = users.findByEmail(account);
        boolean right = user.map(found -> passwords.matches(password, found.passwordHash()))
                .orElseGet(() -> passwords.matchesNobody(password));
        if (!right) {
            LOG.infof(
                    "wrong password: userId=%s",
                    user.map(found -> found.id().toString()).orElse("-"));
            throttle.countFailure(account, device.address());
            count("wrong");
            throw Problems.of(Problem.UNAUTHORIZED, MessageCode.CREDENTIALS_WRONG);
        }
        throttle.forget(account);
        if (user.get().blocked()) {
            count("blocked");
            throw Problems.of(Problem.ACCOUNT_BLOCKED, MessageCode.ACCOUNT_BLOCKED);
        }
        strengthen(user.get(), password);
        count("right");
        return user.get();
    }

    private void count(String outcome) {
        metrics.counter("reklamai.passwords.checked", "outcome", outcome).increment();
    }

    /** Hashes that came from elsewhere may be weaker than ours: now is the only time when they can be made anew. */
    private void strengthen(User user, String password) {
        if (passwords.isWeak(user.passwordHash())) {
            users.strengthenPasswordHash(user.id(), user.passwordHash(), passwords.hash(password));
            LOG.infof("password hash strengthened: userId=%s", user.id());
        }
    }
}
