package dev.slipway.cli.machine;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.Deadline;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.cli.shell.Progress;
import dev.slipway.contracts.deployment.EnvironmentView;
import dev.slipway.contracts.traffic.TrafficTable.Share;
import dev.slipway.platform.Ports;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits until what is verified answers again in each environment, tells of it, and gives up in words where it does not. */
public final class ProgramsWait {
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration CONNECT_MAX = Duration.ofSeconds(1);

    private final Supplier<List<EnvironmentView>> environments;
    private final Duration limit;

    /** @param environments as the gateway shows them; while it does not answer, that is waited for as well */
    public ProgramsWait(Supplier<List<EnvironmentView>> environments, Duration limit) {
        this.environments = environments;
        this.limit = limit;
    }

    /**
     * Returns when every verified version answers.
     *
     * @throws CommandFailed if one does not in time; all of Slipway's own is up by then
     */
    public void untilAllAnswer(Progress progress) {
        Deadline deadline = Deadline.in(limit);
        Set<String> awaited = new LinkedHashSet<>();
        while (true) {
            List<String> missing = look();
            awaited.stream()
                    .filter(program -> !missing.contains(program))
                    .forEach(program -> progress.say(
                            "%s answers again (%s)".formatted(program, Progress.seconds(deadline.waited()))));
            awaited.retainAll(missing);
            awaited.addAll(missing);
            if (missing.isEmpty()) {
                return;
            }
            if (deadline.passed()) {
                throw notAnswering(missing, deadline);
            }
            progress.at(
                    "waits for applications: " + String.join(", ", missing),
                    Progress.seconds(deadline.waited()),
                    deadline.shareOf(limit));
            Deadline.pause(LOOK_EVERY);
        }
    }

    private List<String> look() {
        try {
            return missing(environments.get(), ProgramsWait::answers);
        } catch (CommandFailed notYet) {
            return List.of("the list of environments");
        }
    }

    private CommandFailed notAnswering(List<String> missing, Deadline deadline) {
        return new CommandFailed(
                ExitCode.FAILED,
                ("Slipway itself is up, but after %s there is no answer from %s; it is tried on, and requests get 503 until"
                                + " then. See ./slipway logs deployment and ./slipway environments, or ./slipway app"
                                + " rollback APP for the version before")
                        .formatted(Progress.seconds(deadline.waited()), String.join(", ", missing)));
    }

    /** The verified versions that do not answer, such as {@code hello/production 1.2.0}. */
    static List<String> missing(List<EnvironmentView> environments, Predicate<URI> answers) {
        List<String> missing = new ArrayList<>();
        for (EnvironmentView environment : environments) {
            EnvironmentView.Verified verified = environment.verified();
            if (verified == null) {
                continue;
            }
            List<Share> shares = environment.shares().stream()
                    .filter(share -> share.digest().equals(verified.digest()))
                    .toList();
            if (shares.stream().anyMatch(share -> share.away() || !answers.test(share.address()))) {
                missing.add(environment.environment() + " " + verified.version());
            }
        }
        return missing;
    }

    private static boolean answers(URI address) {
        return Ports.answers(address.getPort(), CONNECT_MAX);
    }
}
