package dev.slipway.cli;

import dev.slipway.cli.demo.DemoStory;
import dev.slipway.cli.gateway.Access;
import dev.slipway.cli.gateway.GatewayClient;
import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.machine.Home;
import dev.slipway.cli.machine.IssuerKey;
import dev.slipway.cli.machine.MachineStatus;
import dev.slipway.cli.machine.Startup;
import dev.slipway.cli.machine.StatusText;
import dev.slipway.cli.machine.Tokens;
import dev.slipway.cli.release.PolicyCheck;
import dev.slipway.cli.release.PolicyFile;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.Deadline;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.cli.shell.Progress;
import dev.slipway.cli.shell.Shell;
import dev.slipway.demo.DemoPolicy;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code ./slipway}. Each command here is a few lines; the work is in the packages beside. */
@Command(
        name = "slipway",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        versionProvider = Slipway.Version.class,
        description = "Ships releases gradually, and takes bad ones back by itself.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Exit codes: 0 ok, 1 the release did not make it, 2 usage, 3 unreachable."})
public final class Slipway implements Runnable {
    @Mixin
    private final CommandContext context;

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    private Slipway(CommandContext context) {
        this.context = context;
    }

    public static void main(String[] arguments) {
        System.setProperty("logback.configurationFile", "dev/slipway/cli/logback-cli.xml");
        Shell shell = Shell.ofThisProcess();
        System.exit(commandLine(shell, Clock.systemUTC()).execute(arguments));
    }

