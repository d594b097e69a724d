package dev.slipway.cli;

import dev.slipway.cli.gateway.Access;
import dev.slipway.cli.gateway.Looks;
import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.deployment.SecretCheck;
import dev.slipway.contracts.notification.ChannelCheck;
import dev.slipway.contracts.release.RehearsalView;
import dev.slipway.contracts.release.RehearsalView.Check;
import dev.slipway.contracts.release.RehearsalView.Result;
import dev.slipway.contracts.validation.IssuesCheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Asks the services that alone can know it whether channels can be used, secrets can be read, hosts can be reached and trackers
 * can be asked: notification-service once, validation-service once and once for each tracker, deployment-service once for each
 * environment, side by side. Where nobody here may ask, what was known before is said, and why it is no more. A secret that a
 * program cannot be started with blocks, as no release reaches production without; the rest may be well on the day.
 */
final class PlannedServices {
    private static final int WHY_CHARACTERS_MAX = 200;

    private final Looks looks;
    private final Access access;

    PlannedServices(Looks looks, Access access) {
        this.looks = looks;
        this.access = access;
    }

    /** What was seen of one thing, by the words of its check. */
    private record Seen(String what, boolean usable, String text) {
        private Check check() {
            Result otherwise = what.startsWith(RehearsalView.SECRET) ? Result.BLOCKED : Result.NOTE;
            return new Check(usable ? Result.OK : otherwise, what, text);
        }
    }

    RehearsalView looked(RehearsalView rehearsal) {
        List<Supplier<List<Seen>>> asked = new ArrayList<>();
        if (rehearsal.checks().stream().anyMatch(check -> check.what().startsWith(RehearsalView.CHANNEL))) {
            asked.add(this::channels);
        }
        secrets(rehearsal)
                .forEach((environment, names) -> asked.add(() -> secrets(rehearsal.application(), environment, names)));
        List<String> hosts = named(rehearsal, RehearsalView.HOST);
        if (!hosts.isEmpty()) {
            asked.add(() -> hosts(rehearsal.application(), hosts));
        }
        rehearsal.checks().stream()
                .filter(check -> check.what().startsWith(RehearsalView.TRACKER))
                .forEach(check -> asked.add(() -> tracker(rehearsal.application(), check)));
        if (asked.isEmpty()) {
            return rehearsal;
        }
        Map<String, Check> seen = new HashMap<>();
        List<String> troubles = new ArrayList<>();
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Seen>>> answers =
                    asked.stream().map(look -> each.submit(look::get)).toList();
            answers.forEach(answer -> collect(answer, seen, troubles));
        }
        return rehearsal.withChecks(rehearsal.checks().stream()
                .map(check -> isAsked(check) ? after(check, seen, troubles) : check)
                .toList());
    }

    private static boolean isAsked(Check check) {
        return check.what().startsWith(RehearsalView.CHANNEL)
                || check.what().startsWith(RehearsalView.SECRET)
                || check.what().startsWith(RehearsalView.HOST)
                || check.what().startsWith(RehearsalView.TRACKER);
    }

    /** The same where nothing of it may be unusable, or unknown: what is noted of such things blocks. */
    static RehearsalView strictly(RehearsalView rehearsal) {
        return rehearsal.withChecks(rehearsal.checks().stream()
                .map(check -> check.result() == Result.NOTE
                                && (isAsked(check) || check.what().startsWith(RehearsalView.PAGE))
                        ? new Check(Result.BLOCKED, check.what(), check.text(), check.look())
                        : check)
                .toList());
    }

    private static void collect(Future<List<Seen>> look, Map<String, Check> seen, List<String> troubles) {
        try {
            look.get().forEach(each -> seen.put(each.what(), each.check()));
        } catch (ExecutionException failed) {
            if (!(failed.getCause() instanceof CommandFailed refused)) {
                throw new IllegalStateException(failed.getCause());
            }
            troubles.add(Texts.oneLine(String.valueOf(refused.getMessage()), WHY_CHARACTERS_MAX));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            troubles.add("it was interrupted");
        }
    }

    private static Check after(Check check, Map<String, Check> seen, List<String> troubles) {
        Check now = seen.get(check.what());
        if (now != null) {
            return now;
        }
        String why = troubles.isEmpty() ? "nothing was said of it" : troubles.getFirst();
        return new Check(
                check.result(),
                check.what(),
                "%s It was not looked at now: %s".formatted(Texts.sentence(check.text()), Texts.sentence(why)),
                check.look());
    }

    private List<Seen> channels() {
        return looks.channels(access.token(Role.OPERATOR)).stream()
                .map(PlannedServices::seen)
                .toList();
    }

    private static Seen seen(ChannelCheck check) {
        String name = check.channel().name().toLowerCase(Locale.ROOT);
        return new Seen(RehearsalView.CHANNEL + name, check.usable(), check.text());
    }

    /** Names of secrets by the environment that needs them. */
    private static Map<String, List<String>> secrets(RehearsalView rehearsal) {
        return named(rehearsal, RehearsalView.SECRET).stream()
                .map(name -> name.split(" ", 2))
                .filter(parts -> parts.length == 2)
                .collect(Collectors.groupingBy(
                        parts -> parts[0], Collectors.mapping(parts -> parts[1], Collectors.toList())));
    }

    private static List<String> named(RehearsalView rehearsal, String beginning) {
        return rehearsal.checks().stream()
                .map(Check::what)
                .filter(what -> what.startsWith(beginning))
                .map(what -> what.substring(beginning.length()))
                .toList();
    }

    private List<Seen> hosts(String application, List<String> hosts) {
        return looks.hosts(application, hosts, access.token(Role.OPERATOR)).stream()
                .map(check -> new Seen(RehearsalView.HOST + check.address(), check.reachable(), check.text()))
                .toList();
    }

    private List<Seen> tracker(String application, Check check) {
        IssuesCheck seen = looks.tracker(application, String.valueOf(check.look()), access.token(Role.OPERATOR));
        return List.of(new Seen(check.what(), seen.usable(), seen.text()));
    }

    private List<Seen> secrets(String application, String environment, List<String> names) {
        return looks.secrets(application, environment, names, access.token(Role.OPERATOR)).stream()
                .map(check -> seen(environment, check))
                .toList();
    }

    private static Seen seen(String environment, SecretCheck check) {
        return new Seen(RehearsalView.SECRET + environment + " " + check.name(), check.readable(), check.text());
    }
}
