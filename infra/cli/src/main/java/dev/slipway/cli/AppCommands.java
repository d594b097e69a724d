package dev.slipway.cli;

import dev.slipway.cli.gateway.Address;
import dev.slipway.cli.gateway.GatewayClient;
import dev.slipway.cli.gateway.Requests;
import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.machine.IncidentText;
import dev.slipway.cli.release.ReleaseText;
import dev.slipway.cli.shell.Browser;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.deployment.EnvironmentView;
import dev.slipway.contracts.release.ApplicationView;
import dev.slipway.contracts.release.ReleaseView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./slipway app ...} */
@Command(
        name = "app",
        description = "List, show, open and remove applications, and take one back to an earlier version.")
final class AppCommands {
    private static final int RELEASES_SHOWN = 5;
    private static final String ROW = "%-24s %-20s %-24s %-18s %s";

    private final CommandContext context;

    AppCommands(CommandContext context) {
        this.context = context;
    }

    /**
     * @param production what users get; null before the first release
     * @param address where they get it; null before the first rollout
     */
    private record App(
            String application,
            @Nullable String production,
            @Nullable String newest,
            @Nullable String state,
            @Nullable String address) {}

    private record AppShown(List<EnvironmentView> environments, List<ReleaseView> releases, List<Address> addresses) {
        AppShown {
            environments = List.copyOf(environments);
            releases = List.copyOf(releases);
            addresses = List.copyOf(addresses);
        }
    }

    @Command(
            description = "List applications: what is in production, and the newest release.",
            footer = {"", "Example:", "  slipway app list"})
    int list() {
        String token = context.access().token(Role.VIEWER);
        GatewayClient gateway = context.gateway();
        List<EnvironmentView> environments = gateway.environments(token);
        List<ApplicationView> known = gateway.applications(token).stream()
                .filter(each -> each.removed() == null)
                .toList();
        Map<String, ReleaseView> newest = newest(gateway, known, token);
        Map<String, Address> reached = Address.all(gateway.url(), gateway.front(token)).stream()
                .collect(Collectors.toMap(Address::environment, address -> address));
        List<App> apps = known.stream()
                .map(each -> each.application().value())
                .map(name -> app(name, environments, Optional.ofNullable(newest.get(name)), reached))
                .toList();
        List<String> lines = new ArrayList<>();
        lines.add(ROW.formatted("application", "production", "newest release", "state", "address"));
        apps.forEach(app -> lines.add(ROW.formatted(
                app.application(),
                dash(app.production()),
                dash(app.newest()),
                dash(app.state()),
                dash(app.address()))));
        context.answer(apps, lines);
        return ExitCode.OK.code();
    }

    /** The newest release of each that has had one: as many pages as it takes to have seen all of them. */
    private static Map<String, ReleaseView> newest(GatewayClient gateway, List<ApplicationView> known, String token) {
        Set<String> left = known.stream()
                .filter(each -> each.releases() > 0)
                .map(each -> each.application().value())
                .collect(Collectors.toCollection(HashSet::new));
        Map<String, ReleaseView> newest = new HashMap<>();
        if (!left.isEmpty()) {
            gateway.eachRelease(new GatewayClient.Filter(Optional.empty(), Optional.empty()), token, release -> {
                newest.putIfAbsent(release.application(), release);
                left.remove(release.application());
                return !left.isEmpty();
            });
        }
        return newest;
    }

    private static App app(
            String name,
            List<EnvironmentView> environments,
            Optional<ReleaseView> newest,
            Map<String, Address> reached) {
        Optional<EnvironmentView.Verified> production = environments.stream()
                .filter(each -> each.environment().application().value().equals(name)
                        && each.environment().environment().equals("production"))
                .flatMap(each -> Optional.ofNullable(each.verified()).stream())
                .findFirst();
        return new App(
                name,
                production.map(EnvironmentView.Verified::version).orElse(null),
                newest.map(release -> release.id().value()).orElse(null),
                newest.map(release -> release.state().name()).orElse(null),
                Optional.ofNullable(reached.get(name + "/" + EnvironmentId.PRODUCTION))
                        .map(Address::first)
                        .orElse(null));
    }

    private static String dash(@Nullable String text) {
        return text == null ? "-" : text;
    }

