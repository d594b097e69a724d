package dev.slipway.cli;

import dev.slipway.cli.first.AllowedPrograms;
import dev.slipway.cli.machine.AllowedSources;
import dev.slipway.cli.machine.Startup;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.ApplicationName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./slipway allow} */
@Command(
        name = "allow",
        description = {
            "Let releases be started with a program of this machine; nothing else is ever started.",
            "Let what is released of an application be started itself (native binaries, scripts with #!).",
            "Say as which user programs run; it takes a Slipway that root runs.",
            "Let repositories and artifacts come from a folder or a host; they come from nowhere else. A host is one, too,",
            "that gates and waits may ask (trackers, pages, registries) and at which announcements may be put."
        },
        footer = {
            "",
            "Example:",
            "  slipway allow python3",
            "  slipway allow .venv/bin/python --as hello-python",
            "  slipway allow --artifact hello",
            "  slipway allow --user svc-hello --for hello",
            "  slipway allow --folder /srv/git",
            "  slipway allow --host git.example.test",
            "  slipway allow --list"
        })
final class AllowCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(arity = "0..1", paramLabel = "PROGRAM", description = "A path, or a name on the PATH.")
    private @Nullable String program;

    @Option(names = "--as", paramLabel = "NAME", description = "What policies call it (the program's own name).")
    private @Nullable String name;

    @Option(
            names = "--artifact",
            paramLabel = "APP",
            description = "What is released of this application may be started: command: [\"{artifact}\"].")
    private @Nullable String application;

    @Option(
            names = "--user",
            paramLabel = "USER",
            description =
                    "Programs run as this user from their next start on: of all applications that have none of their"
                            + " own, or of one, --for APP.")
    private @Nullable String user;

    @Option(names = "--no-user", description = "They run as Slipway itself does, of all or of one, --for APP.")
    private boolean noUser;

    @Option(names = "--for", paramLabel = "APP", description = "The application that --user or --no-user is about.")
    private @Nullable String forApplication;

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            description = "Repositories and artifacts may lie below it (file: addresses).")
    private @Nullable Path folder;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = "Repositories and artifacts may come from it (https: addresses), gates and waits ask it, and"
                    + " announcements be put there; HOST:PORT if not 443.")
    private @Nullable String host;

    @Option(
            names = "--within",
            defaultValue = "120s",
            description = "How long services that run may take to start anew with a folder or host (${DEFAULT-VALUE}).")
    private Duration within = Duration.ofSeconds(120);

    @Option(names = "--list", description = "Only show what is allowed.")
    private boolean list;

    @Option(
            names = "--remove",
            paramLabel = "NAME",
            description = "Take a program, application, folder or host off the list; what runs goes on running.")
    private @Nullable String removed;

    AllowCommand(CommandContext context) {
        this.context = context;
    }

    private record Allowed(
            String file,
            SortedMap<String, String> programs,
            List<String> artifacts,
            SortedMap<String, String> users,
            List<String> folders,
            List<String> hosts) {
        Allowed {
            programs = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(programs));
            artifacts = List.copyOf(artifacts);
            users = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(users));
            folders = List.copyOf(folders);
            hosts = List.copyOf(hosts);
        }
    }

    @Override
    public Integer call() {
        long wishes = Stream.of(
                        program != null,
                        application != null,
                        user != null,
                        noUser,
                        folder != null,
                        host != null,
                        list,
                        removed != null)
                .filter(wish -> wish)
                .count();
        if (wishes != 1 || (name != null && program == null) || (forApplication != null && user == null && !noUser)) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "say one of PROGRAM, --artifact APP, --user USER, --no-user, --folder FOLDER, --host HOST, --list"
                            + " and --remove NAME");
        }
        AllowedPrograms programs = new AllowedPrograms(context.home().allowedPrograms());
        List<String> lines = new ArrayList<>();
        if (program != null) {
            allow(programs, program, lines);
        } else if (application != null) {
            programs.allowArtifacts(new ApplicationName(application));
            lines.add("what is released of %s may be started itself".formatted(application));
        } else if (user != null || noUser) {
            changeUser(programs, lines);
        } else if (removed != null && programs.list().containsKey(removed)) {
            programs.remove(removed);
            lines.add("%s is no longer allowed".formatted(removed));
        } else if (removed != null && programs.artifacts().contains(removed)) {
            programs.removeArtifacts(removed);
            lines.add("what is released of %s may no longer be started itself".formatted(removed));
        } else if (!list) {
            changeSources(lines);
        }
        answer(programs, lines);
        return ExitCode.OK.code();
    }

    private void allow(AllowedPrograms programs, String wanted, List<String> lines) {
        Path resolved = AllowedPrograms.resolve(
                wanted, context.answers().variable("PATH").orElse(""));
        String called = name == null ? String.valueOf(resolved.getFileName()) : name;
        programs.allow(called, resolved);
        lines.add("%s is allowed: %s".formatted(called, resolved));
        AllowedPrograms.warning(resolved).ifPresent(warning -> lines.add("note  %s %s".formatted(called, warning)));
        if (AllowedPrograms.isScript(resolved)) {
            lines.add("note  it is a script, and releases start with an empty environment: "
                    + "allow the program itself if it does not start");
        }
    }

    private void changeUser(AllowedPrograms programs, List<String> lines) {
        String whose =
                forApplication == null ? AllowedPrograms.EVERY_OTHER : new ApplicationName(forApplication).value();
        String whoseText = forApplication == null ? "all applications without a user of their own" : whose;
        if (user == null) {
            lines.add(
                    programs.runAsOurselves(whose)
                            ? "programs of %s run as Slipway itself does, from their next start on".formatted(whoseText)
                            : "no user was named for " + whoseText);
            return;
        }
        ProgramUser.require(user);
        programs.runAs(whose, user);
        lines.add("programs of %s run as the user %s, from their next start on".formatted(whoseText, user));
        lines.addAll(ProgramUser.letPass(context.home()));
    }

    private void changeSources(List<String> lines) {
        AllowedSources sources = AllowedSources.of(context.home());
        if (folder != null) {
            sources.withFolder(folder).save(context.home());
            lines.add("repositories and artifacts may lie below " + folder);
        } else if (host != null) {
            sources.withHost(host).save(context.home());
            lines.add(
                    "repositories and artifacts may come from %s, gates and waits ask it, and announcements be put there"
                            .formatted(host));
        } else if (removed != null) {
            sources.without(removed).save(context.home());
            lines.add("%s is no longer allowed".formatted(removed));
        }
        boolean runs = new Startup(context.home(), context.shell(), within).untilChangesAreKnown();
        lines.add(runs ? "the services that use it have started anew with it" : "it holds from ./slipway up on");
    }

    private static String everyOther(String application) {
        return application.equals(AllowedPrograms.EVERY_OTHER) ? "all other applications" : application;
    }

    private void answer(AllowedPrograms programs, List<String> lines) {
        SortedMap<String, String> shown = new TreeMap<>();
        programs.list().forEach((each, path) -> {
            shown.put(each, path.toString());
            if (list) {
                lines.add("%-16s %s%s".formatted(each, path, Files.isExecutable(path) ? "" : "  (is not there)"));
                AllowedPrograms.warning(path).ifPresent(warning -> lines.add("%-16s   %s".formatted("", warning)));
            }
        });
        AllowedSources sources = AllowedSources.of(context.home());
        List<String> folders = sources.folders().stream().map(Path::toString).toList();
        List<String> artifacts = List.copyOf(programs.artifacts());
        if (list) {
            artifacts.forEach(each -> lines.add("%-16s %s".formatted("artifacts of", each)));
            programs.users().forEach((each, as) -> lines.add("%-16s %s".formatted("run as " + as, everyOther(each))));
            folders.forEach(each -> lines.add("%-16s %s".formatted("folder", each)));
            sources.hosts().forEach(each -> lines.add("%-16s %s".formatted("host", each)));
        }
        context.answer(
                new Allowed(
                        context.home().allowedPrograms().toString(),
                        shown,
                        artifacts,
                        programs.users(),
                        folders,
                        sources.hosts()),
                lines);
    }
}
