package dev.slipway.validation.evidence;

import dev.slipway.contracts.policy.TrackerRule;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.tracker.TrackerFacts;
import dev.slipway.validation.evidence.tracker.TrackerReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Random changes of a byte or two, the same in each run. No report that was changed may throw anything but that it is
 * unreadable, and what failed in more places than one change can reach fails still, or is not said.
 *
 * <p>There are very many: so nothing is put into words before something is wrong, and each report is changed in a thread of
 * its own, where filling in the stack of an exception, of which nearly each change throws several, is short work.
 */
final class Mutations {
    private static final long SEED = 12;
    /** Of what is covered: so little, and so much that a gate is content. */
    private static final BigDecimal LOW = BigDecimal.valueOf(35);

    private static final BigDecimal GOOD = BigDecimal.valueOf(80);

    /** Whose numbers stand nowhere but in digits: another digit is another report. */
    private static final Set<String> IN_DIGITS = Set.of(
            "jacoco",
            "cobertura",
            "lcov",
            "go-cover",
            "coverage-py",
            "jmh",
            "google-benchmark",
            "pytest-benchmark",
            "criterion",
            "go-bench",
            "hyperfine",
            "k6",
            "vegeta",
            "hey",
            "wrk",
            "ab",
            "locust",
            "autocannon",
            "bombardier",
            "gatling",
            "facts");

    /** What no rule over the report alone fails, and why: a change of it is only asked not to break anything. */
    private static final Map<String, String> NOTHING_FAILS = Map.of(
            "jmh", "a benchmark that throws is left out, and how long one may take is the limit's business",
            "pytest-benchmark", "a benchmark that fails is left out",
            "criterion", "a benchmark that fails leaves old numbers behind",
            "checksums", "they fail against what is released alone, as SupplyGatesTest shows",
            "signature", "likewise",
            "provenance", "likewise");

    /** Facts of open names, of which nobody but the sample knows that less is better. */
    private static final Set<String> LESS_IS_BETTER = Set.of("lint.errors", TrackerRule.OPEN);

    /** What a gate without a milestone counts. */
    private static final TrackerRule EVERY_ISSUE = TrackerRule.ofExports(null, List.of(), List.of(), List.of());

    private final EverySample sample;
    private final EvidenceReader reader;
    private final List<Fact> failing;
    private final long seed;

    private Mutations(EverySample sample, long seed) throws UnreadableEvidence {
        this.sample = sample;
        this.seed = seed;
        reader = sample.reader();
        Facts facts = facts(sample.bytes());
        failing = failing(reader, facts);
        if (failing.isEmpty() != NOTHING_FAILS.containsKey(sample.kind())) {
            throw new AssertionError(
                    "%s has to fail somewhere, or its kind to be named with the reason why it does not: %s"
                            .formatted(sample.file(), facts));
        }
    }

    private Facts facts(byte[] report) throws UnreadableEvidence {
        return reader instanceof TrackerReader tracker
                ? TrackerFacts.of(EVERY_ISSUE, List.of(tracker.report(report))).facts()
                : reader.read(report, sample.file()).facts();
    }