    @Command(
            description = "Show an application: its environments, what it can go back to, its latest releases.",
            footer = {"", "Example:", "  slipway app show hello"})
    int show(@Parameters(paramLabel = "APP", description = "Such as hello.") String application) {
        String token = context.access().token(Role.VIEWER);
        List<EnvironmentView> environments = context.gateway().environments(token).stream()
                .filter(each -> each.environment().application().value().equals(application))
                .toList();
        List<ReleaseView> releases = context.gateway()
                .newest(GatewayClient.Filter.ofApplication(application), RELEASES_SHOWN, token)
                .releases();
        if (environments.isEmpty() && releases.isEmpty()) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "nothing was ever released of %s: see ./slipway app list, or ./slipway policy show %s"
                            .formatted(application, application));
        }
        List<Address> addresses = Address.all(
                        context.gateway().url(), context.gateway().front(token))
                .stream()
                .filter(address -> address.environment().startsWith(application + "/"))
                .toList();
        List<String> lines = new ArrayList<>(Tables.environments(environments));
        lines.addAll(new IncidentText(context.zone()).whole(environments));
        addresses.forEach(address -> lines.add("  %s is at %s"
                .formatted(
                        EnvironmentId.parse(address.environment()).environment(), String.join("  ", address.urls()))));
        for (EnvironmentView environment : environments) {
            environment
                    .kept()
                    .forEach(kept -> lines.add("  %s can go back to %s, verified %s (%s)"
                            .formatted(
                                    environment.environment().environment(),
                                    kept.version(),
                                    kept.at(),
                                    kept.digest().brief())));
        }
        lines.add("");
        lines.addAll(new ReleaseText(context.zone()).list(releases));
        context.answer(new AppShown(environments, releases, addresses), lines);
        return ExitCode.OK.code();
    }

    /** @param opened whether a browser was asked to show it */
    private record Opened(String environment, String address, List<String> addresses, boolean opened) {
        Opened {
            addresses = List.copyOf(addresses);
        }
    }

    @Command(
            description = "Print the address of an application, and open it where there is a browser.",
            footer = {
                "",
                "Example:",
                "  slipway app open hello",
                "  curl \"$(slipway app open hello --print)greet?name=x\""
            })
    int open(
            @Parameters(paramLabel = "APP", description = "Such as hello.") String application,
            @Option(
                            names = "--environment",
                            defaultValue = EnvironmentId.PRODUCTION,
                            description = "staging or production (${DEFAULT-VALUE}).")
                    String environment,
            @Option(names = "--print", description = "Print it and open nothing.") boolean print) {
        EnvironmentId wanted = new EnvironmentId(new ApplicationName(application), environment);
        GatewayClient gateway = context.gateway();
        Address address = Address.all(
                        gateway.url(), gateway.front(context.access().token(Role.VIEWER)))
                .stream()
                .filter(known -> known.environment().equals(wanted.toString()))
                .findFirst()
                .orElseThrow(() -> new CommandFailed(
                        ExitCode.FAILED,
                        "%s has no address yet, its first rollout gives it one: see ./slipway app show %s"
                                .formatted(wanted, application)));
        boolean opened =
                !print && !context.json() && Browser.of(context.shell()).open(address.first());
        context.answer(
                new Opened(address.environment(), address.first(), address.urls(), opened), List.of(address.first()));
        return ExitCode.OK.code();
    }

    @Command(
            description = "Take production back to a version that was verified there, by a release of its own.",
            footer = {
                "",
                "Example:",
                "  slipway app rollback hello --reason \"orders are lost\" --watch",
                "  slipway app rollback hello --to 1.4.0 --reason \"orders are lost\"",
                "  slipway app rollback hello --although-forward-only \"1.4.0 reads what 1.5.0 wrote\""
            })
    int rollback(
            @Parameters(paramLabel = "APP", description = "Such as hello.") String application,
            @Option(names = "--to", paramLabel = "VERSION", description = "(The verified one before the present.)")
                    @Nullable
                    String version,
            @Option(names = "--reason", description = "Why, for the record and for everyone told.") @Nullable
                    String reason,
            @Option(
                            names = "--although-forward-only",
                            paramLabel = "REASON",
                            description = "Why it goes back also behind a release that may only go forward.")
                    @Nullable
                    String although,
            @Option(names = "--watch", description = "Follow it to its end.") boolean watch,
            @Option(names = "--within", defaultValue = "24h", description = "How long at most (${DEFAULT-VALUE}).")
                    Duration within) {
        @Nullable String why = reason == null ? although : reason;
        if (why == null) {
            throw new CommandFailed(ExitCode.USAGE, "why? Say --reason TEXT: who reads the record should know");
        }
        Requests.Created created = new Requests(context.gateway())
                .rollBack(
                        application,
                        new Requests.Rollback(version, why, although),
                        context.access().token(Role.OPERATOR));
        context.shell()
                .say("%s goes back to %s: release %s"
                        .formatted(application, version == null ? "the version before" : version, created.id()));
        if (watch) {
            return Following.toItsEnd(context, created.id(), within);
        }
        context.answer(created, List.of("next       ./slipway release watch '%s'".formatted(created.id())));
        return ExitCode.OK.code();
    }

    @Command(
            description = {
                "Remove an application that nobody needs any more: stop what runs of it, give up its addresses.",
                "Its releases stay on record. Refused while one is on its way. A policy makes it one again."
            },
            footer = {"", "Example:", "  slipway app remove hello --reason \"replaced by greetings\""})
    int remove(
            @Parameters(paramLabel = "APP", description = "Such as hello.") String application,
            @Option(names = "--reason", required = true, description = "Why, for the record.") String reason,
            @Option(names = "--yes", description = "Do not ask.") boolean yes) {
        boolean sure = yes
                || (!context.json()
                        && Confirmation.given(
                                context.shell(),
                                "Stop %s in staging and production, and give up its addresses?"
                                        .formatted(application)));
        if (!sure) {
            throw new CommandFailed(ExitCode.USAGE, "nothing was done: confirm with --yes");
        }
        ApplicationView removed = new Requests(context.gateway())
                .remove(application, reason, context.access().token(Role.ADMIN));
        context.answer(
                removed,
                List.of(
                        "%s is removed; what runs of it is stopped after its last requests".formatted(application),
                        "its history: ./slipway release list --application " + application));
        return ExitCode.OK.code();
    }
}
