package dev.slipway.release.saga;

import dev.slipway.contracts.Sha;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.WayBackStatus;
import dev.slipway.contracts.notification.DeliveryStatus;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.Disruption;
import dev.slipway.contracts.release.GuideFileView;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.RetroView;
import dev.slipway.contracts.validation.AssessmentStatus;
import dev.slipway.contracts.validation.JudgedSeconds;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.release.application.Freezes;
import dev.slipway.release.application.Hold;
import dev.slipway.release.application.Launch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A dossier being changed, within one decision: starts from one, {@link #done} makes the next. */
final class Change {
    private final Dossier before;
    private final Instant now;
    private @Nullable Launch launch;
    private ReleaseState state;
    private Instant since;
    private @Nullable Cause cause;
    private List<Milestone> milestones;
    private List<String> people;
    private List<String> unmatched;
    private List<Dossier.Approval> approvals;
    private List<AssessmentStatus> assessments;
    private @Nullable WayBackStatus wayBack;
    private List<RolloutStatus> rollouts;
    private @Nullable Sha mergedAs;
    private List<DeliveryStatus> deliveries;
    private List<String> requests;
    private List<Dossier.Note> notes;
    private @Nullable Hold hold;
    private long rank;
    private List<String> branches;
    private boolean traffic;
    private @Nullable Freezes presentFreezes;
    private @Nullable JudgementStatus judgement;
    private List<Dossier.SourceVersion> heard;
    private int withdrawn;
    private List<Waiver> waivers;
    private Dossier.@Nullable SecondsJudged seconds;
    private @Nullable Refusals refusals;
    private @Nullable Refusals refusedNow;
    private List<DutyAnswer> duties;
    private List<LeftOut> leftOut;
    private @Nullable Staff staff;
    private @Nullable Instant committed;
    private @Nullable NotesProse prose;
    private @Nullable Schedule schedule;
    private @Nullable Announcements announcements;
    private @Nullable Ballot ballot;
    private @Nullable Disruption disruption;
    private @Nullable RetroView retro;
    private List<RetroView.Feedback> feedback;
    private @Nullable GuideFileView guideFile;
    private List<LineWord> lineWords;
    private @Nullable PinnedRunbook runbook;
    private @Nullable ChangedFiles changed;

    private Change(Dossier before, Instant now) {
        this.before = before;
        this.now = now;
        this.launch = before.launch();
        this.state = before.state();
        this.since = before.since();
        this.cause = before.cause();
        this.milestones = before.milestones();
        this.people = before.people();
        this.unmatched = before.unmatched();
        this.approvals = before.approvals();
        this.assessments = before.assessments();
        this.wayBack = before.wayBack();
        this.rollouts = before.rollouts();
        this.mergedAs = before.mergedAs();
        this.deliveries = before.deliveries();
        this.requests = before.requests();
        this.notes = before.notes();
        this.hold = before.hold();
        this.rank = before.rank();
        this.branches = before.branches();
        this.traffic = before.traffic();
        this.presentFreezes = before.presentFreezes();
        this.judgement = before.judgement();
        this.heard = before.heard();
        this.withdrawn = before.withdrawn();
        this.waivers = before.waivers();
        this.seconds = before.seconds();
        this.refusals = before.refusals();
        this.refusedNow = before.refusedNow();
        this.duties = before.duties();
        this.leftOut = before.leftOut();
        this.staff = before.staff();
        this.committed = before.committed();
        this.prose = before.prose();
        this.schedule = before.schedule();
        this.announcements = before.announcements();
        this.ballot = before.ballot();
        this.disruption = before.disruption();
        this.retro = before.retro();
        this.feedback = before.feedback();
        this.guideFile = before.guideFile();
        this.lineWords = before.lineWords();
        this.runbook = before.runbook();
        this.changed = before.changed();
    }

    static Change of(Dossier before, Instant now) {
        return new Change(before, now);
    }

    Dossier done() {
        return new Dossier(
                before.id(),
                launch,
                state,
                since,
                cause,
                milestones,
                people,
                unmatched,
                approvals,
                assessments,
                wayBack,
                rollouts,
                mergedAs,
                deliveries,
                requests,
                notes,
                hold,
                rank,
                branches,
                traffic,
                presentFreezes,
                judgement,
                heard,
                withdrawn,
                waivers,
                seconds,
                refusals,
                refusedNow,
                duties,
                leftOut,
                staff,
                committed,
                prose,
                schedule,
                announcements,
                ballot,
                disruption,
                retro,
                feedback,
                guideFile,
                lineWords,
                runbook,
                changed);
    }

    Change launch(Launch value) {
        launch = value;
        return this;
    }

    Change to(ReleaseState next) {
        if (next.phase() != state.phase() || before.launch() == null) {
            since = now;
        }
        state = next;
        return this;
    }

    Change because(@Nullable Cause why) {
        cause = why;
        return this;
    }

    /** Adds a milestone; past the limit only an end is still told. */
    Change milestone(Milestone.Kind kind, Cause why, int max) {
        return milestone(kind, why, List.of(), max);
    }

    /** The same, with the roles of whom something is asked. */
    Change milestone(Milestone.Kind kind, Cause why, List<String> asked, int max) {
        if (milestones.size() < max || state instanceof ReleaseState.Ended) {
            milestones = plus(milestones, new Milestone(milestones.size() + 1, kind, why, now, asked));
        }
        return this;
    }

    Change people(List<String> emails, List<String> withoutLogin) {
        people = emails;
        unmatched = withoutLogin;
        return this;
    }

    Change approval(String email) {
        approvals = plus(approvals, new Dossier.Approval(email, now));
        return this;
    }

    /** Of a person who says something else now. */
    Change withoutApprovals(Set<String> person) {
        approvals = approvals.stream()
                .filter(approval -> !person.contains(approval.email()))
                .toList();
        return this;
    }

    Change ballot(@Nullable Ballot votes) {
        ballot = votes;
        return this;
    }

    Change retro(RetroView said) {
        retro = said;
        return this;
    }

    Change feedback(RetroView.Feedback said) {
        feedback = plus(feedback, said);
        return this;
    }

    Change disruption(Disruption known) {
        disruption = known;
        return this;
    }

    Change guideFile(@Nullable GuideFileView there) {
        guideFile = there;
        return this;
    }

    Change lineWord(LineWord word) {
        lineWords = plus(lineWords, word);
        return this;
    }

    Change runbook(PinnedRunbook pinned) {
        runbook = pinned;
        return this;
    }

    Change duty(DutyAnswer answer) {
        duties = plus(duties, answer);
        return this;
    }

    Change leftOut(List<LeftOut> byRule) {
        leftOut = byRule;
        return this;
    }

    Change prose(NotesProse said) {
        prose = said;
        return this;
    }

    Change staff(@Nullable Staff people) {
        staff = people;
        return this;
    }

    Change schedule(@Nullable Schedule times) {
        schedule = times;
        return this;
    }

    Change announcements(Announcements known) {
        announcements = known;
        return this;
    }

    /** Of a gate the latest counts. */
    Change waiver(Waiver waiver) {
        waivers = replaced(waivers, each -> each.gate().equals(waiver.gate()), waiver);
        return this;
    }

    Change assessment(AssessmentStatus status) {
        String step = status.question().step();
        assessments = replaced(assessments, each -> each.question().step().equals(step), status);
        return this;
    }

    Change wayBack(WayBackStatus status) {
        wayBack = status;
        return this;
    }

    Change rollout(RolloutStatus status) {
        JudgementStatus latest = status.judgement();
        if (latest != null) {
            judgement(latest);
        }
        traffic(Dossier.tellsOfTraffic(status));
        RolloutStatus steady = status.withJudgement(null);
        rollouts = replaced(rollouts, each -> each.environment().equals(status.environment()), steady);
        return this;
    }

    /** Worse sticks, and of what it rests on there is only ever more. */
    Change judgement(JudgementStatus status) {
        JudgedSeconds stored = status.seconds();
        if (stored != null && (seconds == null || seconds.isLessThan(status.question(), stored))) {
            seconds = new Dossier.SecondsJudged(status.question(), stored);
        }
        if (judgement == null || judgement.worse() == null || status.worse() != null) {
            judgement = status;
        }
        return this;
    }

    Change refusals(Refusals toldToTheJournal) {
        refusals = toldToTheJournal;
        return this;
    }

    Change refusedNow(Refusals present) {
        refusedNow = present;
        return this;
    }

    Change hold(@Nullable Hold value) {
        hold = value;
        return this;
    }

    Change rank(long value) {
        rank = value;
        return this;
    }

    Change branches(List<String> names) {
        branches = names;
        return this;
    }

    Change committed(@Nullable Instant at) {
        committed = at;
        return this;
    }

    Change changed(@Nullable ChangedFiles files) {
        changed = files;
        return this;
    }

    /** Sticks. */
    Change traffic(boolean had) {
        traffic |= had;
        return this;
    }

    Change freezes(Freezes present) {
        presentFreezes = present;
        return this;
    }

    /** Out of production's queue: what it said about it there is over, and it is asked anew. */
    Change takenOut() {
        withdrawn++;
        rollouts = rollouts.stream()
                .filter(each -> !each.environment().isProduction())
                .toList();
        return this;
    }

    Change withoutUnknownRollouts() {
        rollouts = rollouts.stream()
                .filter(each -> each.phase() != RolloutStatus.Phase.UNKNOWN)
                .toList();
        return this;
    }

    Change mergedAs(@Nullable Sha sha) {
        mergedAs = sha;
        return this;
    }

    Change delivery(DeliveryStatus status) {
        deliveries = replaced(
                deliveries,
                each -> each.contact().equals(status.contact())
                        && each.channel() == status.channel()
                        && each.address().equals(status.address()),
                status);
        return this;
    }

    Change request(@Nullable String key, int max) {
        if (key != null) {
            requests = last(plus(requests, key), max);
        }
        return this;
    }

    Change note(Dossier.Note note, int max) {
        notes = last(plus(notes, note), max);
        return this;
    }

    Change heard(String source, long version, int max) {
        heard = last(
                replaced(heard, each -> each.source().equals(source), new Dossier.SourceVersion(source, version)), max);
        return this;
    }

    private static <T> List<T> plus(List<T> all, T next) {
        List<T> more = new ArrayList<>(all);
        more.add(next);
        return more;
    }

    private static <T> List<T> replaced(List<T> all, Predicate<T> old, T next) {
        List<T> more = new ArrayList<>(all);
        more.removeIf(old);
        more.add(next);
        return more;
    }

    private static <T> List<T> last(List<T> all, int max) {
        return all.subList(Math.max(0, all.size() - max), all.size());
    }
}
