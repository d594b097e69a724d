package dev.slipway.deployment.environment;

import static dev.slipway.deployment.environment.Walk.WORSE;
import static dev.slipway.deployment.environment.Walk.baking;
import static dev.slipway.deployment.environment.Walk.canary;
import static dev.slipway.deployment.environment.Walk.established;
import static dev.slipway.deployment.environment.Walk.full;
import static dev.slipway.deployment.environment.Walk.instance;
import static dev.slipway.deployment.environment.Walk.judgement;
import static dev.slipway.deployment.environment.Walk.plan;
import static dev.slipway.deployment.environment.Walk.question;
import static dev.slipway.deployment.environment.Walk.restoring;
import static dev.slipway.deployment.environment.Walk.stepping;
import static dev.slipway.deployment.environment.Walk.unbaked;
import static dev.slipway.deployment.environment.Walk.unjudged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.deployment.Trouble;
import dev.slipway.contracts.policy.Canary.OnInconclusive;
import dev.slipway.contracts.policy.SettingChange;
import dev.slipway.deployment.watch.MemoryGuard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the list in the class doc of {@link Rollout} against what the code does. */
class TransitionsTest {
    private static final Path STORY = Path.of("src/main/java/dev/slipway/deployment/environment/Rollout.java");
    private static final Pattern LINE = Pattern.compile(" \\* ([A-Z_]+) +([A-Z][A-Za-z]+) +([A-Z_]+)(?: .*)?");

    @Test
    void every_state_and_input_pair_does_what_the_class_doc_lists_and_nothing_else() throws IOException {
        assertThat(observed()).containsExactlyElementsOf(listed());
    }

    @Test
    void the_tried_inputs_are_all_there_are() {
        Set<String> tried = new TreeSet<>();
        inputs(Walk.production()).forEach(input -> tried.add(input.getClass().getSimpleName()));

        assertThat(tried).containsExactlyElementsOf(new TreeSet<>(names(EnvironmentInput.class)));
    }

