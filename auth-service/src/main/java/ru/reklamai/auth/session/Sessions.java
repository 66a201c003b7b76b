package ru.reklamai.auth.session;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import ru.reklamai.auth.session.Revocations;

/** Where users are logged in. A session that is ended can't be refreshed, and its access tokens end with it. */
@ApplicationScoped
public class Sessions {

    private static final Logger LOG = Logger.getLogger(Sessions.class);

    private final SessionRepository repository;
    private final Revocations revocations;

    Sessions(SessionRepository repository, Revocations revocations) {
        this.repository = repository;
        this.revocations = revocations;
    }

    List<SessionResource.Session> find(UUID user) {
        return repository.find(user);
    }

    /** Returns false if the user has no such session. */
    boolean end(UUID user, UUID session) {
        List<UUID> ended = repository.end(user, session);
        tell(user, ended);
        return !ended.isEmpty();
    }

    void endOthers(UUID user, UUID kept) {
        tell(user, repository.endAllBut(user, kept));
    }

    public void endAll(UUID user) {
        tell(user, repository.endAllBut(user, new UUID(0, 0)));
    }

    private void tell(UUID user, List<UUID> ended) {
        ended.forEach(revocations::shutOut);
        LOG.infof("sessions ended: userId=%s count=%d", user, ended.size());
    }
}