    static CommandLine commandLine(Shell shell, Clock clock) {
        CommandContext context = new CommandContext(shell, clock);
        CommandLine line = new CommandLine(new Slipway(context))
                .addSubcommand(new DownCommand(context))
                .addSubcommand(new RestartCommand(context))
                .addSubcommand(new InstallCommand(context))
                .addSubcommand(new InitCommand(context))
                .addSubcommand(new AllowCommand(context))
                .addSubcommand(new PolicyCommands(context))
                .addSubcommand(GuideCommands.line(context))
                .addSubcommand(EvidenceCommands.line(context))
                .addSubcommand(new FactsCommand(context))
                .addSubcommand(new CheckCommands(context))
                .addSubcommand(new MergeCommands(context))
                .addSubcommand(ReleaseCommands.line(context))
                .addSubcommand(new GateCommands(context))
                .addSubcommand(new WaiversCommand(context))
                .addSubcommand(new RetroCommands(context))
                .addSubcommand(new FeedbackCommands(context))
                .addSubcommand(new DoraCommand(context))
                .addSubcommand(new VerifyCommand(context))
                .addSubcommand(new ProofCommands(context))
                .addSubcommand(new AppCommands(context))
                .addSubcommand(new LogsCommand(context))
                .addSubcommand(new JudgeCommands(context))
                .addSubcommand(new BenchCommands(context))
                .addSubcommand(new DeliveryCommands(context))
                .addSubcommand(new DeadLetterCommands(context))
                .registerConverter(Duration.class, Durations::parse)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(Math.clamp(shell.columns(), 80, 120))
                .setExecutionExceptionHandler((failure, _, _) -> Failures.tell(failure, context))
                .setParameterExceptionHandler((wrong, _) -> Failures.usage(wrong, shell));
        line.setOut(new PrintWriter(shell.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(shell.err(), true, StandardCharsets.UTF_8));
        return line;
    }

    @Override
    public void run() {
        if (spec != null) {
            spec.commandLine().usage(context.answers().out());
        }
    }

    @Command(description = "Start the platform and the five services; what runs already is left alone.")
    int up(
            @Option(
                            names = "--port",
                            paramLabel = "PORT",
                            description = "Port of the gateway on 127.0.0.1, 0 for a free one (8080).")
                    @Nullable
                    Integer port,
            @Option(
                            names = "--front-port",
                            paramLabel = "PORT",
                            description =
                                    "Port where applications are reached, 0 for a free one (8000; with --port 0 a free"
                                            + " one).")
                    @Nullable
                    Integer frontPort,
            @Option(
                            names = "--replicas",
                            paramLabel = "N",
                            description = "Instances of each service, 1 to 3 (as many as there are, else 1).")
                    @Nullable
                    Integer replicas,
            @Option(
                            names = "--within",
                            defaultValue = "120s",
                            description = "How long it may take on a quiet machine (${DEFAULT-VALUE}).")
                    Duration within,
            @Option(names = "--programs-within", defaultValue = Programs.WITHIN, description = Programs.DESCRIPTION)
                    Duration programsWithin) {
        Home home = context.home();
        Deadline deadline = Deadline.in(within);
        OptionalInt instances = replicas == null ? OptionalInt.empty() : OptionalInt.of(replicas);
        URI url = new Startup(home, context.shell(), within).run(ports(port, frontPort), instances);
        Programs.of(context).untilAllAnswer(programsWithin);
        String took = Progress.seconds(deadline.waited());
        MachineStatus status = reached(MachineStatus.of(home, context.clock().instant()));
        List<String> lines = new ArrayList<>(List.of("Slipway is up at %s (%s)".formatted(url, took)));
        lines.add("  applications:   %s, each by its host name (./slipway app open APP)".formatted(status.front()));
        if (context.shell().terminal()) { // a token is for a person's eyes, not for a log
            lines.add("  page:           " + PageAddress.of(context.access(), url));
        }
        lines.add("  tokens by role: . %s".formatted(home.environment()));
        lines.add("  next: ./slipway status, ./slipway page, ./slipway demo");
        context.answer(status, lines);
        return ExitCode.OK.code();
    }

    @Command(description = "Print the address of the page, with a viewer's token for half an hour in it.")
    int page() {
        URI url = context.access().url();
        String address = PageAddress.of(context.access(), url);
        context.answer(new PageAddress(address), List.of(address));
        return ExitCode.OK.code();
    }

    @Command(description = "Say how every process is; exits with 0 only if all are ready.")
    int status() {
        MachineStatus status =
                reached(MachineStatus.of(context.home(), context.clock().instant()));
        context.answer(status, new StatusText(context.zone()).lines(status));
        return status.ready() ? ExitCode.OK.code() : ExitCode.FAILED.code();
    }

    /** With the addresses of applications, which only the gateway knows: without them while it does not answer. */
    private MachineStatus reached(MachineStatus status) {
        if (status.url().isEmpty()) {
            return status;
        }
        try {
            Shell here = context.shell().withoutVariablesOf("SLIPWAY_");
            String token = new Access(context.home(), here, context.clock()).token(Role.VIEWER);
            GatewayClient client = new GatewayClient(URI.create(status.url()));
            return status.reached(client.front(token), client.environments(token));
        } catch (CommandFailed noAnswer) {
            return status;
        }
    }

    @Command(description = "Show the Slack messages and mails that came to the local inbox.")
    int inbox(
            @Option(names = "--lines", defaultValue = "20", description = "How many messages (${DEFAULT-VALUE}).")
                    int lines) {
        Inbox inbox = Inbox.read(context.home());
        context.answer(inbox.content(), inbox.lines(Math.clamp(lines, 1, 10_000), context.zone()));
        return ExitCode.OK.code();
    }

    @Command(description = "Make a token of this machine's issuer.")
    int token(
            @Option(names = "--role", required = true, description = "One or more of ${COMPLETION-CANDIDATES}.")
                    List<Role> roles,
            @Option(names = "--subject", required = true, paramLabel = "NAME", description = "Who it is.")
                    String subject,
            @Option(names = "--email", required = true, description = "By which people are told apart.") String email,
            @Option(names = "--ttl", defaultValue = "12h", description = "How long it is good for (${DEFAULT-VALUE}).")
                    Duration ttl) {
        Tokens tokens = new Tokens(IssuerKey.load(context.home()));
        String token = tokens.issue(
                new Tokens.Bearer(subject, email), roles, context.clock().instant(), ttl);
        List<String> names =
                roles.stream().map(role -> role.name().toLowerCase(Locale.ROOT)).toList();
        context.answer(new Issued(token, names, email), List.of(token));
        return ExitCode.OK.code();
    }

    @Command(description = "Show what runs where.")
    int environments() {
        var environments = context.gateway().environments(context.access().token(Role.VIEWER));
        context.answer(environments, Tables.environments(environments));
        return ExitCode.OK.code();
    }

    @Command(
            description = "Ship a good release, then a bad one that is rolled back; leaves everything running.",
            footer = {
                "",
                "Under a guide of your own:",
                "  slipway demo --print > hello.yaml",
                "  slipway guide import RELEASE.md --policy hello.yaml --accept",
                "  slipway demo --policy hello.yaml"
            })
    int demo(
            @Option(
                            names = "--port",
                            paramLabel = "PORT",
                            description = "Port of the gateway on 127.0.0.1, 0 for a free one (8080).")
                    @Nullable
                    Integer port,
            @Option(
                            names = "--front-port",
                            paramLabel = "PORT",
                            description =
                                    "Port where applications are reached, 0 for a free one (8000; with --port 0 a free"
                                            + " one).")
                    @Nullable
                    Integer frontPort,
            @Option(
                            names = "--within",
                            defaultValue = "120s",
                            description = "How long the start may take on a quiet machine (${DEFAULT-VALUE}).")
                    Duration within,
            @Option(
                            names = "--policy",
                            paramLabel = "FILE",
                            description =
                                    "Instead of the sample's own policy one that was made of it; people answer what"
                                            + " it asks them.")
                    @Nullable
                    Path policy,
            @Option(
                            names = "--print",
                            description =
                                    "Print the sample's policy without its guide, as a start for one's own, and do nothing"
                                            + " else.")
                    boolean print) {
        if (print) {
            context.answers().sayAsIs(DemoPolicy.sample().stripTrailing());
            return ExitCode.OK.code();
        }
        DemoStory story = new DemoStory(
                context.home(),
                context.answers(),
                context.clock(),
                policy == null ? DemoPolicy.shipped() : sample(policy));
        return story.tell(ports(port, frontPort), within, context.json()).code();
    }

    /** What is no policy of the sample is refused before anything starts. */
    private static String sample(Path file) {
        String application = PolicyCheck.of(file).policy().application().value();
        if (!application.equals(DemoPolicy.APPLICATION)) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "%s is of %s, and the demo releases %s: slipway demo --print is a start"
                            .formatted(file, application, DemoPolicy.APPLICATION));
        }
        String policy = PolicyFile.text(file);
        DemoPolicy.yaml(policy, file, 1);
        return policy;
    }

    private record Issued(String token, List<String> roles, String email) {
        Issued {
            roles = List.copyOf(roles);
        }
    }

    /** As the jar's manifest says it. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            @Nullable String version = Slipway.class.getPackage().getImplementationVersion();
            return new String[] {"slipway " + (version == null ? "unpackaged" : version)};
        }
    }

    private static Startup.WantedPorts ports(@Nullable Integer gateway, @Nullable Integer front) {
        if (gateway != null && gateway != 0 && gateway.equals(front)) {
            throw new CommandFailed(
                    ExitCode.USAGE, "--port and --front-port are two listeners: %d cannot be both".formatted(front));
        }
        return new Startup.WantedPorts(asOptional(gateway), asOptional(front));
    }

    private static OptionalInt asOptional(@Nullable Integer port) {
        if (port == null) {
            return OptionalInt.empty();
        }
        if (port < 0 || port > 65_535) {
            throw new CommandFailed(ExitCode.USAGE, "a port is 0 to 65535, not " + port);
        }
        return OptionalInt.of(port);
    }
}