    private static Set<String> listed() throws IOException {
        Set<String> lines = new TreeSet<>();
        for (String line : Files.readAllLines(STORY)) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                lines.add(matcher.group(1) + " " + matcher.group(2) + " " + matcher.group(3));
            }
        }
        return lines;
    }

    private static Set<String> observed() {
        Set<String> seen = new TreeSet<>();
        for (Supplier<Walk> state : states()) {
            int count = inputs(state.get()).size();
            for (int i = 0; i < count; i++) {
                Walk walk = state.get();
                String before = walk.state();
                Stage stage = stage(walk);
                EnvironmentInput input = inputs(walk).get(i);
                if (input instanceof EnvironmentInput.DeadlineDue && walk.environment.active() != null) {
                    Active.Deadline deadline = walk.active().deadline();
                    walk.now = deadline == null ? walk.now : deadline.due();
                }
                walk.when(input);
                if (!walk.state().equals(before) || !Objects.equals(stage(walk), stage)) {
                    seen.add(before + " " + input.getClass().getSimpleName() + " " + walk.state());
                }
            }
        }
        return seen;
    }

    private static Stage stage(Walk walk) {
        Stage stage = walk.environment.active() == null
                ? new Stage.Starting()
                : walk.active().stage();
        return stage instanceof Stage.WarmingUp ? new Stage.WarmingUp(true) : stage; // a flag within WARMING_UP
    }

    private static List<Supplier<Walk>> states() {
        return List.of(
                () -> established(),
                () -> established()
                        .start(plan("1.0.5", 2))
                        .started()
                        .start(plan("1.1.0", 3))
                        .worse()
                        .restored(),
                () -> established().start(plan("1.1.0", 2)),
                () -> established().start(plan("1.1.0", 2)).overdue(),
                () -> established().start(unjudged("1.1.0", 2)),
                () -> established().start(plan("1.1.0", 2)).started(),
                () -> established().start(plan("1.1.0", 2)).started().warm(),
                () -> established().start(plan("1.1.0", 2)).started().judged(0),
                () -> pausedAfter(
                                established().start(plan("1.1.0", 2)).started().warm())
                        .judged(0),
                () -> established()
                        .start(plan("1.1.0", 2, canary(OnInconclusive.ROLL_BACK)))
                        .started()
                        .overdue(),
                () -> stepping(1),
                () -> pausedAfter(stepping(1)).judged(1),
                () -> established()
                        .start(plan("1.1.0", 2, canary(OnInconclusive.ROLL_BACK)))
                        .started()
                        .warm()
                        .judged(0)
                        .overdue(),
                () -> stepping(4),
                () -> pausedAfter(stepping(4)).judged(4),
                () -> established()
                        .start(unbaked(plan("1.1.0", 2)))
                        .started()
                        .warm()
                        .judged(0)
                        .judged(1)
                        .judged(2)
                        .judged(3),
                () -> pausedAfter(established()
                                .start(unbaked(plan("1.1.0", 2)))
                                .started()
                                .warm()
                                .judged(0)
                                .judged(1)
                                .judged(2)
                                .judged(3))
                        .judged(4),
                () -> baking(),
                () -> pausedAfter(baking()).judged(5),
                () -> established()
                        .start(plan("1.1.0", 2, canary(OnInconclusive.ROLL_BACK)))
                        .started()
                        .warm()
                        .judged(0)
                        .judged(1)
                        .judged(2)
                        .judged(3)
                        .judged(4)
                        .overdue(),
                () -> meteredAt(1).judged(1),
                () -> meteredAt(4).judged(4),
                () -> metered(unbaked(Walk.metered(plan("1.1.0", 2))), 4).judged(4),
                () -> seen(seen(meteredAt(4)).judged(4).judged(5)),
                () -> seen(meteredAt(4)).judged(4).judged(5),
                () -> full(),
                () -> away(stepping(1)),
                () -> away(baking()),
                () -> away(full()),
                () -> away(full()).overdue(),
                () -> restoring(),
                () -> calling());
    }

    /** At a step that passes once its own metrics are as they should be. */
    private static Walk meteredAt(int step) {
        return metered(Walk.metered(plan("1.1.0", 2)), step);
    }

    private static Walk metered(Plan plan, int step) {
        Walk walk = established().start(plan).started().warm().judged(0);
        for (int passed = 1; passed < step; passed++) {
            seen(walk.judged(passed));
        }
        return walk;
    }

    private static Walk seen(Walk walk) {
        return walk.when(new EnvironmentInput.MetricsSeen(walk.active().key(), ""));
    }

    private static Walk away(Walk walk) {
        return walk.when(new EnvironmentInput.EndedByUs(walk.active().key()));
    }

    private static Walk calling() {
        Walk walk = restoring();
        for (int attempt = 1; attempt <= Walk.RHYTHM.restoreAttemptsMax(); attempt++) {
            walk.when(new EnvironmentInput.RestoreFailed(walk.active().key(), "no answer"))
                    .overdue();
        }
        return walk;
    }

    private static Walk pausedAfter(Walk walk) {
        return walk.when(new EnvironmentInput.PauseAsked(question("1.1.0"), "lunch", "user:eve", null));
    }

    /** One of each kind, about the rollout of 1.1.0, and judgements of each colour. */
    private static List<EnvironmentInput> inputs(Walk walk) {
        var about = question("1.1.0");
        String key = about.toString();
        long version = 1_000;
        int step = walk.environment.active() == null ? 0 : walk.active().stage().stepNumber();
        return new ArrayList<>(List.of(
                new EnvironmentInput.StartAsked(plan("1.1.0", 2)),
                new EnvironmentInput.ConfirmAsked(about, "", ""),
                new EnvironmentInput.RollBackAsked(about, "", ""),
                new EnvironmentInput.AbortAsked(about, "", ""),
                new EnvironmentInput.WithdrawAsked(about, "", ""),
                new EnvironmentInput.PauseAsked(about, "", "", null),
                new EnvironmentInput.ResumeAsked(about, "", "", null),
                new EnvironmentInput.PromoteAsked(about, "", "", false, null),
                new EnvironmentInput.PromoteAsked(about, "", "", true, null),
                new EnvironmentInput.WayBackAsked(about),
                judgement(about, version, true, step, null),
                judgement(about, version, false, 0, WORSE),
                new EnvironmentInput.Started(key, instance("1.1.0")),
                new EnvironmentInput.StartFailed(key, "start-failed", ""),
                new EnvironmentInput.WarmedUp(key, ""),
                new EnvironmentInput.WarmedUp(key, "", "GET /health: 500, expected 200"),
                new EnvironmentInput.Restored(key, instance("1.0.0")),
                new EnvironmentInput.RestoreFailed(key, ""),
                new EnvironmentInput.Stopped(key),
                new EnvironmentInput.WayBackTried(about, true, ""),
                new EnvironmentInput.ProcessGone(key),
                new EnvironmentInput.EndedByUs(key),
                new EnvironmentInput.CameBack(java.time.Duration.ofSeconds(30)),
                new EnvironmentInput.RemoveAsked(9, "", ""),
                new EnvironmentInput.TurnedUnready(key, Trouble.of("GET /health answered 503")),
                new EnvironmentInput.TurnedReady(key),
                new EnvironmentInput.Hangs(key, Trouble.of("GET /live gave no answer")),
                new EnvironmentInput.OverLimit(
                        key, new MemoryGuard.Crossed("memory", "too much", "600 MB", "< 512 MB")),
                new EnvironmentInput.MetricsSeen(key, ""),
                new EnvironmentInput.MetricsSeen(key, "queue_depth: GET /metrics answered 404, expected 200"),
                new EnvironmentInput.WatchDue(),
                new EnvironmentInput.Compared(key, List.of(new SettingChange("secret db", "a", "b"))),
                new EnvironmentInput.TableDue(),
                new EnvironmentInput.RepeatDue(),
                new EnvironmentInput.DeadlineDue(),
                new EnvironmentInput.RemindDue(),
                new EnvironmentInput.DrainDue(),
                new EnvironmentInput.ProveDue()));
    }

    private static List<String> names(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses())
                        .flatMap(each -> names(each).stream())
                        .toList()
                : Stream.of(type.getSimpleName()).toList();
    }
}
