package dev.slipway.validation.issues;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.TrackerRule;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.contracts.validation.IssuesCheck;
import dev.slipway.validation.assessment.Finding;
import dev.slipway.validation.assessment.TrackerCheck;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.EvidenceFull;
import dev.slipway.validation.evidence.tracker.TrackerFacts;
import dev.slipway.validation.evidence.tracker.TrackerReport;
import dev.slipway.validation.revision.RevisionId;
import dev.slipway.validation.tracker.TrackerGates;
import dev.slipway.web.guard.Guarded;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks servers for issues, keeps what they answered, and has the gate's rule judge it. What passes is settled: it is about that moment.
 * What does not is asked again until the deadline, as people may still do something about it.
 */
public final class TrackedServers implements TrackerCheck, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TrackedServers.class);

    private final TrackerSettings settings;
    private final TrackerCalls calls;
    private final EvidenceBytes bytes;
    private final JsonMapper json;

    /** @param guard with a breaker for each host */
    public TrackedServers(
            TrackerSettings settings, Guarded guard, EvidenceBytes bytes, JsonMapper json, InstantSource clock) {
        this.settings = settings;
        this.calls = new TrackerCalls(settings, guard, json, clock);
        this.bytes = bytes;
        this.json = json;
    }

    @Override
    public Finding ask(Asking asking) throws InterruptedException {
        TrackerRule rule = Objects.requireNonNull(asking.gate().tracker());
        TrackerReport report;
        try {
            report = new IssueServer(rule, calls, settings, json).report();
        } catch (Untold untold) {
            log.info("Issues of {} are not told: {}", rule.project(), untold.getMessage());
            return unknown(String.valueOf(untold.getMessage()));
        }
        byte[] kept = report.bytes();
        try {
            bytes.keep(Digest.of(kept), kept, new RevisionId(asking.application(), asking.sha()).toString());
        } catch (EvidenceFull full) {
            return unknown("What it rests on cannot be kept: " + full.getMessage());
        }
        TrackerGates.Judged judged = TrackerGates.judge(asking.gate(), TrackerFacts.of(rule, List.of(report)));
        return new Finding(
                judged.verdict(),
                judged.verdict() == Verdict.PASSED,
                judged.observed(),
                judged.cause(),
                List.of(Digest.of(kept)));
    }

    /**
     * Whether a tracker could be asked by a gate now: its host, the token for it, its project and these labels. Nothing is kept.
     *
     * @param labels 0 to {@value IssuesCheck#LABELS_MAX}
     */
    public IssuesCheck look(TrackerRule rule, List<String> labels) throws InterruptedException {
        String project = String.valueOf(rule.project());
        try {
            new IssueServer(rule, calls, settings, json).look(labels);
        } catch (Untold untold) {
            return new IssuesCheck(project, false, Texts.sentence(String.valueOf(untold.getMessage())));
        }
        return new IssuesCheck(
                project,
                true,
                "%s answers%s; how many issues there are, and whether a milestone is there, none but a gate shows."
                        .formatted(
                                rule.host().orElse("It"),
                                labels.isEmpty()
                                        ? ""
                                        : ", and has " + Texts.counted(labels.size(), "label", "labels")));
    }

    private static Finding unknown(String why) {
        return new Finding(Verdict.INCONCLUSIVE, false, "", why, List.of());
    }

    @Override
    public void close() {
        calls.close();
    }
}
