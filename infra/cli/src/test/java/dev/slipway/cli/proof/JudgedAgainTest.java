package dev.slipway.cli.proof;

import static dev.slipway.cli.judge.JudgedRollout.ROLLOUT;
import static dev.slipway.cli.judge.JudgedRollout.START;
import static dev.slipway.cli.judge.JudgedRollout.at;
import static dev.slipway.cli.judge.JudgedRollout.judge;
import static dev.slipway.cli.judge.JudgedRollout.sample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.chain.Link;
import dev.slipway.chain.Proof;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.deployment.RolloutStatus.RolloutCause;
import dev.slipway.contracts.traffic.LatencyBuckets;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficSample.Counts;
import dev.slipway.contracts.traffic.TrafficSample.VersionCounts;
import dev.slipway.contracts.validation.JudgedSeconds;
import dev.slipway.contracts.validation.JudgementStatus.Worse;
import dev.slipway.validation.judgement.Judgement;
import dev.slipway.validation.simulation.JudgedBounds;
import dev.slipway.validation.simulation.Replay;
import dev.slipway.validation.simulation.SealedSeconds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The seconds that a judge saw are those that the release's record names, or it is said where they are not. */
final class JudgedAgainTest {
    private static final int FIRST_WORD = 7;

    private final List<JudgedSeconds> heads = new ArrayList<>();
    private final List<String> lines = sealed();
    private final List<ObjectNode> record = new ArrayList<>(
            List.of(bound(ROLLOUT, heads.get(FIRST_WORD - 1)), bound(ROLLOUT, heads.getLast()), worse()));

    /** A question, six seconds of the baseline, another question, and six seconds that get bad. */
    private List<String> sealed() {
        SealedSeconds seals = SealedSeconds.of(ROLLOUT);
        List<Replay.Line> all = new ArrayList<>();
        all.add(Replay.Line.of(START, judge(0, 0), JudgedBounds.SHIPPED));
        for (int second = 0; second < 6; second++) {
            all.add(Replay.Line.of(at(second + 2), sample(second, 1, 0, 0, 100)));
        }
        all.add(Replay.Line.of(at(8), judge(1, 10), JudgedBounds.SHIPPED));
        for (int second = 6; second < 12; second++) {
            all.add(Replay.Line.of(at(second + 2), sample(second, 2, 10, second < 9 ? 0 : 8, 90)));
        }
        return all.stream()
                .map(line -> {
                    String stored = seals.add(WireJson.mapper().writeValueAsString(line));
                    heads.add(seals.head(0).orElseThrow());
                    return stored;
                })
                .toList();
    }

    @Test
    void seconds_that_are_those_of_the_record_are_judged_again() {
        JudgedAgain.Found found = found(lines, null);

        assertThat(found.faults()).isEmpty();
        assertThat(found.said()).isEqualTo("14 seconds judged again: worse; they are those of the record");
    }

    @Test
    void an_altered_second_is_named_by_its_position_wherever_it_is() {
        for (int place = 0; place < lines.size(); place++) {
            List<String> altered = new ArrayList<>(lines);
            ObjectNode line = read(lines.get(place)).put("at", "2026-03-01T10:00:59Z");
            altered.set(place, line.toString());

            assertThat(found(altered, null).faults())
                    .containsExactly("recorded second %d: it is not what the judge saw there".formatted(place + 1));
        }
    }

    @Test
    void who_alters_the_bounds_that_it_was_judged_by_is_found_out_and_those_that_are_none_cannot_be_read() {
        for (String bounds : List.of("PT1S", "PT0S", "soon")) {
            List<String> altered = new ArrayList<>(lines);
            ObjectNode line = read(lines.getFirst());
            line.putObject("bounds").put("window", "PT60S").put("secondWithin", bounds);
            altered.set(0, line.toString());
            assertThat(found(altered, null).faults())
                    .containsExactly("recorded second 1: it is not what the judge saw there");
        }
        record.removeFirst();
        record.removeFirst();
        for (String bounds : List.of("PT0S", "-PT1S", "soon")) {
            List<String> unbound = new ArrayList<>(lines);
            ObjectNode line = read(lines.getFirst());
            line.putObject("bounds").put("window", "PT60S").put("secondWithin", bounds);
            unbound.set(0, line.toString());
            assertThat(found(unbound, null).faults()).containsExactly("recorded second 1 cannot be read");
        }
    }

