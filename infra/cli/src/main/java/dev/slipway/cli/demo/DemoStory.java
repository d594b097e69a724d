package dev.slipway.cli.demo;

import dev.slipway.cli.gateway.Access;
import dev.slipway.cli.gateway.Address;
import dev.slipway.cli.gateway.GatewayClient;
import dev.slipway.cli.gateway.Requests;
import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.guide.StatesText;
import dev.slipway.cli.machine.BackgroundLoad;
import dev.slipway.cli.machine.Home;
import dev.slipway.cli.machine.ProgramsWait;
import dev.slipway.cli.machine.Startup;
import dev.slipway.cli.release.ReleaseText;
import dev.slipway.cli.release.Watch;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.Deadline;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.cli.shell.Patience;
import dev.slipway.cli.shell.Progress;
import dev.slipway.cli.shell.Shell;
import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.release.GuideView;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.ReleaseView;
import dev.slipway.demo.Behaviour;
import dev.slipway.demo.Build;
import dev.slipway.demo.DemoPolicy;
import dev.slipway.demo.LiveLoad;
import dev.slipway.demo.LoadSettings;
import dev.slipway.demo.Person;
import dev.slipway.platform.Pace;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What {@code ./slipway demo} does, in this order:
 *
 * <ol>
 *   <li>platform and services are up;
 *   <li>CI builds a good version and publishes it, two people approve, whom the policy asks for a duty answer it, it ships:
 *       COMPLETED;
 *   <li>CI builds a version that answers 30 % of real users with an error and publishes it; it passes every gate, two
 *       people approve; with its first share of live traffic it is judged worse and taken back: ROLLED_BACK;
 *   <li>every contact of the policy has been told;
 *   <li>everything stays up, with two requests a second.
 * </ol>
 *
 * Users come by all the time, about 50 requests a second of 2,000 clients, through the gateway's front. Every wait has a
 * limit.
 */
public final class DemoStory {
    private static final Duration VALIDATED_MAX = Duration.ofMinutes(2);
    private static final Duration RELEASED_MAX = Duration.ofMinutes(5);
    /** A service that keeps ending is started again after 30 s at most, and takes its time to start. */
    private static final Duration TOLD_MAX = Duration.ofSeconds(90);

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final Home home;
    private final Shell shell;
    private final Clock clock;
    private final Access access;
    private final String policy;

    /** @param policy that of the sample, or one that somebody made of it: its duties are answered by whom they ask */
    public DemoStory(Home home, Shell shell, Clock clock, String policy) {
        this.home = home;
        this.shell = shell;
        this.clock = clock;
        this.policy = policy;
        this.access = new Access(home, shell.withoutVariablesOf("SLIPWAY_"), clock);
    }

