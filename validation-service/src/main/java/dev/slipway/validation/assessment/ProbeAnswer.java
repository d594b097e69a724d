package dev.slipway.validation.assessment;

/** What one request to the version under test gave. {@code observed} is one line, for example {@code GET /health 200 in 12 ms}. */
public sealed interface ProbeAnswer {
    String observed();

    /** As it should be. */
    record AsExpected(String observed) implements ProbeAnswer {}

    /** It answered otherwise, as a program does that is not ready yet: it may still become what is expected. */
    record Unexpected(String observed, String why) implements ProbeAnswer {}

    /** It answered as it should, but for a value that is there and is another: it will not become what is expected. */
    record Wrong(String observed, String why) implements ProbeAnswer {}

    /** It did not answer, or may not be asked. */
    record Unanswered(String observed, String why) implements ProbeAnswer {}
}
