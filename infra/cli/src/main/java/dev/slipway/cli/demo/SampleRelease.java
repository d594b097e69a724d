package dev.slipway.cli.demo;

import dev.slipway.cli.gateway.Access;
import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.machine.Home;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.cli.shell.Progress;
import dev.slipway.demo.Behaviour;
import dev.slipway.demo.Build;
import dev.slipway.demo.CiClient;
import dev.slipway.demo.CiEvents;
import dev.slipway.demo.CiLimits;
import dev.slipway.demo.CiResult;
import dev.slipway.demo.ClientLimits;
import dev.slipway.demo.DemoPolicy;
import dev.slipway.demo.Report;
import dev.slipway.demo.SampleCi;
import dev.slipway.demo.SampleRepository;
import dev.slipway.platform.Pace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;

/** The sample's own side: its repository, its CI, and what the CI tells the gateway. */
final class SampleRelease {
    private static final List<String> CHECKS = List.of("build", "unit-tests");

    private final Home home;
    private final Access access;
    private final Clock clock;
    private final Progress progress;
    private final String policy;

    /** @param policy that of the sample, or one that somebody made of it */
    SampleRelease(Home home, Access access, Clock clock, Progress progress, String policy) {
        this.home = home;
        this.access = access;
        this.clock = clock;
        this.progress = progress;
        this.policy = policy;
    }

    void putPolicy() {
        try (CiClient client = ci()) {
            client.putPolicy(
                    DemoPolicy.APPLICATION,
                    DemoPolicy.yaml(policy, repository().path(), Pace.now()),
                    access.tokenOf(SampleTeam.ADMINISTRATOR.email(), Role.ADMIN));
        }
        progress.say("  policy of %s is put by %s".formatted(DemoPolicy.APPLICATION, SampleTeam.ADMINISTRATOR.email()));
    }

    /** Commits a version, builds and tests it. */
    Build build(String version, Behaviour behaviour) {
        SampleRepository repository = repository();
        progress.at("%s %s is built, tested and measured".formatted(DemoPolicy.APPLICATION, version), "", 0);
        String sha =
                repository.commitVersion(version, behaviour, SampleTeam.AUTHOR, SampleTeam.AUTHOR, clock.instant());
        CiResult result = new SampleCi(home.demo(), CiLimits.DEFAULT.times(Pace.now())).run(repository.path(), sha);
        return switch (result) {
            case CiResult.Passed passed -> {
                progress.say("  CI built %s from %s, %s, %s"
                        .formatted(
                                passed.build().jar().getFileName(),
                                sha.substring(0, 10),
                                reports(passed.build()),
                                passed.build().digest().substring(0, 19)));
                yield passed.build();
            }
            case CiResult.Failed failed ->
                throw new CommandFailed(
                        ExitCode.FAILED, "the sample's CI failed at %s: %s".formatted(failed.step(), failed.output()));
        };
    }

    /** Tells the gateway: reports, checks, and at last that the artifact is there, which proposes the release. */
    void publish(Build build) {
        CiEvents events = new CiEvents(URI.create("/ci/" + DemoPolicy.APPLICATION), DemoPolicy.APPLICATION);
        try (CiClient client = ci()) {
            client.putEvidence(DemoPolicy.APPLICATION, build);
            for (String check : CHECKS) {
                client.publish(events.checkPassed(build, check, clock.instant()));
            }
            client.publish(events.artifactPublished(build, clock.instant()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the sample's reports cannot be read", unreadable);
        }
        progress.say("  CI published its reports, checks %s and the artifact as %s"
                .formatted(String.join(", ", CHECKS), SampleTeam.PUBLISHER.email()));
    }

    /** Which there are, by their kinds. */
    private static String reports(Build build) {
        List<String> kinds =
                build.reports().stream().map(Report::kind).distinct().toList();
        return "%d reports (%s)".formatted(build.reports().size(), String.join(", ", kinds));
    }

    private CiClient ci() {
        return new CiClient(
                access.urls(),
                access.tokenOf(SampleTeam.PUBLISHER.email(), Role.PUBLISHER),
                ClientLimits.DEFAULT.times(Pace.now()));
    }

    private SampleRepository repository() {
        return SampleRepository.at(home.demo().resolve(DemoPolicy.APPLICATION + ".git"));
    }
}
