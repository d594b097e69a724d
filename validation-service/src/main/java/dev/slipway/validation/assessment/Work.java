package dev.slipway.validation.assessment;

import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.SignedBy;
import dev.slipway.contracts.validation.Assess;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Effect.DropTask;
import dev.slipway.messaging.Effect.StartTask;
import dev.slipway.messaging.Message;
import dev.slipway.validation.assessment.AssessmentState.Open;
import dev.slipway.validation.revision.RevisionId;
import dev.slipway.validation.revision.RevisionMessages;
import dev.slipway.validation.revision.RevisionMessages.Subscription;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The effects by which an assessment gets to know what it needs. */
final class Work {
    private Work() {}

    /** Everything that awaiting gates need. */
    static List<Effect> start(Open state) {
        List<Effect> effects = new ArrayList<>(subscription(state));
        for (int i = 0; i < state.gates().size(); i++) {
            effects.addAll(of(state, i));
        }
        return effects;
    }

    static List<Effect> subscription(Open state) {
        for (int i = 0; i < state.gates().size(); i++) {
            if (state.gates().get(i).awaiting() && looking(state, i).atRevision()) {
                return List.of(toRevision(state, RevisionMessages.SUBSCRIBE));
            }
        }
        return List.of();
    }

    /** The task of an awaiting gate, if it has one. */
    static List<Effect> of(Open state, int gate) {
        Assess question = state.question();
        URI address = question.address();
        if (!state.gates().get(gate).awaiting()) {
            return List.of();
        }
        return switch (looking(state, gate)) {
            case MERGE ->
                List.of(new StartTask(
                        taskId(gate),
                        Assessment.MERGE_TASK,
                        new MergeCheck.Attempt(gate, question.source(), question.sha())));
            case HTTP ->
                address == null
                        ? List.of()
                        : List.of(new StartTask(
                                taskId(gate),
                                Assessment.PROBE_TASK,
                                new Prober.Probing(
                                        gate,
                                        address,
                                        question.gates().get(gate).http(),
                                        question.http2())));
            case TAG -> tag(gate, question);
            case METRICS -> watching(gate, question);
            case QUERIES ->
                List.of(new StartTask(
                        taskId(gate),
                        Assessment.QUERY_TASK,
                        new MetricsServers.Querying(
                                gate, question.gates().get(gate).queries())));
            case ARRIVAL ->
                List.of(new StartTask(
                        taskId(gate),
                        Assessment.ARRIVAL_TASK,
                        new ArrivalCheck.Looked(
                                gate,
                                Objects.requireNonNull(
                                        question.gates().get(gate).arrival()),
                                question.source(),
                                question.sha(),
                                address,
                                question.http2())));
            case FILES ->
                List.of(new StartTask(
                        taskId(gate),
                        Assessment.FILES_TASK,
                        new FilesCheck.Reading(
                                gate,
                                question.application(),
                                question.source(),
                                question.sha(),
                                question.gates().get(gate))));
            case TRACKER ->
                List.of(new StartTask(
                        taskId(gate),
                        Assessment.TRACKER_TASK,
                        new TrackerCheck.Asking(
                                gate,
                                question.application(),
                                question.sha(),
                                question.gates().get(gate))));
            case EVIDENCE, REQUIRED_CHECK, ALL_CHECKS, ISOLATED, SETTINGS, NOTHING_WE_KNOW -> List.of();
        };
    }

    private static List<Effect> tag(int gate, Assess question) {
        SignedBy signedBy = question.gates().get(gate).signedBy();
        return signedBy == null || signedBy.tag() == null
                ? List.of()
                : List.of(new StartTask(
                        taskId(gate),
                        Assessment.TAG_TASK,
                        new TagCheck.Checking(
                                gate, question.source(), question.sha(), signedBy.tag(), signedBy.keys())));
    }

    private static List<Effect> watching(int gate, Assess question) {
        URI metrics = question.metrics();
        Gate asked = question.gates().get(gate);
        Duration watch = asked.watch();
        return metrics == null || watch == null
                ? List.of()
                : List.of(new StartTask(
                        taskId(gate),
                        Assessment.METRICS_TASK,
                        new MetricsProber.Watching(
                                gate,
                                metrics,
                                asked.metrics(),
                                watch,
                                inHttp2(question, metrics),
                                revision(question))));
    }

    /** What {@code http2} says is said of the traffic port; any other is asked in HTTP/1.1. */
    private static boolean inHttp2(Assess question, URI metrics) {
        URI traffic = question.address();
        return question.http2() && traffic != null && traffic.getPort() == metrics.getPort();
    }

    /** What gates that have their verdict need no more. */
    static List<Effect> dropDecidedSince(List<GateProgress> before, Open state) {
        List<Effect> effects = new ArrayList<>();
        for (int i = 0; i < state.gates().size(); i++) {
            if (state.gates().get(i).decidedSince(before, i)
                    && !looking(state, i).atRevision()) {
                effects.add(new DropTask(taskId(i)));
                effects.add(Effect.stopTimer(Assessment.RETRY + i));
            }
        }
        return effects;
    }

    /** Nothing is left behind. */
    static List<Effect> end(Open state, Effect status) {
        List<Effect> effects = new ArrayList<>();
        boolean subscribed = false;
        for (int i = 0; i < state.gates().size(); i++) {
            subscribed |= looking(state, i).atRevision();
            effects.add(new DropTask(taskId(i)));
            effects.add(Effect.stopTimer(Assessment.RETRY + i));
        }
        effects.add(Effect.stopTimer(Assessment.DEADLINE));
        effects.add(Effect.stopTimer(Assessment.RECORD));
        if (subscribed) {
            effects.add(toRevision(state, RevisionMessages.UNSUBSCRIBE));
        }
        effects.add(status);
        return effects;
    }

    /** An assessment that waits for nothing needs to hear no more. */
    static Effect unsubscribe(String revision, String assessment) {
        return toRevision(revision, RevisionMessages.UNSUBSCRIBE, assessment);
    }

    static String revision(Assess question) {
        return new RevisionId(question.application(), question.sha()).toString();
    }

    private static Effect toRevision(Open state, String type) {
        return toRevision(revision(state.question()), type, state.id());
    }

    private static Effect toRevision(String revision, String type, String assessment) {
        String release = QuestionKey.parse(assessment).release().value();
        return Effect.send(Message.local(revision, type, new Subscription(assessment), release));
    }

    private static String taskId(int gate) {
        return "gate-" + gate;
    }

    private static Looking looking(Open state, int gate) {
        Gate asked = state.question().gates().get(gate);
        return Looking.of(asked);
    }
}