    @Test
    void dropped_and_swapped_seconds_are_named_by_their_position() {
        for (int place = 0; place < lines.size() - 1; place++) {
            List<String> dropped = new ArrayList<>(lines);
            dropped.remove(place);
            List<String> swapped = new ArrayList<>(lines);
            Collections.swap(swapped, place, place + 1);
            for (List<String> wrong : List.of(dropped, swapped)) {
                assertThat(found(wrong, null).faults())
                        .containsExactly("recorded second %d: it is not what the judge saw there".formatted(place + 1));
            }
        }
        assertThat(found(lines.subList(0, 9), null).faults())
                .containsExactly("recorded second 10: it is missing, and all up to second 14, and no record says that"
                        + " retention let it go");
        assertThat(found(lines.subList(0, 13), null).faults())
                .containsExactly("recorded second 14: it is missing, and no record says that retention let it go");
    }

    @Test
    void who_seals_altered_seconds_anew_is_found_out_by_the_record() {
        SealedSeconds anew = SealedSeconds.of(ROLLOUT);
        List<String> forged = new ArrayList<>();
        for (String line : lines) {
            ObjectNode node = read(line);
            if (forged.size() == 10) {
                node.put("at", "2026-03-01T10:00:59Z");
            }
            forged.add(anew.add(node.toString()));
        }

        assertThat(found(forged, null).faults())
                .containsExactly("recorded seconds 8 to 14: they are not what the judge saw");
    }

    @Test
    void seconds_that_went_by_retention_are_told_and_those_that_are_merely_gone_are_a_fault() {
        JudgedAgain.Found went =
                found(List.of(), "{\"rule\":\"evidence: 400 days\",\"decided\":\"2027-04-05T10:00:00Z\"}");
        assertThat(went.faults()).isEmpty();
        assertThat(went.said())
                .isEqualTo(
                        "not run again: the 14 seconds that production was judged by went by retention (evidence: 400 days), as was decided on 2027-04-05");

        assertThat(found(List.of(), null).faults())
                .containsExactly("recorded second 1: it is missing, and all up to second 14, and no record says that"
                        + " retention let it go");
    }

    @Test
    void a_record_from_before_names_no_seconds_and_stays_readable() {
        record.removeFirst();
        record.removeFirst();
        List<String> bare = lines.stream()
                .map(line -> without(without(line, "seal"), "bounds"))
                .toList();

        assertThat(found(bare, null).said())
                .isEqualTo(
                        "14 seconds judged again: worse; they are not bound to the record; by the bounds that ship, as"
                                + " nobody noted then which they were");
        assertThat(found(List.of(), null).said())
                .isEqualTo("not run again: the seconds that production was judged by are not kept");
        assertThat(found(List.of(), null).faults()).isEmpty();
    }

    /** One second in which all of the new version's answers waited was enough for the judge of before. */
    @Test
    void slow_answers_are_weighed_as_they_were_when_they_were_recorded() {
        record.removeFirst();
        record.removeFirst();
        List<Replay.Line> all = new ArrayList<>();
        all.add(Replay.Line.of(START, judge(0, 0), JudgedBounds.SHIPPED));
        for (int second = 0; second < 6; second++) {
            all.add(Replay.Line.of(at(second + 2), sample(second, 1, 0, 0, 100)));
        }
        all.add(Replay.Line.of(at(8), judge(1, 10), JudgedBounds.SHIPPED));
        all.add(Replay.Line.of(at(8), late(sample(6, 2, 20, 0, 90))));
        List<String> now =
                all.stream().map(WireJson.mapper()::writeValueAsString).toList();
        List<String> then = now.stream()
                .map(line -> line.replace(",\"way\":" + Judgement.BY_SECOND, ""))
                .toList();

        assertThat(found(then, null).faults()).isEmpty();
        assertThat(found(then, null).said())
                .isEqualTo("9 seconds judged again: worse; they are not bound to the record; by the bounds that ship,"
                        + " slow answers weighed one by one as then");
        assertThat(found(now, null).said())
                .isEqualTo("9 seconds judged again: not worse; they are not bound to the record");
        assertThat(found(now, null).faults()).hasSize(1);
    }

