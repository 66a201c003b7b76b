package ru.reklamai.worker.loop;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import ru.reklamai.worker.kie.KieConfig;
import ru.reklamai.worker.submission.AccountBreaker;
import ru.reklamai.worker.submission.SubmissionLimiter;
import ru.reklamai.worker.task.ClaimRepository;
import ru.reklamai.worker.task.ProviderTask;

/** Claims the tasks whose next step is due, as many as there is room for here and at KIE. */
@ApplicationScoped
class DueTasks {

    private final ClaimRepository claims;
    private final AccountBreaker account;
    private final SubmissionLimiter limiter;
    private final LoopConfig loop;
    private final KieConfig kie;

    DueTasks(
            ClaimRepository claims, AccountBreaker account, SubmissionLimiter limiter, LoopConfig loop, KieConfig kie) {
        this.claims = claims;
        this.account = account;
        this.limiter = limiter;
        this.loop = loop;
        this.kie = kie;
    }

    /**
     * Takes first what is at KIE already: ending that makes room there.
     *
     * @param start called for each task as soon as it is claimed, so that a failure later on holds up none of them
     * @return how many were started
     */
    int claim(int room, Consumer<ProviderTask> start) {
        if (room <= 0) {
            return 0;
        }
        int started = startAll(claims.atProvider(room, loop.lease()), start);
        started += startAll(claims.toGiveUp(room - started, loop.lease()), start);
        return started + startAll(claimToSubmit(room - started), start);
    }

    private static int startAll(List<ProviderTask> claimed, Consumer<ProviderTask> start) {
        claimed.forEach(start);
        return claimed.size();
    }

    private List<ProviderTask> claimToSubmit(int room) {
        if (account.isOpen()) {
            return List.of();
        }
        ClaimRepository.Load load = claims.load();
        int wanted = IntStream.of(load.dueSubmissions(), room, kie.maxRunning() - load.running())
                .min()
                .orElseThrow();
        int granted = limiter.take(wanted);
        return granted == 0 ? List.of() : claims.toSubmit(granted, loop.lease());
    }
}
