package ru.reklamai.auth.user;

import io.quarkus.elytron.security.common.BcryptUtil;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import ru.reklamai.auth.AuthConfig;
import ru.reklamai.problem.Problem;
import ru.reklamai.problem.Problems;

/** Hashes and checks passwords with bcrypt, on a small pool of its own: bcrypt is meant to burn a core. */
@ApplicationScoped
public class Passwords {

    private static final int MAX_WAITING = 200;

    private final int cost;
    private final ThreadPoolExecutor pool;
    private final String hashOfNobody;

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
    }

    /** Returns a bcrypt hash with a fresh salt. */
    public String hash(String password) {
        return onPool(() -> BcryptUtil.bcryptHash(password, cost));
    }

    public boolean matches(String password, String hash) {
        return onPool(() -> BcryptUtil.matches(password, hash));
    }

    /** Takes the time of a check and says no, so that an unknown e-mail can't be told from a wrong password. */
    public boolean matchesNobody(String password) {
        matches(password, hashOfNobody);
        return false;
    }

    private <T> T onPool(Callable<T> work) {
        try {
            return pool.submit(work).get();
        } catch (RejectedExecutionException e) {
            throw Problems.of(Problem.UNAVAILABLE, "Many people are logging in right now. Try again in a few seconds.");
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
