package dev.slipway.release.saga;

import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.deployment.StartRollout;
import dev.slipway.contracts.notification.Channel;
import dev.slipway.contracts.policy.Announcing.After;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.WaitsOn;
import dev.slipway.contracts.policy.WaiverRule;
import dev.slipway.contracts.release.Announced;
import dev.slipway.contracts.release.DutyView.Result;
import dev.slipway.contracts.release.Milestone.Kind;
import dev.slipway.messaging.Message;
import dev.slipway.release.application.Hold;
import dev.slipway.release.wiring.Examples;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Every way in which a release of the demo asks people for something, for tests of what is shown and sent of it. */
public enum AskedRelease {
    APPROVAL(Kind.APPROVAL_ASKED, "release approve hello@1.0.0", () -> new Journey().awaitingApproval()),
    VOTE(Kind.APPROVAL_ASKED, "release object hello@1.0.0", AskedRelease::vote),
    WAIVER(
            Kind.PAUSED,
            "release waive hello@1.0.0 unit-tests --as EMAIL --reason",
            () -> new Journey(Journey.waivable()).unwaived()),
    WAIVER_TO_CONFIRM(
            Kind.PAUSED,
            "release waive hello@1.0.0 unit-tests --as EMAIL --confirm",
            () -> new Journey(Journey.waivable()).halfWaived()),
    DUTY(Kind.DUTY_ASKED, "release duty hello@1.0.0 try-it pass", () -> dutiful(tryIt())),
    DUTY_DUE_SOON(Kind.DUTY_REMINDED, "release duty hello@1.0.0 try-it pass", () -> duty("2026-01-09T17:00:00Z")),
    DUTY_LONG_LATE(Kind.DUTY_ESCALATED, "release duty hello@1.0.0 try-it pass", () -> duty("2026-01-13T17:00:00Z")),
    DUTY_HANDED_OVER(
            Kind.HANDED_OVER,
            "release duty hello@1.0.0 try-it pass",
            () -> then(dutiful(tryIt()), journey -> journey.handOver(Examples.BEN, Examples.ADA, null))),
    DUTY_THAT_FAILED(
            Kind.PAUSED,
            "release waive hello@1.0.0 duty-try-it --as EMAIL --reason",
            () -> then(waivable(), journey -> journey.answer("try-it", Examples.BEN, Result.FAILED))),
    WAIT_THAT_A_PERSON_ENDS(
            Kind.DUTY_ASKED,
            "store-review",
            () -> dutiful(new Duty(
                            "store-review",
                            "The build is approved",
                            "devops",
                            Duty.Before.PRODUCTION,
                            1,
                            List.of(),
                            Duration.ofHours(72))
                    .withWaits(new WaitsOn("App store review", Duration.ofHours(24), null, null, true)))),
    DATE_DUE_SOON(Kind.DATE_REMINDED, "release approve hello@1.0.0", () -> date("2026-01-08T17:00:00Z")),
    DATE_LONG_LATE(Kind.DATE_ESCALATED, "release approve hello@1.0.0", () -> date("2026-01-12T17:00:00Z")),
    RELEASE_DAY_MOVED(Kind.DAY_MOVED, "release approve hello@1.0.0", AskedRelease::dated),
    HELD(
            Kind.PAUSED,
            "release resume hello@1.0.0",
            () -> new Journey().confirmingStaging().held(Hold.Kind.HELD).candidateNow()),
    ROLLOUT_PAUSED(
            Kind.PAUSED,
            "release resume hello@1.0.0",
            () -> then(new Journey().stepping(), journey -> journey.rollout("production", Phase.STEPPING, null, true))),
    ROLLOUT_THAT_NOBODY_CAN_JUDGE(
            Kind.PAUSED, "release promote hello@1.0.0", () -> then(new Journey().stepping(), Journey::inconclusive)),
    HELD_AS_IT_MAY_ONLY_GO_FORWARD(Kind.PAUSED, "hello@1.0.0", ForwardOnlyTest::held),
    OPERATOR_FOR_STAGING(
            Kind.NEEDS_OPERATOR, "release retry hello@1.0.0", () -> new Journey().needsOperatorForStaging()),
    OPERATOR_FOR_PRODUCTION(
            Kind.NEEDS_OPERATOR, "release retry hello@1.0.0", () -> new Journey().needsOperatorForProduction()),
    OPERATOR_AS_THERE_IS_NOTHING_TO_RESTORE(
            Kind.NEEDS_OPERATOR, "release resolve hello@1.0.0", () -> new Journey().nothingToRestore()),
    OPERATOR_FOR_CONFIRMING(
            Kind.NEEDS_OPERATOR, "release retry hello@1.0.0", () -> new Journey().needsOperatorForConfirming()),
    OPERATOR_FOR_MERGING(
            Kind.NEEDS_OPERATOR, "release retry hello@1.0.0", () -> new Journey().needsOperatorForMerging()),
    OPERATOR_FOR_ARRIVAL(
            Kind.NEEDS_OPERATOR,
            "release retry hello@1.0.0",
            () -> new Journey(Journey.published()).needsOperatorForArrival()),
    REVIEW_OF_A_DRAFT(
            Kind.REVIEW_ASKED, "release approve hello@1.0.0", () -> new Journey(announcing()).awaitingApproval()),
    REVIEW_AFTER_THE_END(Kind.REVIEW_ASKED, "", AskedRelease::written),
    AFTER_WORK(Kind.DUTY_ASKED, "", AskedRelease::afterWork),
    AFTER_WORK_THAT_IS_LATE(Kind.DUTY_REMINDED, "", () -> at(afterWork(), Journey.START.plus(Duration.ofHours(3)))),
    ITEM(
            Kind.COMPLETED,
            "",
            () -> then(
                    new Journey().completed(),
                    _ -> new ReleaseInput.RaiseItem(
                            Examples.ADA,
                            "Warm the cache up",
                            Examples.BEN,
                            LocalDate.parse("2026-02-01"),
                            false,
                            null))),
    A_LOOK_AT_WHAT_IS_WORSE(Kind.REGRESSED, "", () -> then(new Journey().completed(), Journey::worse)),
    ANOTHER_RELEASE_AFTER_A_REJECTION(
            Kind.REJECTED,
            "",
            () -> then(
                    new Journey().validating(), journey -> journey.onlyFailed(Steps.ASSESS_PRE_RELEASE, "unit-tests"))),
    ANOTHER_RELEASE_AS_TIME_RAN_OUT(
            Kind.EXPIRED, "", () -> new Journey().awaitingApproval().overdue()),
    ANOTHER_RELEASE_AFTER_A_WAY_BACK(
            Kind.ROLLED_BACK,
            "",
            () -> then(new Journey().rollingBack(), journey -> journey.rollout("production", Phase.RESTORED)));

