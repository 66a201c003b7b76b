package ru.reklamai.auth.password;

import com.nulabinc.zxcvbn.StandardDictionaries;
import io.quarkus.elytron.security.common.BcryptUtil;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import ru.reklamai.auth.AuthConfig;

/**
 * Hashes and checks passwords with bcrypt, on a small pool of its own: bcrypt is meant to burn a core. It looks at no
 * more than 72 bytes, so longer passwords are hashed with SHA-256 before; hashes from other systems (Supabase among
 * them) are never of a longer password, since those systems refuse them.
 */
@ApplicationScoped
public class Passwords {

    public static final int MIN_LENGTH = 8;
    public static final int MAX_LENGTH = 128;

    private static final int MAX_WAITING = 200;
    private static final int BCRYPT_BYTES = 72;
    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$(\\d\\d)(\\$.{53})");

    private final int cost;
    private final ThreadPoolExecutor pool;
    private final String hashOfNobody;
    private final Set<String> common;

    Passwords(AuthConfig config) {
        cost = config.bcryptCost();
        pool = new ThreadPoolExecutor(
                config.passwordThreads(),
                config.passwordThreads(),
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MAX_WAITING),
                Thread.ofPlatform().name("bcrypt-", 0).daemon().factory());
        hashOfNobody = BcryptUtil.bcryptHash("nobody", cost);
        common = commonPasswords();
    }

    /** Returns a bcrypt hash with a fresh salt. */
    public String hash(String password) {
        return onPool(() -> BcryptUtil.bcryptHash(atMost72Bytes(password), cost));
    }

    /** Takes bcrypt hashes of any cost, in each of its three spellings; anything else matches nothing. */
    boolean matches(String password, String hash) {
        Matcher bcrypt = BCRYPT.matcher(hash);
        if (!bcrypt.matches()) {
            return matchesNobody(password);
        }
        // 2b and 2y say that an old error in other programs is not in the hash; they are 2a as we know it.
        String canonical = "$2a$" + bcrypt.group(1) + bcrypt.group(2);
        return onPool(() -> BcryptUtil.matches(atMost72Bytes(password), canonical));
    }

    /** Takes the time of a check and says no, so that an unknown e-mail can't be told from a wrong password. */
    boolean matchesNobody(String password) {
        onPool(() -> BcryptUtil.matches(atMost72Bytes(password), hashOfNobody));
        return false;
    }

    /** Whether the hash took less work than ours do. */
    boolean isWeak(String hash) {
        Matcher bcrypt = BCRYPT.matcher(hash);
        return bcrypt.matches() && Integer.parseInt(bcrypt.group(1)) < cost;
    }

    /** Whether it is one of the thirty thousand passwords that are tried first. */
    public boolean isCommon(String password) {
        return common.contains(password.toLowerCase(Locale.ROOT));
    }

    private static String atMost72Bytes(String password) {
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= BCRYPT_BYTES ? password : Base64.getEncoder().encodeToString(DigestUtils.sha256(bytes));
    }

    private static Set<String> commonPasswords() {
        try {
            Set<String> longEnough =
                    new HashSet<>(StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies());
            longEnough.removeIf(password -> password.length() < MIN_LENGTH);
            return Set.copyOf(longEnough);
        } catch (IOException e) {
            throw new IllegalStateException("The list of common passwords can't be read", e);
        }
    }

    private <T> T onPool(Callable<T> work) {
        try {
            return pool.submit(work).get();
        } catch (RejectedExecutionException e) {
            throw new PasswordException(new PasswordException.Busy());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while hashing", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("bcrypt failed", e.getCause());
        }
    }

    @PreDestroy
    void close() {
        pool.shutdown();
    }
}
