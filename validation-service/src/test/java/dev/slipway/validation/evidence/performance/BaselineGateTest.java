package dev.slipway.validation.evidence.performance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.policy.WithoutBaseline;
import dev.slipway.validation.evidence.BaselineReports;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.rule.Rules;
import dev.slipway.validation.rule.Ruling;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A gate over benchmarks against the last verified release, from stored bytes to the ruling, as it is proved again. */
final class BaselineGateTest {
    private static final EvidenceReaders READERS = EvidenceReaders.shipped(new JUnitReader.Limits(32, 500_000));

    /** Reports in memory. */
    private static final class Shelf implements EvidenceBytes {
        private final Map<Digest, byte[]> kept = new HashMap<>();

        @Override
        public void keep(Digest digest, byte[] report, String revision) {
            kept.put(digest, report);
        }

        @Override
        public void use(Collection<Digest> digests, Use by) {}

        @Override
        public Optional<byte[]> find(Digest digest) {
            return Optional.ofNullable(kept.get(digest));
        }
    }

    private final Shelf shelf = new Shelf();
    private final BaselineReports reports = new BaselineReports(READERS, shelf);

    private static Gate gate(@Nullable WithoutBaseline baseline) {
        return new Gate(
                "speed",
                "",
                Stage.PRE_RELEASE,
                "hyperfine",
                null,
                List.of(new Threshold("baseline.worse", "0"), new Threshold("baseline.missing", "0")),
                null,
                null,
                List.of(),
                Duration.ofMinutes(1),
                List.of(),
                null,
                null,
                null,
                baseline);
    }

    private Digest kept(long seed, double seconds) {
        SplittableRandom random = new SplittableRandom(seed);
        String times = IntStream.range(0, 20)
                .mapToObj(_ -> "%.6f".formatted(seconds * (1 + 0.05 * random.nextGaussian())))
                .collect(Collectors.joining(","));
        byte[] report = "{\"results\":[{\"command\":\"./shop\",\"mean\":%s,\"times\":[%s]}]}"
                .formatted(seconds, times)
                .getBytes(StandardCharsets.UTF_8);
        shelf.keep(Digest.of(report), report, "shop@1");
        return Digest.of(report);
    }

    private Ruling ruled(Gate gate, Digest now, List<Digest> before) throws Exception {
        EvidenceReader reader = READERS.of("hyperfine").orElseThrow();
        Facts facts = reader.read(shelf.find(now).orElseThrow(), "now").facts();
        return Rules.judge(gate, facts.and(reports.again(gate, List.of(now), before)));
    }

    @Test
    void the_same_speed_holds_and_ten_percent_less_does_not() throws Exception {
        Digest before = kept(1, 0.2);

        assertThat(ruled(gate(null), kept(2, 0.2), List.of(before))).isInstanceOf(Ruling.Holds.class);
        assertThat(ruled(gate(null), kept(3, 0.22), List.of(before)))
                .isInstanceOfSatisfying(
                        Ruling.Breaks.class,
                        breaks -> assertThat(breaks.why()).contains("baseline.worse 1, expected baseline.worse == 0"));
    }

    @Test
    void without_a_baseline_it_is_unknown_or_recorded_as_the_policy_says() throws Exception {
        assertThat(ruled(gate(null), kept(1, 0.2), List.of())).isInstanceOf(Ruling.Unknown.class);
        assertThat(ruled(gate(WithoutBaseline.RECORD), kept(1, 0.2), List.of())).isInstanceOf(Ruling.Holds.class);
    }
}
