package dev.slipway.notification.conversation;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Policy.Contact;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.ReleaseStatus;
import dev.slipway.contracts.release.RetroView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Release statuses as release-service would send them. */
public final class Statuses {
    public static final Instant T0 = Instant.parse("2026-05-04T10:00:00Z");
    public static final String RELEASE = "hello@1.1.0";
    public static final List<Contact> CONTACTS = List.of(
            new Contact("technical-lead", "Ada", "ada@example.test", "#hello"),
            new Contact("devops", "Ben", "ben@example.test", "#ops"),
            new Contact("support", "Support", "support@example.test", null));
    public static final ConversationRules RULES = new ConversationRules(
            Duration.ofSeconds(1),
            Duration.ofMinutes(15),
            Duration.ofSeconds(5),
            Duration.ofHours(72),
            Duration.ofMinutes(15),
            Duration.ofSeconds(5),
            Duration.ofDays(7),
            50);
    private static final Cause WORSE =
            new Cause("worse", "The new version fails more often than the old one", "29.8 %", "0.4 %");

    private Statuses() {}

    /** A status whose milestones are of these kinds, in this order. */
    public static ReleaseStatus status(ReleasePhase phase, Milestone.Kind... kinds) {
        return of(RELEASE, phase, kinds);
    }

    /** The same, of another release. */
    public static ReleaseStatus of(String release, ReleasePhase phase, Milestone.Kind... kinds) {
        List<Milestone> milestones = new ArrayList<>();
        for (Milestone.Kind kind : kinds) {
            Cause cause = kind.alert() ? WORSE : Cause.of("progress", "");
            milestones.add(new Milestone(milestones.size() + 1, kind, cause, T0));
        }
        return new ReleaseStatus(
                new ReleaseId(release),
                release.substring(release.indexOf('@') + 1),
                new Sha("a".repeat(40)),
                phase,
                T0,
                null,
                null,
                phase == ReleasePhase.ROLLING_OUT ? 10 : 0,
                "1.0.0",
                CONTACTS,
                milestones);
    }

    /** The same, which owes these items of its retrospective. */
    public static ReleaseStatus owing(ReleaseStatus plain, RetroView.Due... items) {
        return new ReleaseStatus(
                plain.release(),
                plain.version(),
                plain.sha(),
                plain.phase(),
                plain.since(),
                null,
                null,
                0,
                null,
                plain.contacts(),
                plain.milestones(),
                null,
                List.of(),
                false,
                List.of(items));
    }
}