    private static TrafficSample late(TrafficSample sample) {
        List<VersionCounts> versions = sample.versions().stream()
                .map(version -> {
                    Counts all = version.all();
                    List<Long> latency =
                            new ArrayList<>(Collections.nCopies(LatencyBuckets.bucketOf(300_000_000L), 0L));
                    latency.add(all.answers());
                    Counts slow = new Counts(all.answers(), 0, latency);
                    return version.key().equals(judge(1, 10).canary())
                            ? new VersionCounts(version.key(), slow, slow)
                            : version;
                })
                .toList();
        return new TrafficSample(
                sample.environment(), sample.gateway(), sample.boot(), sample.second(), sample.counter(), versions);
    }

    @Test
    void what_was_heard_after_the_last_word_is_not_of_the_record() {
        record.remove(1);

        JudgedAgain.Found found = found(lines, null);

        assertThat(found.faults()).isEmpty();
        assertThat(found.said())
                .endsWith("the first 7 are those of the record, the others were heard after the judge's last word");
    }

    @Test
    void a_judge_that_saw_more_than_could_be_kept_is_not_held_to_what_is_said_now() {
        record.removeLast();
        assertThat(found(lines, null).faults())
                .containsExactly(
                        "over the stored seconds the judge finds the version worse, and the release was not told so");

        JudgedSeconds whole = heads.getLast();
        record.set(1, bound(ROLLOUT, new JudgedSeconds(whole.lines(), whole.digest(), 2)));
        assertThat(found(lines, null).faults()).isEmpty();
        assertThat(found(lines, null).said()).contains("2 interruptions in which more was judged than could be kept");
    }

    @Test
    void of_a_rollout_that_was_asked_for_anew_the_last_one_counts() {
        record.addFirst(bound(QuestionKey.parse("hello@1.1.0/production/7"), heads.get(2)));

        assertThat(found(lines, null).faults()).isEmpty();
    }

    private JudgedAgain.Found found(List<String> seconds, @Nullable String evidenceGoing) {
        List<Link> links = record.stream().map(each -> new Link(each, null)).toList();
        Proof retention = evidenceGoing == null
                ? null
                : proof("release-service/keeping/hello@1.1.0", List.of(new Link(set("evidence", evidenceGoing), null)));
        return JudgedAgain.of(new Bundle(
                proof("release-service/release/hello@1.1.0", links), List.of(), seconds, List.of(), retention));
    }

    private static Proof proof(String chain, List<Link> links) {
        return new Proof(chain, links, null, List.of(), null);
    }

    private static ObjectNode set(String field, String json) {
        ObjectNode record = WireJson.mapper().createObjectNode();
        record.putObject("set").set(field, WireJson.mapper().readTree(json));
        return record;
    }

    private static ObjectNode bound(QuestionKey rollout, JudgedSeconds stored) {
        JsonNode seconds = WireJson.mapper().valueToTree(Map.of("rollout", rollout, "stored", stored));
        return set("seconds", seconds.toString());
    }

    private static ObjectNode worse() {
        RolloutCause cause = RolloutCause.judged(new Worse("comparison", "errors", "24 of 60", "a chance"));
        JsonNode rollouts =
                WireJson.mapper().valueToTree(List.of(Map.of("environment", "hello/production", "cause", cause)));
        return set("rollouts", rollouts.toString());
    }

    private static ObjectNode read(String line) {
        return (ObjectNode) WireJson.mapper().readTree(line);
    }

    private static String without(String line, String field) {
        ObjectNode node = read(line);
        node.remove(field);
        return node.toString();
    }
}
