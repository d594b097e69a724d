package dev.slipway.cli;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.slipway.bench.EventsBench;
import dev.slipway.bench.EventsReport;
import dev.slipway.bench.EvidenceBench;
import dev.slipway.bench.EvidenceCost;
import dev.slipway.bench.OverloadBench;
import dev.slipway.bench.OverloadReport;
import dev.slipway.bench.RunningSplit;
import dev.slipway.bench.TrafficBench;
import dev.slipway.bench.TrafficReport;
import dev.slipway.cli.machine.MeasuredGateway;
import dev.slipway.cli.proof.VerifyBench;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.platform.Pace;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./slipway bench ...} */
@Command(
        name = "bench",
        description =
                "Measure what the gateway costs, on a gateway of its own, and what evidence costs: what runs already is left alone.",
        footer = {
            "",
            "Examples:",
            "  slipway bench traffic",
            "  slipway bench traffic --quick --json",
            "  slipway bench events --check",
            "  slipway bench overload",
            "  slipway bench evidence --check",
            "  slipway bench evidence --table"
        })
final class BenchCommands {
    private static final int FILES_BESIDE = 2_500;
    private static final double MILLIS = 1_000.0;
    /** Of a second, or of the time that each piece of work takes where that is less. */
    private static final double QUICK_WARM_UP = 0.4;

    private final CommandContext context;

    BenchCommands(CommandContext context) {
        this.context = context;
    }

    /** How long, and whether it matters. */
    static final class Measuring {
        @Option(names = "--rounds", paramLabel = "N", description = "Rounds (3; 1 with --quick).")
        private @Nullable Integer rounds;

        @Option(
                names = "--seconds",
                paramLabel = "TIME",
                description = "Each piece of work in each round (3s; 1s with --quick).")
        private @Nullable Duration each;

        @Option(names = "--quick", description = "A first impression: one round, a second each.")
        private boolean quick;

        @Option(names = "--check", description = "Exit with 1 unless every figure is reached.")
        private boolean check;

        private TrafficBench.Settings settings() {
            double seconds = each == null ? quick ? 1 : 3 : each.toMillis() / MILLIS;
            int count = rounds == null ? quick ? 1 : 3 : rounds;
            try {
                return new TrafficBench.Settings(count, seconds, quick ? QUICK_WARM_UP * Math.min(1, seconds) : 1);
            } catch (IllegalArgumentException wrong) {
                throw new CommandFailed(ExitCode.USAGE, String.valueOf(wrong.getMessage()), wrong);
            }
        }

        private int code(boolean reached) {
            return reached || !check ? ExitCode.OK.code() : ExitCode.FAILED.code();
        }
    }

    @Command(
            description =
                    "Traffic of applications through the split, beside nginx and beside no proxy at all: requests a"
                            + " second, processor time of a request, latencies.")
    int traffic(@Mixin Measuring measuring) throws IOException, InterruptedException {
        TrafficReport report = new TrafficBench(measuring.settings(), this::tell).run(gateway());
        context.answer(report, report.lines());
        return measuring.code(report.reached());
    }

    @Command(description = "Intake of events beside a bare producer of the same records.")
    int events(@Mixin Measuring measuring) {
        EventsReport report = new EventsBench(measuring.settings(), this::tell).run(gateway());
        context.answer(report, report.lines());
        return measuring.code(report.reached());
    }

    @Command(
            description =
                    "Ten times what the split can, then crowds of connections that do nothing or hardly read; exits"
                            + " with 1 unless answers stay right, the API goes on, memory stays bounded and it recovers.")
    int overload(
            @Option(names = "--idle", paramLabel = "N", description = "Idle connections (10000; 1000 with --quick).")
                    @Nullable
                    Integer idle,
            @Option(names = "--slow", paramLabel = "N", description = "Slow readers (1000; 100 with --quick).")
                    @Nullable
                    Integer slow,
            @Option(names = "--seconds", paramLabel = "TIME", description = "Each step (5s; 2s with --quick).")
                    @Nullable
                    Duration each,
            @Option(names = "--quick", description = "A tenth of the crowd.") boolean quick)
            throws InterruptedException {
        int idlers = idle == null ? quick ? 1_000 : 10_000 : idle;
        int readers = slow == null ? quick ? 100 : 1_000 : slow;
        requireFiles(Math.max(idlers, readers) + FILES_BESIDE);
        double seconds = each == null ? quick ? 2 : 5 : each.toMillis() / MILLIS;
        OverloadReport report = new OverloadBench(
                        new OverloadBench.Size(seconds, idlers, readers, Pace.now()), this::tell)
                .run(gateway());
        context.answer(report, report.lines());
        return report.held() ? ExitCode.OK.code() : ExitCode.FAILED.code();
    }

    @Command(
            description =
                    "A report of every kind through its reader: what it allocates, how fast it is beside the bare parser over"
                            + " the same bytes, and its memory; gates judged a second, and a release verified. Takes about ten"
                            + " minutes; no gateway is started.")
    int evidence(
            @Option(names = "--quick", description = "A tenth of each report.") boolean quick,
            @Option(names = "--table", description = "The readers alone, as the table of infra/docs/evidence.md.")
                    boolean table,
            @Option(names = "--check", description = "Exit with 1 unless every figure is reached.") boolean check) {
        EvidenceCost cost = new EvidenceBench(quick, this::tell).run(VerifyBench::measured);
        context.answer(cost, table ? cost.table() : cost.lines());
        return cost.reached() || !check ? ExitCode.OK.code() : ExitCode.FAILED.code();
    }

    /** Each connection is a file to the one process and to the other. */
    private static void requireFiles(long needed) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                && system.getMaxFileDescriptorCount() < needed) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "%d open files are allowed here, %d are needed: run ulimit -n %d first, or ask for fewer with --idle and --slow"
                            .formatted(system.getMaxFileDescriptorCount(), needed, needed));
        }
    }

    private RunningSplit.Starter gateway() {
        return servicesPort -> MeasuredGateway.start(context.home(), context.shell(), servicesPort);
    }

    private void tell(String fact) {
        context.shell().aside().say(fact);
    }
}
