package dev.slipway.cli.proof;

import static dev.slipway.cli.judge.JudgedRollout.BASELINE;
import static dev.slipway.cli.judge.JudgedRollout.PRODUCTION;
import static dev.slipway.cli.judge.JudgedRollout.ROLLOUT;
import static dev.slipway.cli.judge.JudgedRollout.at;
import static dev.slipway.cli.judge.JudgedRollout.sample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.chain.Link;
import dev.slipway.chain.Proof;
import dev.slipway.cli.judge.JudgedPolicy;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.deployment.Promotion;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.deployment.RolloutStatus.RolloutCause;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.validation.Judge;
import dev.slipway.contracts.validation.JudgedSeconds;
import dev.slipway.validation.simulation.JudgedBounds;
import dev.slipway.validation.simulation.Replay;
import dev.slipway.validation.simulation.SealedSeconds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the release was told of its rollout, held against what the judge says over the stored seconds at that place. */
final class WordsAgainTest {
    private static final int STEPS = 2;
    private static final int BAKE = STEPS + 1;
    private static final int WARM = 15;
    private static final RolloutCause UNKNOWN =
            new RolloutCause("inconclusive", "We cannot know whether it is good", "12 of 40 answers", "within 30 min");
    private static final Duration HOLD = Duration.ofSeconds(5);
    private static final String OP = "user:op@example.test";
    private static final String URGENT = "promoted: it is urgent (user:op@example.test)";

    private final Replay judge = new Replay();
    private final List<Replay.Line> lines = new ArrayList<>();
    private final List<ObjectNode> record = new ArrayList<>();
    private boolean lagging;
    private @Nullable JudgedBounds noted = JudgedBounds.SHIPPED;
    private int second;
    private int step;

    private void hear(Replay.Line line) {
        lines.add(line);
        judge.hear(line);
    }