    private static final String TWO = "required: 2, within: 72h";
    private static final String OFFICE = "owner: technical-lead\ncalendars: [{name: office, zone: UTC}]\n";

    private final Kind told;
    private final String command;

    @SuppressWarnings("ImmutableEnumChecker") // it makes a new one each time
    private final Supplier<Journey> journey;

    AskedRelease(Kind told, String command, Supplier<Journey> journey) {
        this.told = told;
        this.command = command;
        this.journey = journey;
    }

    public Dossier dossier() {
        return journey.get().dossier();
    }

    /** Of which kind the message is by which people hear of it. */
    public Kind told() {
        return told;
    }

    /** Part of what a person types next; empty where the release waits for nobody. */
    public String command() {
        return command;
    }

    /** Who hears of it, by what an environment is told, when what runs there goes bad. */
    public static List<Policy.Contact> toldOfIncidents() {
        return new Journey()
                .rollingOut()
                .messages()
                .map(Message::body)
                .filter(StartRollout.class::isInstance)
                .map(StartRollout.class::cast)
                .findFirst()
                .orElseThrow()
                .contacts();
    }

    private static Journey then(Journey journey, Function<Journey, ReleaseInput> next) {
        return journey.take(next.apply(journey));
    }

    private static Journey at(Journey journey, Instant when) {
        return journey.after(Duration.between(journey.now(), when)).take(ReleaseSaga.onTimer(ReleaseSaga.TIMETABLE));
    }

    private static Duty tryIt() {
        return Journey.duty("try-it", Duty.Before.PRODUCTION);
    }

    private static Journey dutiful(Duty duty) {
        return new Journey(Journey.dutiful(duty)).candidate();
    }

    private static Journey waivable() {
        WaiverRule rule = new WaiverRule(
                List.of("duty-try-it"), List.of("technical-lead"), Duration.ofDays(2), Duration.ofHours(12));
        return new Journey(Examples.demoPolicy(List.of(rule), Journey.demo().retention(), List.of(tryIt())))
                .candidate();
    }

    /** Two have said yes, and the vote goes on. */
    private static Journey vote() {
        Journey journey = new Journey(VotesTest.policy(TWO + ", openFor: 48h", "")).awaitingApproval();
        return journey.take(journey.approve(Examples.ADA)).take(journey.approve(Examples.BEN));
    }

    private static ReleaseInput day() {
        return new ReleaseInput.SetDay(Examples.ADA, LocalDate.parse("2026-01-14"), "the fair is then", false, null);
    }

    /** Due two working days before the release day, a Wednesday. */
    private static Journey duty(String when) {
        Policy policy = VotesTest.policy(
                TWO,
                OFFICE + "duties: [{id: try-it, text: Try it, by: devops, before: production, due: {days: -2}}]\n");
        return at(then(new Journey(policy).candidate(), _ -> day()), Instant.parse(when));
    }

    private static Journey dated() {
        Policy policy =
                VotesTest.policy(TWO, OFFICE + "timetable: [{approval: required, by: devops, due: {days: -3}}]\n");
        return then(new Journey(policy).awaitingApproval(), _ -> day());
    }

    private static Journey date(String when) {
        return at(dated(), Instant.parse(when));
    }

    private static Policy announcing() {
        return VotesTest.policy(
                TWO, "announcements: [{id: users, channel: mail, to: [users@example.test], reviewedBy: devops}]\n");
    }

    private static Journey written() {
        Announced text = new Announced(
                "users", Channel.EMAIL, List.of("users@example.test"), "hello 1.0.0 is released", "It is.");
        return new Journey(announcing()).completed().take(new ReleaseInput.AnnouncementsWritten(List.of(text)));
    }

    private static Journey afterWork() {
        Duty back = Journey.duty("merge-back", Duty.Before.END).withAfter(After.COMPLETED);
        return new Journey(Journey.dutiful(back)).completed();
    }
}
