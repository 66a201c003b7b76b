package ru.reklamai.kit.messaging;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import java.util.Optional;

/** A trace as one line of text (W3C Trace Context), so that it can wait in a row until the work goes on. */
public final class Traceparent {

    private static final String FIELD = "traceparent";

    private Traceparent() {}

    /** Returns the present trace, empty outside of one. */
    public static Optional<String> current() {
        SpanContext span = Span.current().getSpanContext();
        return span.isValid()
                ? Optional.of("00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                        + span.getTraceFlags().asHex())
                : Optional.empty();
    }

    /** Returns the context to go on in; the empty one for what can't be read. */
    public static Context contextOf(Optional<String> traceparent) {
        return W3CTraceContextPropagator.getInstance().extract(Context.root(), traceparent.orElse(""), Getter.INSTANCE);
    }

    private enum Getter implements TextMapGetter<String> {
        INSTANCE;

        @Override
        public Iterable<String> keys(String carrier) {
            return List.of(FIELD);
        }

        @Override
        public String get(String carrier, String key) {
            return key.equals(FIELD) ? carrier : null;
        }
    }
}