    private void ask(int number) {
        step = number;
        int percent = number == 0 ? 0 : number == BAKE ? 95 : 25 * number;
        hear(new Replay.Line(
                at(second + 1),
                new Judge(
                        ROLLOUT,
                        PRODUCTION,
                        ROLLOUT.toString(),
                        BASELINE,
                        number,
                        percent,
                        number == 0 ? Duration.ZERO : HOLD,
                        number + 1L,
                        JudgedPolicy.usual().rules()),
                null,
                noted));
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            int canary = step == 0 ? 0 : step == BAKE ? 95 : 25 * step;
            hear(Replay.Line.of(at(second + 2), sample(second, step + 1L, canary, 0, 100 - canary)));
            if (lagging && second % 7 == 0) { // it has few users, and says so late
                hear(Replay.Line.of(
                        at(second + 2),
                        new TrafficSample(PRODUCTION, "gateway-2", "boot-2", at(second), step + 1L, List.of())));
            }
            second++;
        }
    }

    /** Until the present step has passed. */
    private void passed() {
        for (int waited = 0; judge.passedStep() < step; waited++) {
            assertThat(waited).as("step %d passes", step).isLessThan(300);
            pass(1);
        }
    }

    private void begun() {
        ask(0);
        pass(WARM);
        ask(1);
        tell(Phase.STEPPING, 1);
    }

    /** A whole rollout as it is when nobody lies. */
    private void honest() {
        begun();
        passed();
        bind();
        ask(2);
        tell(Phase.STEPPING, 2);
        passed();
        bind();
        ask(BAKE);
        tell(Phase.BAKING, STEPS);
        passed();
        bind();
        tell(Phase.FULL, STEPS);
        tell(Phase.VERIFIED, STEPS);
    }

    @Test
    void a_rollout_that_went_on_as_its_steps_passed_agrees() {
        honest();

        assertThat(faults(0)).isEmpty();
    }

    @Test
    void a_pass_that_is_made_up_is_named_by_the_record_that_tells_it() {
        begun();
        passed();
        bind();
        tell(Phase.STEPPING, 2);
        tell(Phase.BAKING, STEPS);
        tell(Phase.VERIFIED, STEPS);

        assertThat(faults(0))
                .containsExactly(
                        "record 4: the release was told that production was baking, and over all stored seconds step 1 was"
                                + " the last that had passed",
                        "record 5: the release was told that production was through all its steps, and over all stored"
                                + " seconds step 1 was the last that had passed");
    }

    @Test
    void a_bake_that_has_not_passed_is_no_end_of_it() {
        begun();
        passed();
        ask(2);
        passed();
        ask(BAKE);
        pass(2);
        bind();
        tell(Phase.VERIFIED, STEPS);

        assertThat(faults(0))
                .containsExactly(
                        "record 3: the release was told that production was through all its steps, and over all"
                                + " stored seconds step 2 was the last that had passed");
    }

    /** The later seconds would have let it go on; the one at which it did would not. */
    private int advancedTooEarly() {
        begun();
        pass(2);
        ask(2);
        int line = lines.size();
        tell(Phase.STEPPING, 2);
        passed();
        bind();
        return line;
    }

    @Test
    void an_advance_that_is_made_up_is_named_by_its_second() {
        int line = advancedTooEarly();

        assertThat(faults(0))
                .containsExactly("recorded second %d: production went on to step 2, and by then no step had passed"
                        .formatted(line));
        assertThat(faults(1)).as("of which something is not stored").isEmpty();
    }

    @Test
    void who_promotes_it_past_a_step_answers_for_that_step_alone() {
        begun();
        pass(2);
        ask(2);
        tell(Phase.STEPPING, 2, new Promotion(1, 1).note("it is urgent", OP));
        pass(2);
        bind();
        assertThat(faults(0)).isEmpty();

        ask(BAKE);
        int line = lines.size();
        tell(Phase.BAKING, STEPS);
        pass(1);
        bind();
        assertThat(faults(0))
                .containsExactly(
                        "recorded second %d: production went on to step 3, and by then no step had passed"
                                .formatted(line),
                        "record 4: the release was told that production was baking, and over all stored seconds no step"
                                + " had passed");

        record.remove(3);
        tell(Phase.BAKING, STEPS, new Promotion(2, 2).note("it is urgent", OP));
        assertThat(faults(0)).isEmpty();
    }

    @Test
    void a_promotion_past_another_step_excuses_nothing() {
        int line = advancedTooEarly();
        tell(Phase.STEPPING, 2, new Promotion(2, 2).note("later", OP), new Promotion(3, 4).note("all of it", OP));

        assertThat(faults(0))
                .containsExactly("recorded second %d: production went on to step 2, and by then no step had passed"
                        .formatted(line));
    }

    @Test
    void all_traffic_at_once_is_a_word_for_each_step_between() {
        begun();
        pass(2);
        ask(BAKE);
        tell(Phase.BAKING, STEPS, new Promotion(1, 2).note("all of it", OP));
        pass(2);
        bind();

        assertThat(faults(0)).isEmpty();
    }

    @Test
    void who_ends_the_bake_answers_for_the_bake() {
        begun();
        passed();
        ask(2);
        passed();
        ask(BAKE);
        pass(2);
        bind();
        tell(Phase.FULL, STEPS, new Promotion(BAKE, BAKE).note("seen enough", OP));
        tell(Phase.VERIFIED, STEPS);

        assertThat(faults(0)).isEmpty();
    }

    @Test
    void a_promotion_of_before_that_names_no_step_counts_for_the_advance_that_first_tells_it() {
        begun();
        pass(2);
        ask(2);
        tell(Phase.STEPPING, 2, URGENT);
        pass(2);
        bind();
        assertThat(faults(0)).isEmpty();

        ask(BAKE);
        int line = lines.size();
        tell(Phase.BAKING, STEPS, URGENT);
        pass(1);
        bind();
        assertThat(faults(0))
                .as("told again, and not said again")
                .containsExactly(
                        "recorded second %d: production went on to step 3, and by then no step had passed"
                                .formatted(line),
                        "record 4: the release was told that production was baking, and over all stored seconds no step"
                                + " had passed");

        record.remove(3);
        tell(Phase.BAKING, STEPS, URGENT, URGENT);
        assertThat(faults(0)).as("said twice").isEmpty();
    }

    @Test
    void a_promotion_of_before_that_comes_after_the_advance_is_too_late_for_it() {
        int line = advancedTooEarly();
        tell(Phase.STEPPING, 2, URGENT);

        assertThat(faults(0))
                .containsExactly("recorded second %d: production went on to step 2, and by then no step had passed"
                        .formatted(line));
    }

    @Test
    void what_is_held_as_inconclusive_may_pass_until_a_person_resumes_it_and_is_told_again() {
        begun();
        tell(Phase.STEPPING, 1, UNKNOWN);
        passed();
        bind();
        tell(Phase.STEPPING, 1, UNKNOWN);

        assertThat(faults(0)).isEmpty();
    }

    @Test
    void a_promotion_counts_though_later_statuses_note_it_no_more() {
        begun();
        pass(1);
        bind();
        tell(Phase.STEPPING, 2, new Promotion(1, 1).note("it is urgent", OP));
        tell(Phase.FULL, STEPS, new Promotion(2, 2).note("it is urgent", OP));
        tell(Phase.VERIFIED, STEPS);

        assertThat(faults(0)).isEmpty();
    }

    @Test
    void seconds_are_judged_by_the_bounds_that_stand_beside_their_questions() {
        noted = new JudgedBounds(Duration.ofSeconds(60), Duration.ofSeconds(1));
        lagging = true;
        honest();
        assertThat(faults(0)).isEmpty();
        assertThat(said()).endsWith("; by bounds of the installation: guardrail-window 1 min, second-within 1 s");

        lines.replaceAll(line -> new Replay.Line(line.at(), line.judge(), line.sample(), null));
        assertThat(faults(0)).as("by the bounds that ship").isNotEmpty();
    }

    @Test
    void seconds_without_noted_bounds_are_judged_by_those_that_ship_and_that_is_said() {
        honest();
        assertThat(said()).endsWith("they are those of the record");

        WordsAgainTest before = new WordsAgainTest();
        before.noted = null;
        before.honest();
        assertThat(before.faults(0)).isEmpty();
        assertThat(before.said())
                .endsWith(
                        "they are those of the record; by the bounds that ship, as nobody noted then which they were");
    }

    private void tell(Phase phase, int at, String... notes) {
        tell(phase, at, null, notes);
    }

    private void tell(Phase phase, int at, @Nullable RolloutCause cause, String... notes) {
        RolloutStatus status = new RolloutStatus(
                ROLLOUT, PRODUCTION, phase, 0, at, STEPS, false, null, cause, null, null, null, List.of(notes));
        ObjectNode entry = WireJson.mapper().createObjectNode();
        entry.putObject("set").putArray("rollouts").add(WireJson.mapper().<JsonNode>valueToTree(status));
        record.add(entry);
    }

    /** The record names as many lines as there are by now; their digest is known once all are sealed. */
    private void bind() {
        ObjectNode entry = WireJson.mapper().createObjectNode();
        entry.put("lines", lines.size());
        record.add(entry);
    }

    private List<String> faults(int interruptions) {
        return found(interruptions).faults();
    }

    private String said() {
        return found(0).said();
    }

    private JudgedAgain.Found found(int interruptions) {
        SealedSeconds seals = SealedSeconds.of(ROLLOUT);
        List<String> stored = new ArrayList<>();
        List<JudgedSeconds> heads = new ArrayList<>();
        for (Replay.Line line : lines) {
            stored.add(seals.add(WireJson.mapper().writeValueAsString(line)));
            heads.add(seals.head(interruptions).orElseThrow());
        }
        List<Link> links = record.stream()
                .map(entry -> new Link(
                        entry.has("lines") ? bound(heads.get(entry.path("lines").asInt() - 1)) : entry, null))
                .toList();
        Proof proof = new Proof("release-service/release/hello@1.1.0", links, null, List.of(), null);
        return JudgedAgain.of(new Bundle(proof, List.of(), stored, List.of(), null));
    }

    private static ObjectNode bound(JudgedSeconds head) {
        JsonNode seconds = WireJson.mapper().valueToTree(Map.of("rollout", ROLLOUT, "stored", head));
        ObjectNode entry = WireJson.mapper().createObjectNode();
        entry.putObject("set").set("seconds", seconds);
        return entry;
    }
}
