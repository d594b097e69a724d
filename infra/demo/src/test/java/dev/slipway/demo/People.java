package dev.slipway.demo;

import java.time.Instant;

/** Who works on the sample in these tests, and when. */
final class People {
    static final Person AUTHOR = new Person("Grace", "grace@example.test");
    static final Person COMMITTER = new Person("Linus", "linus@example.test");
    static final Instant MONDAY = Instant.parse("2026-03-02T09:00:00Z");

    private People() {}
}