    /**
     * As many changes in all, of each report the same share.
     *
     * @return of how many reports some change could still be read
     */
    static int over(List<EverySample> samples, int changes) throws Exception {
        List<Callable<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            Mutations mutations = new Mutations(samples.get(i), SEED + i);
            int share = changes / samples.size() + 1;
            all.add(() -> mutations.make(share));
        }
        int read = 0;
        try (ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            for (Future<Boolean> one : threads.invokeAll(all)) {
                read += one.get() ? 1 : 0;
            }
        }
        return read;
    }

    private boolean make(int changes) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean read = false;
        for (int i = 0; i < changes; i++) {
            read |= isRead(changed(sample.bytes(), random), i);
        }
        return read;
    }

    /** @param cut whether its end is missing, and nothing else was changed */
    private record Change(byte[] bytes, boolean cut) {}

    private boolean isRead(Change change, int number) {
        byte[] changed = change.bytes();
        try {
            reader.recognises(changed);
            reader.somethingElse(changed);
            reader.isWhole(changed);
            Facts now = facts(changed);
            boolean counts = change.cut()
                    ? !EverySample.ENDLESS.containsKey(sample.file())
                    : !IN_DIGITS.contains(sample.kind()) || sameDigits(sample.bytes(), changed);
            if (counts) {
                requireFailing(now, changed, number);
            }
            return true;
        } catch (UnreadableEvidence unreadable) {
            if (String.valueOf(unreadable.getMessage()).isBlank()) {
                throw new AssertionError("refused without a word: " + told(changed, number), unreadable);
            }
            return false;
        } catch (RuntimeException | StackOverflowError broken) {
            throw new AssertionError(told(changed, number), broken);
        }
    }

    /** What a gate asks for that this report fails, in more places than one change can reach. */
    private static List<Fact> failing(EvidenceReader reader, Facts facts) {
        return facts.list().stream()
                .filter(fact -> isMany(fact, LESS_IS_BETTER.contains(fact.name()))
                        || reader.facts().stream()
                                .anyMatch(known -> known.name().equals(fact.name()) && isFailing(known, fact)))
                .toList();
    }

    private static boolean isFailing(KnownFact known, Fact fact) {
        return switch (known.better()) {
            case LOWER -> isMany(fact, known.unit() == Fact.Unit.COUNT || known.unit() == Fact.Unit.SCORE);
            case HIGHER -> known.unit() == Fact.Unit.PERCENT && fact.value().compareTo(LOW) <= 0;
            case NEITHER -> false;
        };
    }

    private static boolean isMany(Fact fact, boolean lessIsBetter) {
        return lessIsBetter && fact.value().compareTo(BigDecimal.TWO) >= 0;
    }

    /** A fact that fails says still that it fails, or nothing. */
    private void requireFailing(Facts now, byte[] changed, int number) {
        for (Fact fact : failing) {
            boolean passes = now.named(fact.name())
                    .map(Fact::value)
                    .filter(value ->
                            fact.unit() == Fact.Unit.PERCENT ? value.compareTo(GOOD) >= 0 : value.signum() <= 0)
                    .isPresent();
            if (passes) {
                throw new AssertionError("%s became %s by %s"
                        .formatted(fact, now.named(fact.name()).orElseThrow(), told(changed, number)));
            }
        }
    }

    private String told(byte[] changed, int number) {
        return "change %d of %s, seed %d: %s"
                .formatted(number, sample.file(), seed, new String(changed, StandardCharsets.ISO_8859_1));
    }

    private static boolean sameDigits(byte[] one, byte[] other) {
        int at = 0;
        for (byte digit : one) {
            if (isDigit(digit)) {
                while (at < other.length && !isDigit(other[at])) {
                    at++;
                }
                if (at == other.length || other[at++] != digit) {
                    return false;
                }
            }
        }
        while (at < other.length && !isDigit(other[at])) {
            at++;
        }
        return at == other.length;
    }

    /** Minus and point move a number, too. */
    private static boolean isDigit(byte one) {
        return (one >= '-' && one <= '9') || one == 'e' || one == 'E';
    }

    private static Change changed(byte[] report, SplittableRandom random) {
        int at = random.nextInt(report.length);
        int kind = random.nextInt(6);
        byte[] changed = switch (kind) {
            case 0 -> with(report, at, at + 1, (byte) (report[at] ^ 1 << random.nextInt(8)));
            case 1 -> with(report, at, at + 1, (byte) random.nextInt(256));
            case 2 -> with(report, at, at + 1);
            case 3 -> with(report, at, at, (byte) (random.nextInt(95) + 32));
            case 4 -> with(report, at, at, report[random.nextInt(report.length)]);
            default -> Arrays.copyOf(report, at);
        };
        return new Change(changed, kind == 5);
    }

    private static byte[] with(byte[] report, int from, int to, byte... put) {
        byte[] changed = new byte[report.length - (to - from) + put.length];
        System.arraycopy(report, 0, changed, 0, from);
        System.arraycopy(put, 0, changed, from, put.length);
        System.arraycopy(report, to, changed, from + put.length, report.length - to);
        return changed;
    }
}
