package ru.reklamai.status;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import ru.reklamai.events.Problem;

/** Gives every error that leaves this service its stable type. */
@ApplicationScoped
public class Problems implements ProblemPostProcessor {

    /** @param detail for the user: what to do now */
    public static HttpProblem of(Problem kind, String detail) {
        return HttpProblem.builder()
                .withType(kind.uri())
                .withTitle(kind.title())
                .withStatus(kind.status())
                .withDetail(detail)
                .build();
    }

    @Override
    public HttpProblem apply(HttpProblem problem, ProblemContext context) {
        if (problem.getType() != null) {
            return problem;
        }
        Problem kind = Problem.forStatus(problem.getStatusCode());
        return HttpProblem.builder(problem)
                .withType(kind.uri())
                .withTitle(kind.title())
                .build();
    }
}
