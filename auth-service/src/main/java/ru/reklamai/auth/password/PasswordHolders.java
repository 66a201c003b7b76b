package ru.reklamai.auth.password;

import java.util.Optional;
import java.util.UUID;
import ru.reklamai.auth.session.Account;

/** Who has a password; the feature that keeps the users implements it. */
public interface PasswordHolders {

    record PasswordHolder(Account account, String passwordHash, boolean blocked) {}

    /** @param email in lower case */
    Optional<PasswordHolder> findByEmail(String email);

    void setPasswordHash(UUID user, String hash);

    /** Does nothing if the hash is no longer the one that was checked. */
    void strengthenPasswordHash(UUID user, String checked, String stronger);
}
