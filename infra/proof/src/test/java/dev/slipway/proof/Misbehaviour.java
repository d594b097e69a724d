package dev.slipway.proof;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A way in which a program misbehaves, and what must become of the releases that show it.
 *
 * @param application has no other way, so that everything that people are told of it is told because of this one
 * @param says what it does, for a person
 * @param order HOW@VERSION/ENVIRONMENT for {@code misbehaving.py}
 * @param target more of {@code target} in its policy, in YAML's flow style
 * @param steps the shares of {@code production}
 * @param guardrails more of {@code canary}
 * @param releases one after the other
 * @param asked after that, of the version that serves; empty for nothing
 * @param alert words that its contact must get by mail and over Slack; empty where there is nothing to alert of
 * @param logged words that the first version's log must hold in production; empty for none
 */
record Misbehaviour(
        String application,
        String says,
        String order,
        String target,
        String steps,
        String guardrails,
        List<Expected> releases,
        String asked,
        List<String> alert,
        List<String> logged) {
    private static final String AT_ONCE = "[{traffic: 100}]";
    private static final String BESIDE = "[{traffic: 50, hold: 20s}, {traffic: 100}]";
    private static final String QUICK = "startWithin: 10s";

    Misbehaviour {
        releases = List.copyOf(releases);
        alert = List.copyOf(alert);
        logged = List.copyOf(logged);
    }

    /** A release and how it must end. */
    record Expected(String version, String end) {
        /** Of the mail that tells the end. */
        String subject(String application) {
            return "[Slipway] %s %s: %s"
                    .formatted(
                            application, version, end.toLowerCase(Locale.ROOT).replace('_', ' '));
        }
    }

    static Stream<Misbehaviour> all() {
        return Stream.of(
                rolledBack(
                        "unready",
                        "turns unready 5 s after its start in production",
                        "",
                        "answered 503, 2 times in a row"),
                rolledBack(
                        "leaks", "takes 16 MB a second in production", ", guardrails: {memory: \"< 96 MB\"}", "memory"),
                rolledBack(
                        "slow",
                        "answers after 3 s in production",
                        ", guardrails: {p95: \"< 2s\"}",
                        "guardrail on p95"),
                refused(
                        "ends",
                        "ends with status 3 when it starts",
                        QUICK,
                        "exit status 3",
                        "cannot read its configuration"),
                refused(
                        "no-port",
                        "opens no port",
                        "startWithin: 3s",
                        "Nobody listens on its port for traffic",
                        "within 3 s"),
                refused("other-version", "says another version than was released", QUICK, "smoke"),
                refused("other-machine", "was built for another machine", QUICK, "aarch64"),
                new Misbehaviour(
                        "late",
                        "needs 25 s to start in production, and its policy says startWithin: 60s",
                        "late@1.0.0/production",
                        "startWithin: 60s",
                        AT_ONCE,
                        "",
                        List.of(new Expected("1.0.0", "COMPLETED")),
                        "",
                        List.of(),
                        List.of()),
                completed("deaf", "does not mind TERM", "It did not end within 1 s after TERM and was killed."),
                completed(
                        "forks",
                        "leaves two processes behind that do not mind TERM",
                        "2 of the processes that it started outlived it"),
                new Misbehaviour(
                        "ends-later",
                        "ends with status 3 once it is verified",
                        "well@",
                        QUICK,
                        AT_ONCE,
                        "",
                        List.of(new Expected("1.0.0", "COMPLETED")),
                        "/end",
                        List.of("exit status 3", "cannot reach the database"),
                        List.of()));
    }

    private static Misbehaviour rolledBack(String application, String says, String guardrails, String alert) {
        return new Misbehaviour(
                application,
                says,
                application + "@1.1.0/production",
                QUICK,
                BESIDE,
                guardrails,
                List.of(new Expected("1.0.0", "COMPLETED"), new Expected("1.1.0", "ROLLED_BACK")),
                "",
                List.of(alert),
                List.of());
    }

    private static Misbehaviour refused(String application, String says, String target, String... alert) {
        return new Misbehaviour(
                application,
                says,
                application + "@1.0.0",
                target,
                AT_ONCE,
                "",
                List.of(new Expected("1.0.0", "REJECTED")),
                "",
                List.of(alert),
                List.of());
    }

    private static Misbehaviour completed(String application, String says, String logged) {
        return new Misbehaviour(
                application,
                says,
                application + "@1.0.0",
                QUICK,
                AT_ONCE,
                "",
                List.of(new Expected("1.0.0", "COMPLETED"), new Expected("1.1.0", "COMPLETED")),
                "",
                List.of(),
                List.of(logged));
    }

    /** What is run: a binary by itself, else a script by the system's Python. */
    String command() {
        return application.equals("other-machine") ? "[\"{artifact}\"]" : "[python3, \"{artifact}\"]";
    }

    @Override
    public String toString() {
        return application;
    }
}
