package ru.reklamai.generation.user;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import ru.reklamai.kit.database.Database;

/** SQL that creates a user's data here (a profile, a board and the sign-up credits), and erases it. */
@ApplicationScoped
class AccountRepository {

    private static final String PROVISION = "SELECT studio.provision_user($1, $2, $3)";

    private static final String EXISTS = "SELECT FROM studio.profiles WHERE user_id = $1";

    private static final String ERASE = "SELECT studio.erase_user($1) AS erased";

    private final Database database;

    AccountRepository(Database database) {
        this.database = database;
    }

    /** Creates what is missing; a repeat changes nothing, so the event and the first request may both call it. */
    void provision(UUID userId, String email, String fullName) {
        database.query(PROVISION, userId, email, fullName);
    }

    /** Returns true also for a person who is gone: then there is nothing to create either. */
    boolean exists(UUID userId) {
        return database.query(EXISTS, userId).size() == 1;
    }

    /** Erases the person from all of this service's data. Returns false if that was done before. */
    boolean erase(UUID userId) {
        return database.one(row -> row.getBoolean("erased"), ERASE, userId);
    }
}
