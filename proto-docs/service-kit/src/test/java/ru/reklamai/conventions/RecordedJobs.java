package ru.reklamai.conventions;

import io.quarkus.scheduler.ScheduledExecution;
import io.quarkus.scheduler.Scheduler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** A scheduler whose jobs run when a test says so. */
public final class RecordedJobs {

    private final Map<String, Consumer<ScheduledExecution>> jobs = new HashMap<>();

    public Scheduler scheduler() {
        return (Scheduler) proxy(Scheduler.class, (method, arguments) -> job((String) arguments[0]));
    }

    public void run(String name) {
        jobs.get(name).accept(null);
    }

    /** The definition of a job: every setting returns it again, the task is kept. */
    private Object job(String name) {
        Object[] self = new Object[1];
        self[0] = proxy(Scheduler.JobDefinition.class, (method, arguments) -> {
            if (method.getName().equals("setTask")) {
                jobs.put(name, task(arguments[0]));
            }
            return method.getName().equals("schedule") ? null : self[0];
        });
        return self[0];
    }

    @SuppressWarnings("unchecked")
    private static Consumer<ScheduledExecution> task(Object task) {
        return (Consumer<ScheduledExecution>) task;
    }

    private interface Answer {
        Object to(Method method, Object[] arguments);
    }

    private static Object proxy(Class<?> type, Answer answer) {
        return Proxy.newProxyInstance(
                RecordedJobs.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.to(method, arguments));
    }
}
