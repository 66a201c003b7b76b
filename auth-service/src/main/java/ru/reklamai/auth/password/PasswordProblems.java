package ru.reklamai.auth.password;

import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.ext.Provider;
import ru.reklamai.kit.problem.Problems;
import ru.reklamai.message.MessageCode;
import ru.reklamai.problem.Problem;

/** What callers are told of a password that was not accepted. */
@Provider
class PasswordProblems extends ExceptionMapperBase<PasswordException> {

    @Override
    protected HttpProblem toProblem(PasswordException refusal) {
        return switch (refusal.reason()) {
            case PasswordException.Wrong() -> Problems.of(Problem.UNAUTHORIZED, MessageCode.CREDENTIALS_WRONG);
            case PasswordException.Blocked() -> Problems.of(Problem.ACCOUNT_BLOCKED, MessageCode.ACCOUNT_BLOCKED);
            case PasswordException.Busy() -> Problems.of(Problem.UNAVAILABLE, MessageCode.LOGINS_BUSY);
            case PasswordException.Throttled(var pause) ->
                Problems.retryAfter(
                        pause,
                        Problems.of(Problem.RATE_LIMITED, MessageCode.TOO_MANY_WRONG_PASSWORDS, pause.toMinutes() + 1));
        };
    }
}
