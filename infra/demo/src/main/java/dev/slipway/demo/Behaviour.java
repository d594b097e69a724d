package dev.slipway.demo;

/** How a version of the sample behaves once it runs. Both build, and both pass their own tests. */
public enum Behaviour {
    /** Answers every valid request. */
    HEALTHY,
    /** Answers 30 % of the greetings with 500, drawn per request, but never that of {@code x}, the smoke test's name. */
    FAULTY
}
