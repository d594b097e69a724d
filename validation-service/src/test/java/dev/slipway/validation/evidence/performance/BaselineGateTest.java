package dev.slipway.validation.evidence.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.contracts.policy.KayentaRule;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.policy.WithoutBaseline;
import dev.slipway.validation.evidence.Arrived;
import dev.slipway.validation.evidence.BaselineReports;
import dev.slipway.validation.evidence.Comparing;
import dev.slipway.validation.evidence.EarlierRuns;
import dev.slipway.validation.evidence.EarlierRuns.Figure;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.rule.Rules;
import dev.slipway.validation.rule.Ruling;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
        return gate(
                "hyperfine", baseline, new Threshold("baseline.worse", "0"), new Threshold("baseline.missing", "0"));
    }

    private static Gate gate(String kind, @Nullable WithoutBaseline baseline, Threshold... rule) {
        return new Gate(
                "speed",
                "",
                Stage.PRE_RELEASE,
                kind,
                null,
                List.of(rule),
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
        EvidenceReader reader = READERS.of(String.valueOf(gate.evidence())).orElseThrow();
        Facts facts = reader.read(shelf.find(now).orElseThrow(), "now").facts();
        return Rules.judge(
                gate,
                facts.and(reports.again(
                        gate, Comparing.LATEST, Arrived.somewhen(List.of(now)), Arrived.somewhen(before))));
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

    private static Gate scored(KayentaRule kayenta) {
        return new Gate(
                "score",
                "",
                Stage.PRE_RELEASE,
                "hyperfine",
                null,
                List.of(),
                null,
                null,
                List.of(),
                Duration.ofMinutes(1),
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                kayenta);
    }

    @Test
    void a_score_is_proved_again_from_the_stored_bytes_with_what_the_gate_asks() throws Exception {
        Digest before = kept(1, 0.2);
        Digest slower = kept(3, 0.4);
        KayentaRule.Metric usual = KayentaRule.Metric.named("./shop time");
        KayentaRule allowing = new KayentaRule(
                95,
                75,
                List.of(),
                List.of(new KayentaRule.Metric(
                        usual.name(),
                        null,
                        null,
                        true,
                        true,
                        false,
                        3.0,
                        null,
                        usual.effect(),
                        usual.missing(),
                        usual.outliers())));

        assertThat(ruled(scored(KayentaRule.DEFAULT), kept(2, 0.2), List.of(before)))
                .isInstanceOf(Ruling.Holds.class);
        assertThat(ruled(scored(KayentaRule.DEFAULT), slower, List.of(before)))
                .isInstanceOfSatisfying(
                        Ruling.Breaks.class,
                        breaks -> assertThat(breaks.why()).startsWith("baseline.kayenta 0, expected Kayenta's score"));
        assertThat(ruled(scored(allowing), slower, List.of(before)))
                .as("up to three times as long was allowed")
                .isInstanceOf(Ruling.Holds.class);
        assertThat(ruled(scored(KayentaRule.DEFAULT), slower, List.of())).isInstanceOf(Ruling.Unknown.class);
    }

    /** @param p95 in milliseconds */
    private Digest load(double p95) throws Exception {
        byte[] report = Files.readString(Path.of("src", "test", "resources", "reports", "every", "vegeta.json"))
                .replace("\"95th\":25000000", "\"95th\":%.0f".formatted(p95 * 1e6))
                .getBytes(StandardCharsets.UTF_8);
        shelf.keep(Digest.of(report), report, "shop@1");
        return Digest.of(report);
    }

    private Digest earlier(Gate gate, double... p95) throws Exception {
        List<EarlierRuns.Run> runs = new ArrayList<>();
        for (double each : p95) {
            List<Figure> figures = reports.figures(gate, reports.asked(gate).orElseThrow(), List.of(load(each)));
            runs.add(new EarlierRuns.Run(new Sha("a".repeat(40)), figures));
        }
        return reports.kept(EarlierRuns.of(new ApplicationName("shop"), "vegeta", null, runs), "shop@1");
    }

    @Test
    void a_change_beyond_the_limit_and_within_the_noise_of_the_last_runs_is_no_pass_and_no_failure() throws Exception {
        Gate gate = gate("vegeta", null, new Threshold("baseline.change", "<= 5%"));
        List<Digest> before = List.of(load(25), earlier(gate, 25, 25.5, 24.9, 25.3, 24.8, 25.4, 24.9, 25));

        assertThat(ruled(gate, load(26.5), before))
                .isEqualTo(
                        new Ruling.Unknown("baseline.change 6%, expected baseline.change <= 5%, but what is above the"
                                + " limit is within the noise of the last 8 runs (±8.07 %): whether it is a change nobody can"
                                + " say. Measure again, or longer"));
        assertThat(ruled(gate, load(27.5), before))
                .isEqualTo(new Ruling.Breaks(
                        "baseline.change 10%, expected baseline.change <= 5%, beyond the noise of the last 8 runs"
                                + " (±8.07 %)",
                        false));
        assertThat(ruled(gate, load(25.5), before))
                .as("it passes by its rule, and says what the rule is worth")
                .isEqualTo(new Ruling.Holds("the limit, baseline.change <= 5%, lies within the noise of the last 8 runs"
                        + " (±8.07 %): it tells no change of that size from chance"));
        Gate wide = gate("vegeta", null, new Threshold("baseline.change", "< 20%"));
        assertThat(ruled(wide, load(27.5), before))
                .isEqualTo(new Ruling.Holds("beside the noise of the last 8 runs (±8.07 %)"));
    }

    @Test
    void without_the_last_runs_a_change_beyond_the_limit_fails() throws Exception {
        Gate gate = gate("vegeta", null, new Threshold("baseline.change", "<= 5%"));

        assertThat(ruled(gate, load(26.5), List.of(load(25))))
                .isEqualTo(new Ruling.Breaks("baseline.change 6%, expected baseline.change <= 5%", false));
        assertThat(ruled(gate, load(25.5), List.of(load(25)))).isEqualTo(new Ruling.Holds());
    }

    @Test
    void who_changes_what_the_last_runs_had_measured_is_found_out() throws Exception {
        Gate gate = gate("vegeta", null, new Threshold("baseline.change", "<= 5%"));
        Digest earlier = earlier(gate, 25, 25.5, 24.9, 25.3, 24.8, 25.4, 24.9, 25);
        byte[] quieter = new String(shelf.find(earlier).orElseThrow(), StandardCharsets.UTF_8)
                .replace("0.0255", "0.0251")
                .getBytes(StandardCharsets.UTF_8);
        shelf.keep(earlier, quieter, "shop@1");

        assertThatThrownBy(() -> ruled(gate, load(26.5), List.of(load(25), earlier)))
                .isInstanceOf(EvidenceReader.UnreadableEvidence.class)
                .hasMessageContaining("gone or changed");
    }

    @Test
    void without_a_baseline_it_is_unknown_or_recorded_as_the_policy_says() throws Exception {
        assertThat(ruled(gate(null), kept(1, 0.2), List.of())).isInstanceOf(Ruling.Unknown.class);
        assertThat(ruled(gate(WithoutBaseline.RECORD), kept(1, 0.2), List.of())).isInstanceOf(Ruling.Holds.class);
    }
}