    public ExitCode tell(Startup.WantedPorts ports, Duration startLimit, boolean json) {
        shell.say("1. Platform and services start");
        URI url = new Startup(home, shell, startLimit).run(ports);
        BackgroundLoad background = new BackgroundLoad(home, shell);
        background.stop();
        try (Progress progress = new Progress(shell)) {
            GatewayClient gateway = new GatewayClient(access.urls());
            new ProgramsWait(() -> gateway.environments(access.token(Role.VIEWER)), startLimit)
                    .untilAllAnswer(progress);
            List<URI> fronts = Patience.with(access::fronts);
            DemoVersions versions = DemoVersions.above(
                    Patience.with(() -> gateway.versions(DemoPolicy.APPLICATION, access.token(Role.VIEWER))));
            DemoResult result;
            Alerts alerts;
            try (LiveLoad load = LiveLoad.start(LoadSettings.behind(fronts).times(Pace.now()))) {
                SampleRelease sample = new SampleRelease(home, access, clock, progress, policy);
                sample.putPolicy();
                DemoResult.Good good = good(versions.good(), sample, gateway, progress);
                ReleaseView bad = bad(versions.bad(), sample, gateway, progress);
                Detection detection = Detection.of(load.statistics(), bad)
                        .orElseThrow(() -> new CommandFailed(
                                ExitCode.FAILED,
                                "no user ever reached %s: see ./slipway release show %s"
                                        .formatted(bad.version(), bad.id())));
                tellOf(bad, detection, progress);
                alerts = told(bad, gateway, progress);
                tellOfGuide(good, gateway, progress);
                result = new DemoResult(
                        good,
                        new DemoResult.Bad(
                                bad.id().value(),
                                bad.state(),
                                DemoResult.seconds(detection.after()),
                                detection.answers()),
                        new DemoResult.Deliveries(alerts.slack(), alerts.email()));
            }
            background.start(fronts);
            conclude(url, production(url, gateway), result, progress);
            boolean well = result.asItShouldBe(alerts);
            if (!well) {
                shell.err().println("slipway: the demo did not go as it should: " + result.toJson());
            }
            if (json) {
                shell.say(result.toJson());
            }
            return well ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    private DemoResult.Good good(String version, SampleRelease sample, GatewayClient gateway, Progress progress) {
        progress.say("");
        progress.say("2. A good release: %s %s".formatted(DemoPolicy.APPLICATION, version));
        Build build = sample.build(version, Behaviour.HEALTHY);
        Deadline since = Deadline.in(RELEASED_MAX);
        sample.publish(build);
        ReleaseView release = release(version, gateway, progress);
        Duration took = since.waited();
        if (release.state() != ReleasePhase.COMPLETED) {
            throw new CommandFailed(
                    ExitCode.FAILED, "%s should have completed:%n%s".formatted(release.id(), head(release)));
        }
        progress.say("  %s is COMPLETED after %s%s"
                .formatted(
                        release.id(), Progress.seconds(took), release.mergedAs() == null ? "" : ", merged and tagged"));
        return new DemoResult.Good(release.id().value(), release.state(), DemoResult.seconds(took));
    }

    private ReleaseView bad(String version, SampleRelease sample, GatewayClient gateway, Progress progress) {
        progress.say("");
        progress.say("3. A bad release: %s %s fails for 30 %% of real users, and passes its tests"
                .formatted(DemoPolicy.APPLICATION, version));
        sample.publish(sample.build(version, Behaviour.FAULTY));
        ReleaseView release = release(version, gateway, progress);
        if (release.state() != ReleasePhase.ROLLED_BACK) {
            throw new CommandFailed(
                    ExitCode.FAILED, "%s should have been rolled back:%n%s".formatted(release.id(), head(release)));
        }
        return release;
    }

    /** From its proposal to its end, with two people's approval on the way. */
    private ReleaseView release(String version, GatewayClient gateway, Progress progress) {
        String id = DemoPolicy.APPLICATION + "@" + version;
        Watch watch = new Watch(gateway, () -> access.token(Role.VIEWER), progress);
        ReleaseView waiting =
                watch.until(id, now -> now.state() == ReleasePhase.AWAITING_APPROVAL, Deadline.in(VALIDATED_MAX));
        if (Watch.atRest(waiting)) {
            return waiting;
        }
        for (Person approver : SampleTeam.APPROVERS) {
            String token = access.tokenOf(approver.email(), Role.APPROVER);
            Patience.during(() -> gateway.approve(id, approval(waiting), token));
            progress.say("  %s approves %s".formatted(approver.email(), id));
        }
        return answered(id, watch, gateway, progress);
    }

    /** To its end and what is left to do after it, with each duty answered by people whom it asks as soon as it is due. */
    private ReleaseView answered(String id, Watch watch, GatewayClient gateway, Progress progress) {
        Deadline deadline = Deadline.in(RELEASED_MAX);
        while (true) {
            ReleaseView now =
                    watch.until(id, release -> SampleDuties.due(release).isPresent(), deadline);
            Optional<SampleDuties.Asked> due =
                    now.state() == ReleasePhase.NEEDS_OPERATOR ? Optional.empty() : SampleDuties.due(now);
            if (due.isEmpty()) {
                return now;
            }
            SampleDuties.Asked asked = due.get();
            if (answers(asked, now, gateway, deadline)) {
                progress.say("  %s answers duty %s of %s".formatted(asked.person(), asked.duty(), id));
            } else {
                Deadline.pause(LOOK_EVERY);
            }
        }
    }

    /** Where Slipway does not answer it is looked at anew whether it was heard: a release without a duty left takes no more. */
    private boolean answers(SampleDuties.Asked asked, ReleaseView now, GatewayClient gateway, Deadline deadline) {
        try {
            gateway.answer(
                    now.id().value(),
                    asked.duty(),
                    asked.passed(approval(now)),
                    access.tokenOf(asked.person(), Role.APPROVER));
            return true;
        } catch (CommandFailed away) {
            if (away.exitCode() != ExitCode.UNREACHABLE || deadline.passed()) {
                throw away;
            }
            return false;
        }
    }

    private static ReleaseView.ApprovalRequest approval(ReleaseView release) {
        List<String> digests = release.artifacts().stream()
                .map(Artifact::digest)
                .map(Object::toString)
                .toList();
        return new ReleaseView.ApprovalRequest(release.sha(), digests, release.policyHash());
    }

    private void tellOf(ReleaseView bad, Detection detection, Progress progress) {
        progress.say("  %s is ROLLED_BACK: judged worse %s after the first live request to it"
                .formatted(bad.id(), Progress.seconds(detection.after())));
        if (bad.cause() != null) {
            progress.say("  because " + ReleaseText.cause(bad.cause()));
        }
        progress.say("  it answered %d requests, %d of them with an error, the last %s after the first"
                .formatted(detection.answers(), detection.failed(), Progress.seconds(detection.lastAnswer())));
    }

    private Alerts told(ReleaseView bad, GatewayClient gateway, Progress progress) {
        progress.say("");
        progress.say("4. Everyone is told");
        Deadline deadline = Deadline.in(TOLD_MAX);
        String id = bad.id().value();
        while (true) {
            Alerts alerts = Alerts.of(
                    Patience.with(() -> gateway.deliveries(id, access.token(Role.VIEWER))), SampleTeam.CONTACTS);
            if (alerts.settled() || deadline.passed()) {
                progress.say(alerts.missing().isEmpty() ? reached(alerts) : missed(alerts, id, deadline.waited()));
                return alerts;
            }
            progress.at(
                    "alerts are delivered",
                    "%d contacts still wait".formatted(alerts.missing().size()),
                    1 - (double) alerts.missing().size() / SampleTeam.CONTACTS.size());
            Deadline.pause(LOOK_EVERY);
        }
    }

    /** What answered the lines of the team's own guide, and what nothing did. */
    private void tellOfGuide(DemoResult.Good good, GatewayClient gateway, Progress progress) {
        GuideView guide = Patience.with(
                () -> new Requests(gateway).guide(DemoPolicy.APPLICATION, good.id(), access.token(Role.VIEWER)));
        progress.say("  the guide of %s: %s".formatted(good.id(), StatesText.summary(guide)));
    }

    private static String reached(Alerts alerts) {
        return "  each contact has its alert: %d over Slack, %d by email (./slipway inbox)"
                .formatted(alerts.slack(), alerts.email());
    }

    private static String missed(Alerts alerts, String id, Duration waited) {
        return "  no alert has reached %s after %s: see ./slipway deliveries --release %s"
                .formatted(alerts.missing(), Progress.seconds(waited), id);
    }

    /** Where users reach the sample, by its host name. */
    private String production(URI url, GatewayClient gateway) {
        EnvironmentId environment =
                new EnvironmentId(new ApplicationName(DemoPolicy.APPLICATION), EnvironmentId.PRODUCTION);
        return Address.of(url, Patience.with(() -> gateway.front(access.token(Role.VIEWER))), environment)
                .first();
    }

    private void conclude(URI url, String production, DemoResult result, Progress progress) {
        progress.say("");
        progress.say("5. Slipway stays up at %s, with two requests a second".formatted(url));
        progress.say("  data, logs and tokens: " + home.root());
        progress.say("  tokens by role:        . %s  (SLIPWAY_TOKEN_VIEWER, _PUBLISHER, _APPROVER, _OPERATOR, _ADMIN)"
                .formatted(home.environment()));
        progress.say("  what to try next:");
        progress.say("    ./slipway release show " + result.bad().id());
        progress.say("    ./slipway guide show " + DemoPolicy.APPLICATION);
        progress.say("    ./slipway release list      ./slipway environments      ./slipway inbox");
        progress.say("    curl '%sgreet?name=you'            (or ./slipway app open %s)"
                .formatted(production, DemoPolicy.APPLICATION));
        progress.say("    ./slipway demo              (again, above %s)"
                .formatted(result.bad().id()));
        progress.say("    ./slipway down");
    }

    private String head(ReleaseView release) {
        return String.join("\n", new ReleaseText(ZoneId.systemDefault()).head(release));
    }
}
