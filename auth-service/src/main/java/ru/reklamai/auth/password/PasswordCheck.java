package ru.reklamai.auth.password;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;
import ru.reklamai.auth.password.PasswordHolders.PasswordHolder;
import ru.reklamai.auth.session.Account;
import ru.reklamai.auth.session.Authenticator;
import ru.reklamai.auth.session.Device;

/** Whether a password is a user's, wherever that is asked: throttled, and the same for known and unknown users. */
@ApplicationScoped
public class PasswordCheck implements Authenticator {

    private static final Logger LOG = Logger.getLogger(PasswordCheck.class);

    private final PasswordHolders holders;
    private final Passwords passwords;
    private final LoginThrottle throttle;
    private final MeterRegistry metrics;

    PasswordCheck(PasswordHolders holders, Passwords passwords, LoginThrottle throttle, MeterRegistry metrics) {
        this.holders = holders;
        this.passwords = passwords;
        this.throttle = throttle;
        this.metrics = metrics;
    }

    @Override
    public Account authenticate(String email, String password, Device device) {
        String login = email.strip().toLowerCase(Locale.ROOT);
        throttle.pauseFor(login, device.address()).ifPresent(pause -> {
            throw new PasswordException(new PasswordException.Throttled(pause));
        });
        Optional<PasswordHolder> known = holders.findByEmail(login);
        if (!isRight(password, known)) {
            LOG.infof(
                    "wrong password: userId=%s",
                    known.map(found -> found.account().userId().toString()).orElse("-"));
            throttle.countFailure(login, device.address());
            count("wrong");
            throw new PasswordException(new PasswordException.Wrong());
        }
        throttle.forget(login);
        return admitted(known.orElseThrow(), password);
    }

    private boolean isRight(String password, Optional<PasswordHolder> known) {
        return known.map(found -> passwords.matches(password, found.passwordHash()))
                .orElseGet(() -> passwords.matchesNobody(password));
    }

    private Account admitted(PasswordHolder holder, String password) {
        if (holder.blocked()) {
            count("blocked");
            throw new PasswordException(new PasswordException.Blocked());
        }
        strengthen(holder, password);
        count("right");
        return holder.account();
    }

    /** Hashes that came from elsewhere may be weaker than ours: now is the only time when they can be made anew. */
    private void strengthen(PasswordHolder holder, String password) {
        if (passwords.isWeak(holder.passwordHash())) {
            String stronger = passwords.hash(password);
            holders.strengthenPasswordHash(holder.account().userId(), holder.passwordHash(), stronger);
            LOG.infof("password hash strengthened: userId=%s", holder.account().userId());
        }
    }

    private void count(String outcome) {
        metrics.counter("reklamai.passwords.checked", "outcome", outcome).increment();
    }
}
