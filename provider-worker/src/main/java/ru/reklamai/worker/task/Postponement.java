package ru.reklamai.worker.task;

import java.time.Duration;

/** Why a task's next step comes later; each kind counts something else. */
public sealed interface Postponement {

    Duration delay();

    /** The provider works on it, or its callback is waited for. */
    record UntilNextPoll(Duration delay) implements Postponement {}

    /** Something failed on the way: the back-off grows. */
    record AfterSetback(Duration delay) implements Postponement {}

    /** The provider started nothing: the task may be submitted again. */
    record NotSubmitted(Duration delay) implements Postponement {}

    /** The provider doesn't know the task, which counts when it happens several times in a row. */
    record NotFound(Duration delay) implements Postponement {}

    /** The provider's files were not what they should be: the attempts are counted. */
    record DeliveryFailed(Duration delay) implements Postponement {}
}
