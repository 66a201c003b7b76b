package ru.reklamai.e2e.faults;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * One generation to be ordered, and what is to go wrong with it.
 *
 * @param fault the simulator's keyword without brackets, or none
 * @param cancelAfter when its owner loses patience
 */
record Order(
        int number, int user, String preset, String model, Optional<String> fault, Optional<Duration> cancelAfter) {

    private static final List<String[]> MODELS = List.of(
            new String[] {"image-gen", "google/nano-banana"},
            new String[] {"image-gen", "google/nano-banana"},
            new String[] {"image-gen", "flux-kontext-pro"},
            new String[] {"image-gen", "gpt4o-image"},
            new String[] {"video-gen", "veo3_fast"},
            new String[] {"video-gen", "runway"},
            new String[] {"audio-gen", "suno/v5"});

    /** Of a model with a short deadline. */
    private static final String[] HASTY = {"image-gen", "google/imagen4-fast"};

    private static final List<String> FAULTS = List.of(
            "drop-answer",
            "slow-answer",
            "error-500",
            "timeout-408",
            "rate-limited",
            "maintenance",
            "html",
            "refuse",
            "blocked",
            "unknown-first",
            "forgotten",
            "query-500",
            "query-html",
            "fail",
            "no-url",
            "broken-json",
            "missing-file",
            "html-file",
            "empty-file",
            "wrong-type",
            "expired-url",
            "expired-status-url",
            "busy-file",
            "one-of-two",
            "no-callback",
            "repeat-callback",
            "late-callback",
            "early-callback",
            "forged-callback",
            "never",
            "slow");

    private static final double FAULTY = 0.45;
    private static final double IMPATIENT = 0.06;

    static Order of(int number, int users, Random random) {
        Optional<String> fault = random.nextDouble() < FAULTY
                ? Optional.of(FAULTS.get(random.nextInt(FAULTS.size())))
                : Optional.empty();
        boolean hasty = fault.filter(name -> name.equals("never") || name.equals("slow"))
                .isPresent();
        String[] model = hasty ? HASTY : MODELS.get(random.nextInt(MODELS.size()));
        Optional<Duration> cancelAfter = random.nextDouble() < IMPATIENT
                ? Optional.of(Duration.ofMillis(random.nextInt(2500)))
                : Optional.empty();
        return new Order(number, random.nextInt(users), model[0], model[1], fault, cancelAfter);
    }

    String prompt() {
        return "order " + number + fault.map(name -> " [" + name + "]").orElse("");
    }

    /** The row of the table that it counts for. */
    String kind() {
        return cancelAfter.isPresent() ? "cancelled by its owner" : fault.orElse("no fault of its own");
    }
}
