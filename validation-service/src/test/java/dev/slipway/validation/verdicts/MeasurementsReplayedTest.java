package dev.slipway.validation.verdicts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.validation.evidence.Comparing;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.JUnitReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A verdict over benchmarks says the same again from the stored bytes, in the way in which they were compared. */
final class MeasurementsReplayedTest {
    private final Map<Digest, byte[]> kept = new HashMap<>();
    private final Verification verification =
            new Verification(EvidenceReaders.shipped(new JUnitReader.Limits(32, 100_000)), new EvidenceBytes() {
                @Override
                public void keep(Digest digest, byte[] report, String revision) {
                    kept.put(digest, report);
                }

                @Override
                public void use(Collection<Digest> digests, Use by) {
                    // everything stays
                }

                @Override
                public Optional<byte[]> find(Digest digest) {
                    return Optional.ofNullable(kept.get(digest));
                }
            });

    /** Ranks of five values a side cannot be rare enough for one of ten. */
    @Test
    void benchmarks_that_were_compared_each_by_itself_are_compared_so_again_and_others_together() {
        Digest before = report(1, 0.2);
        Digest now = report(2, 0.4);

        for (int byItself : List.of(Comparing.BY_MESSAGE, Comparing.BY_PLACE)) {
            assertThat(faults(before, now, Verdict.PASSED, byItself)).isEmpty();
            assertThat(faults(before, now, Verdict.FAILED, byItself))
                    .containsExactly("record 1: the rule says PASSED now, said FAILED then");
        }
        assertThat(faults(before, now, Verdict.FAILED, Comparing.TOGETHER)).isEmpty();
        assertThat(faults(before, now, Verdict.PASSED, Comparing.TOGETHER))
                .containsExactly("record 1: the rule says FAILED now, said PASSED then");
    }

    /** Ten benchmarks, five runs each; the first takes so many seconds. */
    private Digest report(long seed, double first) {
        SplittableRandom random = new SplittableRandom(seed);
        String results = IntStream.range(0, 10)
                .mapToObj(i -> "{\"command\":\"./shop %d\",\"mean\":%s,\"times\":[%s]}"
                        .formatted(i, i == 0 ? first : 0.2, times(random, i == 0 ? first : 0.2)))
                .collect(Collectors.joining(",", "{\"results\":[", "]}"));
        byte[] bytes = results.getBytes(StandardCharsets.UTF_8);
        kept.put(Digest.of(bytes), bytes);
        return Digest.of(bytes);
    }

    private static String times(SplittableRandom random, double seconds) {
        return IntStream.range(0, 5)
                .mapToObj(_ -> "%.6f".formatted(seconds * (1 + 0.02 * random.nextGaussian())))
                .collect(Collectors.joining(","));
    }

    private List<String> faults(Digest before, Digest now, Verdict verdict, int way) {
        Gate gate = new Gate(
                "speed",
                "",
                Stage.PRE_RELEASE,
                "hyperfine",
                null,
                List.of(new Gate.Threshold("baseline.worse", "0"), new Gate.Threshold("baseline.missing", "0")),
                null,
                null,
                List.of(),
                Duration.ofMinutes(1));
        VerdictDraft draft = new VerdictDraft(
                new ApplicationName("hello"),
                new Sha("a".repeat(40)),
                "hello@1.0.0/assess-pre-release/1",
                gate,
                List.of(now),
                "",
                verdict,
                "",
                Instant.parse("2026-01-02T03:04:05Z"),
                List.of(before),
                List.of(),
                null,
                List.of(),
                way,
                null,
                List.of(),
                0);
        return verification.faults(List.of(VerdictRecord.after(1, null, draft)));
    }
}
